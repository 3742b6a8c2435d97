package voiptui.audio;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.time.NanoClock;

/**
 * Paces a thread in real time, one frame per frame length, where no device does.
 *
 * <p>The deadlines form a grid from the first frame on, so that a late wake-up does not shift later ones. After a short
 * stall the missed frames follow at once. After a long one (over {@value #MAX_CATCH_UP_MS} ms, for example a suspended
 * machine) the grid restarts, so that no burst of frames follows.
 *
 * <p>Owned by the thread that waits; other threads may only call {@link #close}.
 */
public final class FramePacer implements AutoCloseable {

    /** The longest stall whose missed frames are caught up on, in milliseconds. */
    public static final long MAX_CATCH_UP_MS = 200;

    private static final long MAX_CATCH_UP_NS = MAX_CATCH_UP_MS * NS_PER_MS;

    /** Blocks a thread. Tests move a clock instead. */
    @FunctionalInterface
    public interface Parker {

        /** Blocks for about {@code ns} nanoseconds; may return early. */
        void parkNanos(long ns);
    }

    private final long frameSamples;
    private final long sampleRateHz;
    private final NanoClock clock;
    private final Parker parker;
    private long gridStartNs;
    private long framesOnGrid;
    private boolean started;
    /** The thread that waits; null before the first frame. */
    private volatile @Nullable Thread waiter;

    private volatile boolean closed;

    /** Paces frames of {@code format} by {@code clock}. */
    public FramePacer(PcmFormat format, NanoClock clock) {
        this(format, clock, LockSupport::parkNanos);
    }

    /** As above, blocking with {@code parker}. */
    public FramePacer(PcmFormat format, NanoClock clock, Parker parker) {
        this.frameSamples = format.frameSamples();
        this.sampleRateHz = format.sampleRateHz();
        this.clock = clock;
        this.parker = parker;
    }

    /**
     * Blocks until the next frame is due; the first one is due at once.
     *
     * @return whether a frame is due; false when the pacer was closed or the thread interrupted
     */
    public boolean awaitTurn() {
        return awaitTurns(1);
    }

    /**
     * Blocks until the next frame is due, and takes its turn and those of the frames after it, so that the thread sleeps once for
     * several frames.
     *
     * @param frames at least 1
     * @return as {@link #awaitTurn}
     */
    public boolean awaitTurns(int frames) {
        boolean due = awaitFrames(1);
        framesOnGrid += frames;
        return due;
    }

    /**
     * Blocks until {@code frames} frames are due. Their turns are still to be taken, and then come without a wait, so that the thread
     * sleeps once for several frames.
     *
     * @param frames at least 1
     * @return whether they are due; false when the pacer was closed or the thread interrupted
     */
    public boolean awaitFrames(int frames) {
        waiter = Thread.currentThread();
        long nowNs = clock.nanoTime();
        if (!started) {
            started = true;
            startGrid(nowNs);
        }
        if (nowNs - deadlineNs(0) > MAX_CATCH_UP_NS) {
            startGrid(nowNs);
        }
        long deadlineNs = deadlineNs(frames - 1);
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

    /** Computes whole seconds and the rest separately, so that neither rounding nor overflow shifts the grid. */
    private long deadlineNs(int framesLater) {
        long samples = (framesOnGrid + framesLater) * frameSamples;
        return gridStartNs
                + samples / sampleRateHz * 1_000_000_000L
                + samples % sampleRateHz * 1_000_000_000L / sampleRateHz;
    }

    private boolean isOver() {
        return closed || Thread.currentThread().isInterrupted();
    }

    /** Returns whether the pacer was closed. Any thread. */
    boolean isClosed() {
        return closed;
    }

    /** Wakes the waiting thread; no frame is due any more. Any thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(waiter);
    }
}
