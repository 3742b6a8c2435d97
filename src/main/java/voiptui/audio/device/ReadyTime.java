package voiptui.audio.device;

import voiptui.time.NanoClock;

/**
 * Learns when a microphone has the next frame, so that the capture thread sleeps once per frame instead of looking again
 * and again: each time it wakes up costs more than what it then does.
 *
 * <p>A microphone delivers audio in blocks that do not fit the frames. The estimate follows its clock, and settles where a frame is
 * ready at the first look five times out of six.
 *
 * <p>Owned by the capture thread. Allocates nothing after construction.
 */
final class ReadyTime {

    /** How much later the next frame is looked for after one that was not ready, in nanoseconds. */
    static final long LATER_NS = 250_000;
    /** How much earlier it is looked for after one that was. */
    static final long EARLIER_NS = 50_000;
    /** A frame this much later than expected begins another estimate: the device stopped, or was moved to another. */
    private static final long LOST_NS = 8 * NanoClock.NS_PER_MS;

    /** Audio beyond the frame that is ready may be a block of the device; what exceeds this shows that it was looked for late. */
    private static final long BLOCK_NS = 5 * NanoClock.NS_PER_MS;
    /** The part of that by which the next frame is looked for earlier. */
    private static final int CATCH_UP = 16;

    private final long frameNs;
    private long expectedNs;
    private boolean looked;

    /** @param frameNs length of a frame, in nanoseconds */
    ReadyTime(long frameNs) {
        this.frameNs = frameNs;
    }

    /** Starts without knowledge: a frame was ready at {@code nowNs}. */
    void start(long nowNs) {
        expectedNs = nowNs + frameNs;
        looked = false;
    }

    /** Returns how long to sleep until {@code frames} more frames should be ready, in nanoseconds; not positive: no longer. */
    long untilReadyNs(int frames, long nowNs) {
        return expectedNs + (frames - 1) * frameNs - nowNs;
    }

    /** Notes that the thread slept until the estimate, and nothing was ready. */
    void onNotReady() {
        looked = true;
    }

    /**
     * Notes that {@code frames} frames were ready after the thread had slept.
     *
     * @param surplusNs length of the audio beyond them, in nanoseconds: after a stall, what had queued up comes at once
     */
    void onReady(int frames, long surplusNs, long nowNs) {
        long errorNs = -untilReadyNs(frames, nowNs);
        if (looked && errorNs > LOST_NS) {
            expectedNs += errorNs;
        } else if (looked) {
            expectedNs += LATER_NS;
        } else {
            expectedNs -= EARLIER_NS + Math.max(0, surplusNs % frameNs - BLOCK_NS) / CATCH_UP;
        }
        expectedNs -= surplusNs / frameNs * frameNs;
        looked = false;
    }

    /** Notes that a frame is used now. */
    void onFrame() {
        expectedNs += frameNs;
    }
}
