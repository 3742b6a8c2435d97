package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

/**
 * How much audio waits in a speaker when the next frame is written: little where the machine is punctual, more after each
 * underrun, and less again when none follows. Underruns while a call begins, when programs start on both sides, are forgotten
 * sooner.
 *
 * <p>Owned by the playout thread.
 */
final class Cushion {

    /** What an underrun adds at least, in milliseconds: it doubles the cushion. */
    static final int GROWTH_MS = 5;
    /** How long an underrun is remembered, in milliseconds; from then on the cushion shrinks. */
    static final long MEMORY_MS = 30_000;
    /** How often it shrinks by a millisecond, in milliseconds. */
    static final long SHRINK_EVERY_MS = 5_000;
    /** How long a call begins, in milliseconds. */
    static final long START_MS = 5_000;
    /** How long an underrun is remembered meanwhile, in milliseconds ... */
    static final long START_MEMORY_MS = 2_500;
    /** ... and how often the cushion shrinks by a millisecond then, in milliseconds. */
    static final long START_SHRINK_EVERY_MS = 200;

    private final int leastSamples;
    private final int mostSamples;
    private final int samplesPerMs;
    private int samples;
    private long shrinkAtNs;
    private long shrinkEveryNs;
    private boolean started;
    private long startedNs;

    /**
     * Starts with the least.
     *
     * @param leastSamples samples that wait at least
     * @param mostSamples samples that wait at most
     */
    Cushion(int leastSamples, int mostSamples, int sampleRateHz) {
        this.leastSamples = leastSamples;
        this.mostSamples = Math.max(leastSamples, mostSamples);
        this.samplesPerMs = Math.max(1, sampleRateHz / 1000);
        this.samples = leastSamples;
    }

    /** Returns how many samples may wait when the next frame is written. */
    int samples() {
        return samples;
    }

    /** Grows: the device ran out of audio. */
    void onUnderrun(long nowNs) {
        boolean starting = elapsedNs(nowNs) < START_MS * NS_PER_MS;
        samples = Math.min(mostSamples, samples + Math.max(samples, GROWTH_MS * samplesPerMs));
        shrinkAtNs = nowNs + (starting ? START_MEMORY_MS : MEMORY_MS) * NS_PER_MS;
        shrinkEveryNs = (starting ? START_SHRINK_EVERY_MS : SHRINK_EVERY_MS) * NS_PER_MS;
    }

    /** Shrinks if the last underrun is long ago. */
    void onFrame(long nowNs) {
        elapsedNs(nowNs);
        if (samples > leastSamples && nowNs - shrinkAtNs >= 0) {
            samples = Math.max(leastSamples, samples - samplesPerMs);
            shrinkAtNs = nowNs + shrinkEveryNs;
        }
    }

    /** Returns the time since the first call. */
    private long elapsedNs(long nowNs) {
        if (!started) {
            started = true;
            startedNs = nowNs;
        }
        return nowNs - startedNs;
    }
}
