package voiptui.relay;

import java.util.concurrent.locks.LockSupport;
import voiptui.time.NanoClock;

/**
 * Spares wake-ups when packets come thick and fast: lets a few gather before the next look, instead of being woken for
 * each. A quiet relay never waits, so a handful of calls see no delay from it. Owned by the media thread.
 */
final class WakeUpPacer {

    /** Packets in one {@link #WINDOW_NS} from which it pays to wait: 8,000 a second. */
    private static final int BUSY_PACKETS = 80;
    private static final long WINDOW_NS = 10_000_000L;
    /** How long packets gather; the system's timer adds some 50 µs. Nothing beside the 20 ms of one packet. */
    private static final long PAUSE_NS = Long.getLong("voiptui.relay.pauseNs", 150_000L);
    /** A round with this many packets found enough waiting: there is no need for more to gather. */
    private static final int FULL_ROUND_PACKETS = Integer.getInteger("voiptui.relay.full", 64);

    private final NanoClock clock;
    private long windowEndNs;
    private int packets;
    private boolean busy;

    WakeUpPacer(NanoClock clock) {
        this.clock = clock;
        this.windowEndNs = clock.nanoTime() + WINDOW_NS;
    }

    /** Waits for packets to gather, if they come that fast. */
    void afterRound(int roundPackets) {
        packets += roundPackets;
        long nowNs = clock.nanoTime();
        if (windowEndNs - nowNs <= 0) {
            busy = packets >= BUSY_PACKETS && nowNs - windowEndNs < WINDOW_NS;
            packets = 0;
            windowEndNs = nowNs + WINDOW_NS;
        }
        if (PAUSE_NS > 0 && busy && roundPackets < FULL_ROUND_PACKETS) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
