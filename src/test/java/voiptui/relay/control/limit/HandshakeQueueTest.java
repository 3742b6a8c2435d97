package voiptui.relay.control.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.net.IpText;

class HandshakeQueueTest {

    private static final int MAX_OF_SITE = 5;
    private static final int NEW = HandshakeLimiter.NEW;

    private long nowNs = Long.MAX_VALUE - 1_000_000_000L;
    private final HandshakeQueue queue = new HandshakeQueue(MAX_OF_SITE, () -> nowNs);
    private final List<Fake> all = new ArrayList<>();

    private final class Fake implements HandshakeQueue.Handshake {
        private final InetAddress address;
        private boolean started;
        private boolean closed;
        private boolean computes;

        Fake(String address) {
            this.address = IpText.parse(address).orElseThrow();
            all.add(this);
        }

        @Override
        public void start() {
            assertThat(closed).isFalse();
            started = true;
            if (computes) {
                queue.onComputing(this);
            }
        }

        @Override
        public void giveWay() {
            closed = true;
            // As the closing of its connection does.
            queue.end(this);
        }
    }

    private static String address(int i) {
        return "10." + i / 62_500 + "." + i / 250 % 250 + "." + (i % 250 + 1);
    }

    private Fake add(String address, int rank) {
        Fake handshake = enter(address);
        queue.begin(handshake, rank);
        return handshake;
    }

    /** Adds a connection that has sent half a ClientHello. */
    private Fake enter(String address) {
        Fake handshake = new Fake(address);
        if (!queue.enter(handshake, handshake.address, true)) {
            handshake.closed = true;
        }
        return handshake;
    }

    private void passMs(long ms) {
        nowNs += ms * 1_000_000L;
        queue.sweep();
    }

    @Test
    void shouldStartHandshakesUpToAHardLimit() {
        for (int i = 0; i < 4_000; i++) {
            add(address(i), NEW);
        }
        assertThat(all.stream().filter(one -> one.started)).hasSize(HandshakeQueue.MAX_ACTIVE);
        assertThat(queue.active()).isEqualTo(HandshakeQueue.MAX_ACTIVE);
        assertThat(queue.waiting()).isEqualTo(HandshakeQueue.MAX_WAITING);
        assertThat(all.stream().filter(one -> one.closed))
                .hasSize(4_000 - HandshakeQueue.MAX_ACTIVE - HandshakeQueue.MAX_WAITING);
    }

    @Test
    void shouldServeANewcomerSoonAfterAFloodFrom4000Addresses() {
        for (int i = 0; i < 4_000; i++) {
            add(address(i), NEW);
        }
        Fake newcomer = add("192.0.2.1", NEW);
        assertThat(newcomer.started).isFalse();
        passMs(HandshakeQueue.PATIENCE_MS);
        assertThat(newcomer.started).isTrue();
        assertThat(newcomer.closed).isFalse();
    }

    @Test
    void shouldServeANewcomerWhileAddressesThatFailedGoOn() {
        for (int i = 0; i < 4_000; i++) {
            add(address(i), NEW + 1);
        }
        Fake newcomer = add("192.0.2.1", NEW);
        for (int i = 0; i < 4_000; i++) {
            add(address(i), NEW + 1);
        }
        queue.end(all.get(0));
        assertThat(newcomer.started).isTrue();
    }

    @Test
    void shouldServeWhoComesFromALessCrowdedNetworkFirst() {
        for (int i = 0; i < HandshakeQueue.MAX_ACTIVE; i++) {
            add(address(i), NEW);
        }
        Fake first = add("192.0.2.1", NEW);
        Fake second = add(address(0), NEW + 1);
        queue.end(all.get(5));
        assertThat(first.started).isTrue();
        assertThat(second.started).isFalse();
    }

    @Test
    void shouldLetHandshakesTakeTheirTimeWithoutACrowd() {
        Fake slow = add("192.0.2.1", NEW);
        passMs(10 * HandshakeQueue.PATIENCE_MS);
        assertThat(slow.closed).isFalse();
        assertThat(queue.isCrowded()).isFalse();
    }

    @Test
    void shouldSkipConnectionsThatWereClosedWhileTheyWaited() {
        for (int i = 0; i < HandshakeQueue.MAX_ACTIVE; i++) {
            add(address(i), NEW);
        }
        Fake newcomer = add("192.0.2.1", NEW + 1);
        List<Fake> gone = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            gone.add(add(address(1_000 + i), NEW));
        }
        gone.forEach(queue::end);
        assertThat(queue.waiting()).isEqualTo(1);
        queue.end(all.get(0));

