package voiptui.audio;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.concurrent.locks.LockSupport;
import voiptui.time.NanoClock;

/**
 * Keeps a thread at the pace of one frame per frame length where no device does.
 *
 * <p>The deadlines form a grid from the first frame on, so that a late wake-up does not move the ones after it. After a
 * short stall the frames missed are made up for at once. After a long one ({@value #LONGEST_CATCH_UP_MS} ms, say a
 * machine that was asleep) the grid starts anew, so that no burst of frames follows.
 *
 * <p>Owned by the thread that waits; only {@link #close} may be called from another.
 */
public final class FramePacer implements AutoCloseable {

    /** The longest stall that is made up for, in milliseconds. */
    public static final long LONGEST_CATCH_UP_MS = 200;

    private static final long LONGEST_CATCH_UP_NS = LONGEST_CATCH_UP_MS * NS_PER_MS;

    /** How a thread waits. A test puts its own in place, which moves the clock instead. */
    @FunctionalInterface
    public interface Parker {

        /** Waits about {@code ns} nanoseconds, or less: returning early is always allowed. */
        void parkNanos(long ns);
    }

    private final long frameSamples;
    private final long sampleRateHz;
    private final NanoClock clock;
    private final Parker parker;
    private long gridStartNs;
    private long framesOnGrid;
    private boolean started;
    private volatile Thread waiter;
    private volatile boolean closed;

    /** Paces frames of {@code format} by {@code clock}, waiting with {@link LockSupport#parkNanos(long)}. */
    public FramePacer(PcmFormat format, NanoClock clock) {
        this(format, clock, LockSupport::parkNanos);
    }

    /** As above, waiting with {@code parker}. */
    public FramePacer(PcmFormat format, NanoClock clock, Parker parker) {
        this.frameSamples = format.frameSamples();
        this.sampleRateHz = format.sampleRateHz();
        this.clock = clock;
        this.parker = parker;
    }

    /**
     * Waits for the next frame's turn; the first one's is at once.
     *
     * @return {@code false} when it is no frame's turn because the pacer was closed or the thread was interrupted
     */
    public boolean awaitTurn() {
        waiter = Thread.currentThread();
        long nowNs = clock.nanoTime();
        if (!started) {
            started = true;
            startGrid(nowNs);
        }
        long deadlineNs = nextDeadlineNs();
        if (nowNs - deadlineNs > LONGEST_CATCH_UP_NS) {
            startGrid(nowNs);
            deadlineNs = nowNs;
        }
        framesOnGrid++;
        for (long leftNs = deadlineNs - nowNs; leftNs > 0; leftNs = deadlineNs - clock.nanoTime()) {
            if (isOver()) {
                return false;
            }
            parker.parkNanos(leftNs);
        }
        return !isOver();
    }

    private void startGrid(long nowNs) {
        gridStartNs = nowNs;
        framesOnGrid = 0;
    }

    /** Whole seconds and the rest apart, so that neither rounding nor overflow ever shifts the grid. */
    private long nextDeadlineNs() {
        long samples = framesOnGrid * frameSamples;
        return gridStartNs
                + samples / sampleRateHz * 1_000_000_000L
                + samples % sampleRateHz * 1_000_000_000L / sampleRateHz;
    }

    private boolean isOver() {
        return closed || Thread.currentThread().isInterrupted();
    }

    /** Ends the waiting, now and for ever. Any thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(waiter);
    }
}
