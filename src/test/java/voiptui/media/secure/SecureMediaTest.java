package voiptui.media.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.crypto.MediaSecurity;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.identity.Identity;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;
import voiptui.net.DatagramTransport;
import voiptui.rtp.RtpPacket;
import voiptui.testkit.Deadline;
import voiptui.testkit.Events;
import voiptui.time.NanoClock;

/** Two phones and the relay between them, which may do to datagrams what it wants. The test carries them, on one thread. */
@Timeout(120)
class SecureMediaTest {

    private static final Identity DORA = Identity.create();
    private static final Identity BEN = Identity.create();
    private static final MediaSecurity CALLS_BEN =
            new MediaSecurity(Role.ACTIVE, BEN.fingerprint().text());
    private static final MediaSecurity CALLED_BY_DORA =
            new MediaSecurity(Role.PASSIVE, DORA.fingerprint().text());

    private final Side dora = new Side(DORA, 1, Long.MAX_VALUE);
    private final Side ben = new Side(BEN, 2, Long.MAX_VALUE);
    /** Returns what arrives in place of a datagram. */
    private UnaryOperator<List<byte[]>> relay = UnaryOperator.identity();

    /** One phone. */
    private static final class Side implements SecureMedia.Owner, DatagramHandler {
        final EventBus bus = new EventBus();
        final Events events = new Events(bus);
        final Counters counters = new Counters();
        final BlockingQueue<byte[]> wire = new LinkedBlockingQueue<>();
        final List<byte[]> heard = new ArrayList<>();
        final AtomicInteger keyed = new AtomicInteger();
        final Subscription news = bus.subscribe();
        int failures;
        final List<Throwable> bugs = new ArrayList<>();
        final int ssrc;
        final SecureMedia secure;
        final DatagramSender out;
        final DatagramHandler in;
        int sequence;

        Side(@Nullable Identity own, int ssrc, long packetsPerKey) {
            this.ssrc = ssrc;
            secure = new SecureMedia(own, this::toWire, bus, counters, NanoClock.SYSTEM, this, packetsPerKey);
            out = secure.sender();
            in = secure.handler(this);
        }

        private int toWire(ByteBuffer datagram) {
            wire.add(copy(datagram));
            return datagram.remaining();
        }

        byte[] say() {
            byte[] packet = rtp(ssrc, sequence++);
            if (out.send(ByteBuffer.wrap(packet)) >= 0) {
                counters.increment(Counter.PACKETS_SENT);
            }
            return packet;
        }

        @Override
        public void onDatagram(ByteBuffer datagram, long arrivalNs) {
            heard.add(copy(datagram));
        }

        @Override
        public void onRefused() {}

        @Override
        public void onKeys() {
            keyed.incrementAndGet();
        }

        @Override
        public void uncaughtException(Thread thread, Throwable bug) {
            bugs.add(bug);
        }

        int failures() {
            for (Event event = news.poll(); event != null; event = news.poll()) {
                failures += event instanceof CallEvent.MediaEncryptionFailed ? 1 : 0;
            }
            return failures;
        }

        long dropped() {
            return List.of(
                            Counter.PACKETS_UNAUTHENTIC,
                            Counter.PACKETS_REPLAYED,
                            Counter.PACKETS_MALFORMED,
                            Counter.PACKETS_BEFORE_KEYS,
                            Counter.HANDSHAKE_DROPPED)
                    .stream()
                    .mapToLong(counters::get)
                    .sum();
        }
    }

