package voiptui.audio;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes frames from an audio thread to a thread that may block: bounded, lock-free, without allocation.
 *
 * <p>Exactly one thread calls {@link #offer} and exactly one {@link #poll}; neither waits for the other. Frames are copied
 * in and out.
 */
public final class FrameQueue {

    private final short[][] frames;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * Creates an empty queue.
     *
     * @param capacityFrames capacity in frames, a power of two
     * @param frameSamples samples in a frame
     */
    public FrameQueue(int capacityFrames, int frameSamples) {
        if (Integer.bitCount(capacityFrames) != 1) {
            throw new IllegalArgumentException("not a power of two: " + capacityFrames);
        }
        this.frames = new short[capacityFrames][frameSamples];
        this.mask = capacityFrames - 1;
    }

    /** Adds a frame; drops and counts it when the queue is full. Audio thread. */
    public void offer(short[] frame) {
        long at = written.getPlain();
        if (at - read.getAcquire() > mask) {
            dropped.lazySet(dropped.getPlain() + 1);
            return;
        }
        System.arraycopy(frame, 0, frames[(int) at & mask], 0, frame.length);
        written.setRelease(at + 1);
    }

    /** Moves the oldest frame to {@code frame}; returns false when the queue is empty. Polling thread. */
    public boolean poll(short[] frame) {
        long at = read.getPlain();
        if (at == written.getAcquire()) {
            return false;
        }
        System.arraycopy(frames[(int) at & mask], 0, frame, 0, frame.length);
        read.setRelease(at + 1);
        return true;
    }

    /** Returns the number of frames in the queue. Polling thread. */
    public int size() {
        return (int) (written.getAcquire() - read.getPlain());
    }

    /** Returns the number of frames dropped so far. Any thread. */
    public long dropped() {
        return dropped.get();
    }
}
