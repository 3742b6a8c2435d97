package voiptui.audio.device;

import voiptui.time.NanoClock;
import voiptui.time.PacketTime;

/**
 * Measures how much less audio a microphone has delivered than time has passed, because some of it was lost on the way: timestamps
 * would fall behind by that, and the delay of the other side would grow.
 *
 * <p>What a device only delivers late follows soon. So audio counts as missing if it was for all of {@value #WINDOW_MS} ms. A device
 * may be one part in {@value RealTimeLimit#TOLERANCE} slower than the clock, and none is missing.
 *
 * <p>Owned by the capture thread. Allocates nothing.
 */
final class CaptureLag {

    /** How long audio must be missing, in milliseconds; longer than a device that is well delivers it late. */
    static final int WINDOW_MS = 200;

    private static final long WINDOW_NS = WINDOW_MS * NanoClock.NS_PER_MS;
    /** Missing audio is counted in whole packets, of which timestamps are made. */
    private static final long PACKET_NS = PacketTime.MS * NanoClock.NS_PER_MS;

    private long dueNs;
    private long windowEndNs;
    private long leastLagNs;

    /** Starts anew: nothing is missing at {@code nowNs}. */
    void start(long nowNs) {
        dueNs = nowNs;
        startWindow(nowNs);
    }

    private void startWindow(long nowNs) {
        windowEndNs = nowNs + WINDOW_NS;
        leastLagNs = Long.MAX_VALUE;
    }

    /**
     * Notes a frame that was read.
     *
     * @param frameNs its length, in nanoseconds
     * @param waitingNs length of the audio that waits behind it, in nanoseconds
     * @return how much audio turns out to be missing before it, in nanoseconds: whole packets; mostly 0
     */
    long onFrame(long frameNs, long waitingNs, long nowNs) {
        dueNs += frameNs + frameNs / RealTimeLimit.TOLERANCE;
        long lagNs = nowNs - waitingNs - dueNs;
        if (lagNs < 0) {
            dueNs += lagNs;
            lagNs = 0;
        }
        leastLagNs = Math.min(leastLagNs, lagNs);
        if (nowNs - windowEndNs < 0) {
            return 0;
        }
        long missingNs = leastLagNs / PACKET_NS * PACKET_NS;
        dueNs += missingNs;
        startWindow(nowNs);
        return missingNs;
    }
}