    private static byte[] copy(ByteBuffer datagram) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        return copy;
    }

    private static byte[] rtp(int ssrc, int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(92);
        RtpPacket.writeHeader(packet, false, 111, sequence, 960 * sequence, ssrc);
        for (int i = 12; i < packet.limit(); i++) {
            packet.put(i, (byte) (sequence * 31 + i));
        }
        return packet.array();
    }

    private static boolean isDtls(byte[] datagram) {
        return datagram.length > 0 && datagram[0] >= 20 && datagram[0] <= 63;
    }

    @AfterEach
    void close() {
        for (Side side : List.of(dora, ben)) {
            side.secure.close();
            assertThat(side.bugs).isEmpty();
        }
        // Another test's phone may be at its warm-up.
        Deadline.require(
                20_000,
                () -> "the end of the handshake threads",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("voiptui-dtls")));
    }

    private boolean carry(Side from, Side to, long waitMs) throws InterruptedException {
        byte[] datagram = from.wire.poll(waitMs, TimeUnit.MILLISECONDS);
        if (datagram == null) {
            return false;
        }
        for (byte[] arriving : relay.apply(List.of(datagram))) {
            to.in.onDatagram(ByteBuffer.wrap(arriving), 0);
        }
        return true;
    }

    private void carryUntil(BooleanSupplier done) throws InterruptedException {
        long deadlineNs = System.nanoTime() + 60_000_000_000L;
        while (!done.getAsBoolean()) {
            if (!carry(dora, ben, 0) && !carry(ben, dora, 1) && System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not done within a minute");
            }
        }
    }

    private void carryAll() throws InterruptedException {
        while (carry(dora, ben, 0) || carry(ben, dora, 0)) {}
    }

    private void connect() throws InterruptedException {
        assertThat(ben.secure.use(CALLED_BY_DORA)).isFalse();
        assertThat(dora.secure.use(CALLS_BEN)).isFalse();
        carryUntil(() -> dora.keyed.get() > 0 && ben.keyed.get() > 0);
    }

    @Test
    void shouldPassDatagramsOnAsTheyAreInACallWithoutEncryption() throws InterruptedException {
        assertThat(dora.secure.use(null)).isTrue();
        assertThat(ben.secure.use(null)).isTrue();
        byte[] said = dora.say();

        assertThat(dora.wire.peek()).isEqualTo(said);
        carryAll();
        assertThat(ben.heard).containsExactly(said);
    }

    @Test
    void shouldEncryptBothWaysAndShowBothSidesTheSameWords() throws InterruptedException {
        connect();
        CallEvent.MediaEncrypted atDora = dora.events.await(CallEvent.MediaEncrypted.class);

        assertThat(atDora).isEqualTo(ben.events.await(CallEvent.MediaEncrypted.class));
        assertThat(atDora.words()).hasSize(5);
        List<byte[]> byDora = new ArrayList<>();
        List<byte[]> byBen = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            byDora.add(dora.say());
            byBen.add(ben.say());
        }
        assertThat(dora.wire).allSatisfy(secured -> assertThat(secured).hasSize(92 + 16));
        carryAll();
        assertThat(ben.heard).containsExactlyElementsOf(byDora);
        assertThat(dora.heard).containsExactlyElementsOf(byBen);
        assertThat(ben.dropped()).isZero();
    }

    @Test
    void shouldSendAndHearNothingBeforeThereAreKeys() throws InterruptedException {
        dora.secure.use(CALLS_BEN);
        assertThat(dora.secure.isReady()).isFalse();

        assertThat(dora.out.send(ByteBuffer.wrap(rtp(1, 1)))).isEqualTo(DatagramTransport.UNAVAILABLE);
        dora.in.onDatagram(ByteBuffer.wrap(rtp(2, 1)), 0);

        assertThat(dora.heard).isEmpty();
        assertThat(dora.counters.get(Counter.PACKETS_BEFORE_KEYS)).isEqualTo(1);
        byte[] first = dora.wire.poll(60, TimeUnit.SECONDS);
        assertThat(isDtls(first)).isTrue();
    }

    /** A relay that repeats, changes, holds back and makes up datagrams: each packet is heard once, and nothing else is. */
    @Test
    void shouldHearEachPacketOnceWhateverTheRelayDoes() throws InterruptedException {
        connect();
        carryAll();
        Random random = new Random(1);
        List<byte[]> earlier = new ArrayList<>();
        int[] added = {0};
        relay = datagrams -> {
            byte[] datagram = datagrams.get(0);
            List<byte[]> arriving = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                byte[] source = earlier.isEmpty() || random.nextBoolean()
                        ? datagram
                        : earlier.get(random.nextInt(earlier.size()));
                byte[] changed = source.clone();
                switch (random.nextInt(4)) {
                    case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                    case 1 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length));
                    case 2 -> random.nextBytes(changed);
                    default -> changed = earlier.contains(source) ? changed : new byte[] {(byte) 0x80};
                }
                arriving.add(changed);
                added[0]++;
            }
            arriving.add(datagram);
            earlier.add(datagram);
            return arriving;
        };
        List<byte[]> said = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            said.add(dora.say());
            carryAll();
        }

        assertThat(ben.heard).containsExactlyElementsOf(said);
        assertThat(ben.dropped()).isPositive().isLessThanOrEqualTo(added[0]);
        assertThat(dora.heard).isEmpty();
    }

    /** A relay with certificates of its own, towards both sides. */
    @Test
    void shouldFailWithARelayInTheMiddle() throws InterruptedException {
        Identity middle = Identity.create();
        Side relayAsBen = new Side(middle, 3, Long.MAX_VALUE);
        relayAsBen.secure.use(CALLED_BY_DORA);
        dora.secure.use(CALLS_BEN);
        while (dora.failures() == 0) {
            carry(dora, relayAsBen, 1);
            carry(relayAsBen, dora, 1);
        }

        assertThat(dora.events.await(CallEvent.MediaEncryptionFailed.class).reason())
                .contains(middle.fingerprint().text());
        assertThat(dora.secure.isReady()).isFalse();
        assertThat(dora.out.send(ByteBuffer.wrap(rtp(1, 1)))).isEqualTo(DatagramTransport.UNAVAILABLE);
        dora.in.onDatagram(ByteBuffer.wrap(rtp(2, 1)), 0);
        assertThat(dora.heard).isEmpty();
        relayAsBen.secure.close();
    }

    @Test
    void shouldRefuseToGoOnWithoutEncryption() throws InterruptedException {
        connect();

        assertThat(dora.secure.use(null)).isFalse();

        assertThat(dora.events.await(CallEvent.MediaEncryptionFailed.class).reason())
                .contains("without encryption");
        dora.in.onDatagram(ByteBuffer.wrap(rtp(2, 1)), 0);
        assertThat(dora.heard).isEmpty();
        assertThat(dora.failures()).isEqualTo(1);
    }

    @Test
    void shouldFailWithoutAnIdentity() {
        Side anonymous = new Side(null, 4, Long.MAX_VALUE);

        assertThat(anonymous.secure.use(CALLS_BEN)).isFalse();

        assertThat(anonymous.events.await(CallEvent.MediaEncryptionFailed.class).reason())
                .contains("no identity");
        assertThat(anonymous.secure.isReady()).isFalse();
    }

    /** The call is connected again, after the relay was restarted: other keys, and no packet lost meanwhile. */
    @Test
    void shouldKeepItsKeysUntilThereAreOthers() throws InterruptedException {
        connect();
        List<byte[]> said = new ArrayList<>();
        assertThat(ben.secure.use(CALLED_BY_DORA)).isTrue();
        assertThat(dora.secure.use(CALLS_BEN)).isTrue();
        for (int i = 0; i < 20; i++) {
            said.add(dora.say());
        }
        carryUntil(() -> dora.keyed.get() == 2 && ben.keyed.get() == 2);
        for (int i = 0; i < 20; i++) {
            said.add(dora.say());
        }
        carryAll();

        assertThat(ben.heard).containsExactlyElementsOf(said);
    }

    @Test
    void shouldChangeItsKeysAfterManyPackets() throws InterruptedException {
        Side busy = new Side(DORA, 7, 1_000);
        ben.secure.use(CALLED_BY_DORA);
        busy.secure.use(CALLS_BEN);
        int said = 0;
        while (busy.keyed.get() < 3) {
            busy.secure.onTick();
            if (busy.secure.isReady() && busy.counters.get(Counter.PACKETS_SENT) < 1_000L * busy.keyed.get() + 50) {
                busy.say();
                said++;
            }
            carry(busy, ben, 0);
            carry(ben, busy, 0);
        }
        while (carry(busy, ben, 0) || carry(ben, busy, 0)) {}

        assertThat(ben.heard).hasSize(said);
        busy.secure.close();
    }

    @Test
    void shouldBeSilentAfterTheCallAndEncryptTheNextOneWithOtherKeys() throws InterruptedException {
        connect();
        List<Event> before = dora.events.take();
        dora.secure.stop();
        ben.secure.stop();
        assertThat(dora.out.send(ByteBuffer.wrap(rtp(1, 9)))).isEqualTo(DatagramTransport.UNAVAILABLE);
        dora.in.onDatagram(ByteBuffer.wrap(rtp(2, 1)), 0);
        assertThat(dora.heard).isEmpty();
        dora.keyed.set(0);
        ben.keyed.set(0);

        connect();

        assertThat(dora.events.take()).doesNotContainAnyElementsOf(before);
    }
}
