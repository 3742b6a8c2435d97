package voiptui.audio;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands frames from an audio thread to one that may take its time: bounded, without locks, without allocation.
 *
 * <p>Exactly one thread calls {@link #offer} and exactly one {@link #poll}; neither ever waits for the other. Frames are
 * copied in and copied out.
 */
public final class FrameQueue {

    private final short[][] frames;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * Makes room.
     *
     * @param capacityFrames how many frames at the most, a power of two
     * @param frameSamples samples in a frame
     */
    public FrameQueue(int capacityFrames, int frameSamples) {
        if (Integer.bitCount(capacityFrames) != 1) {
            throw new IllegalArgumentException("not a power of two: " + capacityFrames);
        }
        this.frames = new short[capacityFrames][frameSamples];
        this.mask = capacityFrames - 1;
    }

    /** Adds a frame; one that finds no room is dropped, and counted. Called by the audio thread. */
    public void offer(short[] frame) {
        long at = written.getPlain();
        if (at - read.getAcquire() > mask) {
            dropped.lazySet(dropped.getPlain() + 1);
            return;
        }
        System.arraycopy(frame, 0, frames[(int) at & mask], 0, frame.length);
        written.setRelease(at + 1);
    }

    /** Takes the oldest frame into {@code frame}, if there is one, and tells whether there was. Called by the taking thread. */
    public boolean poll(short[] frame) {
        long at = read.getPlain();
        if (at == written.getAcquire()) {
            return false;
        }
        System.arraycopy(frames[(int) at & mask], 0, frame, 0, frame.length);
        read.setRelease(at + 1);
        return true;
    }

    /** Frames that wait. Called by the taking thread. */
    public int size() {
        return (int) (written.getAcquire() - read.getPlain());
    }

    /** Frames that found no room so far. Any thread. */
    public long dropped() {
        return dropped.get();
    }
}
