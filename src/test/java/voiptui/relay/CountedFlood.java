package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import voiptui.event.Counter;
import voiptui.time.NanoClock;

/**
 * Datagrams sent to a relay as fast as it counts them: no more than fit its socket's buffer are under way, so that it looks at each. One
 * thread.
 */
final class CountedFlood {

    /** What becomes of a datagram: each counts as one of these. */
    private static final List<Counter> FATES = List.of(
            Counter.FORWARDED,
            Counter.BINDS_ANSWERED,
            Counter.BINDS_REFUSED,
            Counter.DROPPED_NO_PEER,
            Counter.DROPPED_UNREGISTERED,
            Counter.DROPPED_UNDERSIZED,
            Counter.DROPPED_OVERSIZED,
            Counter.DROPPED_OVER_RATE,
            Counter.DROPPED_SEND_BUFFER_FULL,
            Counter.DROPPED_SEND_FAILED);

    private static final int WINDOW = 8;
    private static final long POLL_NS = 20_000;

    private final RelayHarness relay;
    private final LongSupplier others;
    private long before;
    private long sent;

    /**
     * Creates a flood that has not begun.
     *
     * @param others counts the datagrams that others have sent since the relay started
     */
    CountedFlood(RelayHarness relay, LongSupplier others) {
        this.relay = relay;
        this.others = others;
    }

    /** Begins. What was sent before, besides what the others send all the time, were binds, and answered. */
    void begin() {
        before = relay.count(Counter.BINDS_ANSWERED);
    }

    private long counted() {
        return FATES.stream().mapToLong(relay::count).sum() - others.getAsLong();
    }

    /** Notes that a datagram was sent; waits now and then until the relay has looked at it. */
    void onSent() {
        sent++;
        if (sent % WINDOW == 0) {
            awaitCounted(sent - WINDOW);
        }
    }

    private void awaitCounted(long datagrams) {
        long deadlineNs = System.nanoTime() + RelayHarness.PATIENCE_MS * NanoClock.NS_PER_MS;
        while (counted() - before < datagrams && deadlineNs - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Checks that every datagram, if any was sent, is accounted for, once. To be called when the others have ended. */
    void assertAllCounted() {
        if (sent == 0) {
            return;
        }
        awaitCounted(sent);
        assertThat(counted() - before).as("datagrams counted").isEqualTo(sent);
    }
}
