package voiptui.audio.device;

/**
 * Keeps a device at the pace of the clock that delivers or takes audio as fast as it is asked to, as ALSA's {@code null} and
 * {@code file} plug-ins do. Owned by the audio thread.
 *
 * <p>Real devices are never limited: their clocks are off by less than one part in {@value #TOLERANCE}, and they are late and
 * catch up by less than {@value #SLACK_MS} ms.
 */
final class RealTimeLimit {

    /** How much audio may come early, in milliseconds. */
    static final int SLACK_MS = 200;
    /** A device may be one part in so many faster than the clock. */
    static final int TOLERANCE = 100;

    private static final long SLACK_NS = SLACK_MS * 1_000_000L;

    private boolean started;
    private long dueNs;

    /** Returns how long the next audio must wait, in nanoseconds; not positive: it is due. */
    long untilDueNs(long nowNs) {
        return started ? dueNs - nowNs : 0;
    }

    /** Notes that {@code lengthNs} nanoseconds of audio were read or written. */
    void onAudio(long lengthNs, long nowNs) {
        long earliestNs = nowNs - SLACK_NS;
        dueNs = lengthNs - lengthNs / TOLERANCE + (started && dueNs - earliestNs > 0 ? dueNs : earliestNs);
        started = true;
    }
}