        assertThat(newcomer.started).isTrue();
        assertThat(gone).noneMatch(one -> one.started);
    }

    @Test
    void shouldLimitTheHandshakesOfAnAddress() {
        List<Fake> first = new ArrayList<>();
        for (int i = 0; i < MAX_OF_SITE; i++) {
            first.add(add("192.0.2.1", NEW));
        }
        assertThat(add("192.0.2.1", NEW).closed).isTrue();
        assertThat(add("192.0.2.2", NEW).closed).isFalse();
        queue.end(first.get(2));
        assertThat(add("192.0.2.1", NEW).closed).isFalse();
    }

    @Test
    void shouldReplaceAnOverdueHandshakeOfTheSameAddress() {
        List<Fake> first = new ArrayList<>();
        for (int i = 0; i < MAX_OF_SITE; i++) {
            first.add(add("192.0.2.1", NEW));
        }
        passMs(HandshakeQueue.PATIENCE_MS);
        Fake neighbour = add("192.0.2.1", NEW);
        assertThat(neighbour.started).isTrue();
        assertThat(first.get(0).closed).isTrue();
        assertThat(first.get(1).closed).isFalse();
    }

    @Test
    void shouldNotBlameTheClientWhileTheRelayComputes() {
        for (int i = 0; i < HandshakeQueue.MAX_ACTIVE; i++) {
            add(address(i), NEW);
        }
        queue.onComputing(all.get(0));
        passMs(HandshakeQueue.PATIENCE_MS - 1);
        all.subList(2, HandshakeQueue.MAX_ACTIVE).forEach(queue::onComputing);
        all.subList(2, HandshakeQueue.MAX_ACTIVE).forEach(queue::onComputed);
        Fake next = add("192.0.2.1", NEW);
        passMs(1);
        assertThat(next.started).isTrue();
        assertThat(all.get(1).closed).as("its client is slow").isTrue();
        assertThat(all.get(0).closed).as("the relay is slow").isFalse();
    }

    @Test
    void shouldComputeFewAtATimeAndChooseThemLate() {
        for (int i = 0; i < HandshakeQueue.MAX_COMPUTING; i++) {
            queue.onComputing(add(address(i), NEW));
        }
        Fake early = add(address(10), NEW + 1);
        Fake late = add(address(11), NEW);
        late.computes = true;
        passMs(10 * HandshakeQueue.PATIENCE_MS);
        assertThat(early.started || late.started).isFalse();
        queue.onComputed(all.get(0));
        assertThat(late.started).isTrue();
        assertThat(early.started).isFalse();
        queue.end(all.get(1));
        assertThat(early.started).isTrue();
    }

    @Test
    void shouldLeaveMostPlacesToNetworksThatAreNotCrowded() {
        for (int i = 0; i < 100; i++) {
            add(address(i), HandshakeQueue.CROWDED + i % 3);
        }
        assertThat(queue.active()).isEqualTo(HandshakeQueue.MAX_CROWDED);
        assertThat(add("192.0.2.1", HandshakeQueue.CROWDED - 1).started).isTrue();
        assertThat(queue.active()).isEqualTo(HandshakeQueue.MAX_CROWDED + 1);
        passMs(HandshakeQueue.PATIENCE_MS);
        assertThat(queue.active()).isEqualTo(HandshakeQueue.MAX_CROWDED + 1);
        assertThat(all.stream().filter(one -> one.started)).hasSize(2 * HandshakeQueue.MAX_CROWDED + 1);
        assertThat(all.get(100).closed).as("is overdue, and in nobody's way").isFalse();
        all.forEach(queue::end);
        assertThat(add(address(0), HandshakeQueue.CROWDED).started).isTrue();
    }

    @Test
    void shouldSpendNothingBeforeTheClientHelloIsComplete() {
        for (int i = 0; i < 4_000; i++) {
            assertThat(enter(address(i)).started).isFalse();
        }
        assertThat(queue.active() + queue.waiting()).isZero();
        assertThat(add("192.0.2.1", NEW).started).isTrue();
    }

    @Test
    void shouldTakeAPlaceSoonForSomebodyOfABetterRank() {
        for (int i = 0; i < HandshakeQueue.MAX_ACTIVE; i++) {
            add(address(i), i == 7 ? NEW + 20 : NEW + 10);
        }
        Fake equal = add("192.0.2.1", NEW + 20);
        Fake better = add("192.0.2.2", NEW + 1);
        passMs(HandshakeQueue.SHORT_PATIENCE_MS - 1);
        assertThat(better.started).isFalse();
        passMs(1);
        assertThat(better.started).isTrue();
        assertThat(all.get(7).closed).as("the worst").isTrue();
        assertThat(equal.started).isFalse();
        assertThat(all.stream().filter(one -> one.closed)).hasSize(1);
    }

    @Test
    void shouldReplaceHalfAClientHelloOfTheSameAddress() {
        for (int i = 0; i < MAX_OF_SITE; i++) {
            enter("192.0.2.1");
        }
        assertThat(add("192.0.2.1", NEW).closed).isTrue();
        passMs(HandshakeQueue.PATIENCE_MS);
        assertThat(add("192.0.2.1", NEW).started).isTrue();
        assertThat(all.get(0).closed).isTrue();
    }

    @Test
    void shouldNotLoseCountWhateverHappens() {
        Random random = new Random(1);
        add("192.0.2.1", NEW);
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(7)) {
                case 0 -> queue.end(all.isEmpty() ? new Fake("192.0.2.1") : all.get(random.nextInt(all.size())));
                case 1 -> passMs(random.nextInt(300));
                case 2 -> enter(address(random.nextInt(2_000)));
                case 3 -> queue.onComputing(all.get(random.nextInt(all.size())));
                case 4 -> queue.onComputed(all.get(random.nextInt(all.size())));
                default -> add(address(random.nextInt(2_000)), random.nextInt(4));
            }
            assertThat(queue.active()).isLessThanOrEqualTo(HandshakeQueue.MAX_ACTIVE);
            assertThat(queue.waiting()).isLessThanOrEqualTo(HandshakeQueue.MAX_WAITING);
        }
        all.forEach(queue::end);
        assertThat(queue.active() + queue.waiting()).isZero();
        assertThat(queue.isCrowded()).isFalse();
        for (int i = 0; i < MAX_OF_SITE; i++) {
            assertThat(add(address(0), NEW).started).isTrue();
        }
    }
}
