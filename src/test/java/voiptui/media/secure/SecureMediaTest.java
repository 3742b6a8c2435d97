package voiptui.media.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    /** Positions in a DTLS record, and types of messages. */
    private static final int EPOCH_AT = 4;

    private static final int MESSAGE_AT = 13;
    private static final byte HANDSHAKE = 22;
    private static final int CLIENT_HELLO_TYPE = 1;
    private static final int SERVER_HELLO_TYPE = 2;
    private static final int CERTIFICATE_TYPE = 11;
    private static final byte CHANGE_CIPHER_SPEC = 20;

    private final List<Side> sides = new ArrayList<>();
    private final Side dora = new Side(DORA, 1, Long.MAX_VALUE);
    private final Side ben = new Side(BEN, 2, Long.MAX_VALUE);
    /** Returns what arrives in place of a datagram. */
    private UnaryOperator<List<byte[]>> relay = UnaryOperator.identity();

    /** One phone. */
    private final class Side implements SecureMedia.Owner, DatagramHandler {
        final EventBus bus = new EventBus();
        final Events events = new Events(bus);
        final Counters counters = new Counters();
        final BlockingQueue<byte[]> wire = new LinkedBlockingQueue<>();
        final List<byte[]> heard = new ArrayList<>();
        final AtomicInteger keyed = new AtomicInteger();
        final AtomicInteger voided = new AtomicInteger();
        final Subscription news = bus.subscribe();
        int failures;
        int handshakes;
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
            sides.add(this);
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
        public void onKeysVoid() {
            voided.incrementAndGet();
        }

        @Override
        public void uncaughtException(Thread thread, Throwable bug) {
            bugs.add(bug);
        }

        int failures() {
            takeNews();
            return failures;
        }

        int handshakes() {
            takeNews();
            return handshakes;
        }

        private void takeNews() {
            for (Event event = news.poll(); event != null; event = news.poll()) {
                failures += event instanceof CallEvent.MediaEncryptionFailed ? 1 : 0;
                handshakes += event instanceof CallEvent.MediaEncrypted ? 1 : 0;
            }
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
        sides.forEach(side -> side.secure.close());
        for (Side side : sides) {
            Deadline.require(20_000, () -> "the end of the handshake threads", side.secure::isEnded);
            assertThat(side.bugs).isEmpty();
        }
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
        int before = dora.handshakes();
        int atBen = ben.handshakes();
        carryUntil(() -> dora.handshakes() > before && ben.handshakes() > atBen);
    }

    /** Lets the handshake go on until Dora, who calls, has sent its last flight, which is still on its way. */
    private void connectUntilDoraIsReady() throws InterruptedException {
        ben.secure.use(CALLED_BY_DORA);
        dora.secure.use(CALLS_BEN);
        carryUntil(() -> dora.wire.stream().anyMatch(datagram -> datagram[0] == CHANGE_CIPHER_SPEC));
        Deadline.require(
                10_000, () -> "the last flight", () -> dora.wire.stream().anyMatch(SecureMediaTest::isFinished));
        assertThat(dora.secure.isReady()).isTrue();
        assertThat(dora.handshakes()).isZero();
        assertThat(ben.secure.isReady()).isFalse();
    }

    private static boolean isFinished(byte[] datagram) {
        return isDtls(datagram) && datagram[EPOCH_AT] == 1;
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
        for (int i = 2; i <= HeldPackets.PACKETS + 1; i++) {
            assertThat(dora.counters.get(Counter.PACKETS_BEFORE_KEYS)).isZero();
            dora.in.onDatagram(ByteBuffer.wrap(rtp(2, i)), 0);
        }
        assertThat(dora.counters.get(Counter.PACKETS_BEFORE_KEYS)).isEqualTo(1);
        assertThat(dora.heard).isEmpty();
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
            assertThat(dora.secure.isReady()).isFalse();
        }
        assertThat(dora.keyed).hasValue(0);

        assertThat(dora.events.await(CallEvent.MediaEncryptionFailed.class).reason())
                .contains(middle.fingerprint().text());
        assertThat(dora.secure.isReady()).isFalse();
        assertThat(dora.out.send(ByteBuffer.wrap(rtp(1, 1)))).isEqualTo(DatagramTransport.UNAVAILABLE);
        dora.in.onDatagram(ByteBuffer.wrap(rtp(2, 1)), 0);
        assertThat(dora.heard).isEmpty();
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

    /** A client that changes its network is connected again. */
    @Test
    void shouldKeepItsKeysWhenTheCallIsConnectedAgain() throws InterruptedException {
        connect();
        assertThat(ben.secure.use(CALLED_BY_DORA)).isTrue();
        assertThat(dora.secure.use(CALLS_BEN)).isTrue();
        dora.say();
        carryAll();

        assertThat(ben.heard).hasSize(1);
        assertThat(dora.wire).isEmpty();
        assertThat(dora.handshakes()).isEqualTo(1);
    }

    /** The call is connected again, after the relay was restarted: other keys, and no packet lost meanwhile. */
    @Test
    void shouldKeepItsKeysUntilThereAreOthers() throws InterruptedException {
        connect();
        List<byte[]> said = new ArrayList<>();
        assertThat(ben.secure.use(CALLED_BY_DORA)).isTrue();
        assertThat(dora.secure.use(CALLS_BEN)).isTrue();
        ben.secure.renew();
        dora.secure.renew();
        for (int i = 0; i < 20; i++) {
            said.add(dora.say());
        }
        carryUntil(() -> dora.handshakes() == 2 && ben.handshakes() == 2);
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
            if (busy.handshakes() > 0 && busy.counters.get(Counter.PACKETS_SENT) < 1_000L * busy.keyed.get() + 50) {
                busy.say();
                said++;
            }
            carry(busy, ben, 0);
            carry(ben, busy, 0);
        }
        while (carry(busy, ben, 0) || carry(ben, busy, 0)) {}

        assertThat(ben.heard.size()).isEqualTo(said);
    }

    /** The caller need not wait for the end of the handshake, and its packets may arrive before what they need. */
    @Test
    void shouldHearWhatOvertookTheLastFlight() throws InterruptedException {
        connectUntilDoraIsReady();
        List<byte[]> said = new ArrayList<>();
        for (int i = 0; i < HeldPackets.PACKETS + 3; i++) {
            said.add(dora.say());
        }
        List<byte[]> flight = dora.wire.stream().filter(SecureMediaTest::isDtls).toList();
        dora.wire.removeIf(SecureMediaTest::isDtls);
        carryAll();
        assertThat(ben.heard).isEmpty();
        assertThat(ben.counters.get(Counter.PACKETS_BEFORE_KEYS)).isEqualTo(3);

        flight.forEach(datagram -> ben.in.onDatagram(ByteBuffer.wrap(datagram), 0));
        carryUntil(() -> dora.handshakes() == 1 && ben.handshakes() == 1);
        said.add(dora.say());
        carryAll();

        assertThat(ben.heard).containsExactlyElementsOf(said.subList(3, said.size()));
        assertThat(ben.dropped()).isEqualTo(3);
    }

    /** The called side has keys before the end of the handshake leaves, which its packets may overtake. */
    @Test
    void shouldHearWhatOvertookTheEndOfTheHandshake() throws InterruptedException {
        connectUntilDoraIsReady();
        List<byte[]> flight = new ArrayList<>();
        while (!ben.wire.stream().anyMatch(SecureMediaTest::isFinished)) {
            carry(dora, ben, 1);
        }
        assertThat(ben.secure.isReady()).isTrue();
        byte[] said = ben.say();
        ben.wire.drainTo(flight);
        flight.stream()
                .filter(datagram -> !isDtls(datagram))
                .forEach(datagram -> dora.in.onDatagram(ByteBuffer.wrap(datagram), 0));
        assertThat(dora.heard).containsExactly(said);
        assertThat(dora.handshakes()).isZero();

        flight.forEach(datagram -> dora.in.onDatagram(ByteBuffer.wrap(datagram), 0));
        carryUntil(() -> dora.handshakes() == 1);
        assertThat(dora.heard).containsExactly(said);
    }

    @Test
    void shouldStopSendingIfTheHandshakeFailsAfterAll() throws InterruptedException {
        connectUntilDoraIsReady();
        assertThat(dora.out.send(ByteBuffer.wrap(rtp(1, 1)))).isPositive();

        dora.secure.renew();

        Deadline.require(10_000, () -> "the end of the first attempt", () -> !dora.secure.isReady());
        assertThat(dora.out.send(ByteBuffer.wrap(rtp(1, 2)))).isEqualTo(DatagramTransport.UNAVAILABLE);
        assertThat(dora.voided).hasValue(1);
        // Ben may have come to the end of the first attempt.
        carryUntil(() -> dora.handshakes() == 1 && ben.handshakes() >= 1);
        assertThat(dora.secure.isReady()).isTrue();
    }

    /** What the relay does to a handshake for other keys while both sides speak. */
    private enum Rekeying {
        IN_ORDER,
        MEDIA_FIRST,
        HANDSHAKE_FIRST,
        END_LOST,
        END_LOST_FOR_GOOD
    }

    @ParameterizedTest
    @EnumSource
    void shouldLoseNothingWhileTheKeysChange(Rekeying how) throws InterruptedException {
        connect();
        carryAll();
        List<byte[]> byDora = new ArrayList<>();
        List<byte[]> byBen = new ArrayList<>();
        int wanted = dora.handshakes() + 1;
        int endsLeft = how == Rekeying.END_LOST ? 2 : how == Rekeying.END_LOST_FOR_GOOD ? Integer.MAX_VALUE : 0;
        dora.secure.renew();
        while (dora.handshakes() < wanted) {
            byDora.add(dora.say());
            byBen.add(ben.say());
            carryBatch(dora, ben, how, datagram -> true);
            List<byte[]> lost = new ArrayList<>();
            int left = endsLeft;
            carryBatch(ben, dora, how, datagram -> {
                boolean isEnd = isFinished(datagram) && lost.size() < left;
                return !isEnd || !lost.add(datagram);
            });
            endsLeft -= lost.size();
            if (how == Rekeying.END_LOST_FOR_GOOD && !lost.isEmpty()) {
                // Ben has the new keys, Dora does not know that, and tries again.
                endsLeft = 0;
                dora.secure.renew();
            }
        }
        byDora.add(dora.say());
        byBen.add(ben.say());
        carryAll();

        assertThat(ben.heard).containsExactlyInAnyOrderElementsOf(byDora);
        assertThat(dora.heard).containsExactlyInAnyOrderElementsOf(byBen);
        assertThat(dora.dropped() + ben.dropped()).isZero();
        assertThat(dora.failures() + ben.failures()).isZero();
    }

    private static void carryBatch(Side from, Side to, Rekeying how, Predicate<byte[]> arrives)
            throws InterruptedException {
        List<byte[]> batch = new ArrayList<>();
        byte[] first = from.wire.poll(1, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
        }
        from.wire.drainTo(batch);
        if (how == Rekeying.MEDIA_FIRST) {
            batch.sort(Comparator.comparing(SecureMediaTest::isDtls));
        } else if (how == Rekeying.HANDSHAKE_FIRST) {
            batch.sort(Comparator.comparing(datagram -> !isDtls(datagram)));
        }
        batch.stream().filter(arrives).forEach(datagram -> to.in.onDatagram(ByteBuffer.wrap(datagram), 0));
    }

    /** What somebody in the middle changes in a handshake between the two. */
    private enum Change {
        /** So that another cipher is chosen. */
        CLIENT_HELLO(CLIENT_HELLO_TYPE, new byte[] {(byte) 0xc0, 0x2b}, new byte[] {(byte) 0xc0, (byte) 0xff}),
        SERVER_HELLO(SERVER_HELLO_TYPE, new byte[] {(byte) 0xc0, 0x2b}, new byte[] {(byte) 0xc0, 0x2c}),
        /** In the version number of the certificate. */
        SERVER_CERTIFICATE(
                CERTIFICATE_TYPE, new byte[] {(byte) 0xa0, 3, 2, 1, 2}, new byte[] {(byte) 0xa0, 3, 2, 1, 1});

        final int type;
        final byte[] from;
        final byte[] to;

        Change(int type, byte[] from, byte[] to) {
            this.type = type;
            this.from = from;
            this.to = to;
        }

        /** Changes a datagram; returns whether it did. */
        boolean apply(byte[] datagram) {
            if (!isDtls(datagram)
                    || datagram[0] != HANDSHAKE
                    || datagram[EPOCH_AT] != 0
                    || datagram[MESSAGE_AT] != type) {
                return false;
            }
            for (int at = MESSAGE_AT; at <= datagram.length - from.length; at++) {
                if (Arrays.equals(datagram, at, at + from.length, from, 0, from.length)) {
                    System.arraycopy(to, 0, datagram, at, to.length);
                    return true;
                }
            }
            return false;
        }
    }

    /** The keys depend on all that was said: those of the two sides differ, and nobody has both. */
    @ParameterizedTest
    @EnumSource
    void shouldShareNoKeysIfSomebodyChangedTheHandshake(Change change) throws InterruptedException {
        int[] changed = {0};
        int[] ends = {0};
        int[] said = {0};
        // She may send from the moment that the end of her part leaves until the other side's alert arrives.
        Runnable say = () -> said[0] += dora.out.send(ByteBuffer.wrap(rtp(1, said[0]))) >= 0 ? 1 : 0;
        relay = datagrams -> {
            changed[0] += !isDtls(datagrams.get(0)) || !change.apply(datagrams.get(0)) ? 0 : 1;
            if (isFinished(datagrams.get(0))) {
                ends[0]++;
                say.run();
            }
            return datagrams;
        };
        ben.secure.use(CALLED_BY_DORA);
        dora.secure.use(CALLS_BEN);
        while (ends[0] < 3) {
            say.run();
            carry(dora, ben, 1);
            carry(ben, dora, 1);
        }

        assertThat(changed[0]).isPositive();
        assertThat(said[0] > 0).isEqualTo(change != Change.SERVER_CERTIFICATE);
        assertThat(ben.heard).isEmpty();
        assertThat(ben.keyed).hasValue(0);
        assertThat(ben.secure.isReady()).isFalse();
        assertThat(dora.handshakes() + ben.handshakes()).isZero();
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
