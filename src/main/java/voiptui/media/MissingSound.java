package voiptui.media;

import voiptui.time.NanoClock;

/**
 * Notices a microphone that does not deliver all of its sound, over {@value #WINDOW_SECONDS} s twice in a row: a busy machine may lose some
 * once. Owned by the capture thread.
 */
final class MissingSound {

    /** Over how long to look, in seconds. */
    static final int WINDOW_SECONDS = 10;
    /** The share of the sound, in percent, below which users hear gaps that they cannot explain. */
    static final int ENOUGH_PERCENT = 95;

    private static final long WINDOW_NS = WINDOW_SECONDS * 1_000 * NanoClock.NS_PER_MS;

    private long deliveredNs;
    private long missingNs;
    private boolean lacking;
    private boolean noticed;

    /** Starts anew, with another microphone. */
    void restart() {
        deliveredNs = 0;
        missingNs = 0;
        lacking = false;
        noticed = false;
    }

    /**
     * Notes a frame.
     *
     * @param frameNs its length, in nanoseconds
     * @param missingBeforeNs how much was missing before it, in nanoseconds
     * @return the share that this microphone delivers, in percent, when it is first found to be too little; otherwise 0
     */
    int onFrame(long frameNs, long missingBeforeNs) {
        deliveredNs += frameNs;
        missingNs += missingBeforeNs;
        long totalNs = deliveredNs + missingNs;
        if (totalNs < WINDOW_NS) {
            return 0;
        }
        int percent = (int) (100 * deliveredNs / totalNs);
        deliveredNs = 0;
        missingNs = 0;
        boolean lackedBefore = lacking;
        lacking = percent < ENOUGH_PERCENT;
        if (noticed || !lacking || !lackedBefore) {
            return 0;
        }
        noticed = true;
        return Math.max(1, percent);
    }
}
