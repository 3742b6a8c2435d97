package voiptui.audio.device;

import static voiptui.time.NanoClock.NS_PER_MS;

/**
 * How much audio waits in a speaker when the next frame is written: little where the machine is punctual, more after each
 * underrun, and less again when none follows. The first underrun is soon forgotten; each that follows before the cushion has been at
 * its least for as long is remembered twice as long. Those while a call begins, when programs start on both sides and their
 * code is compiled, are all forgotten after {@value #START_MEMORY_MS} ms.
 *
 * <p>Owned by the playout thread.
 */
final class Cushion {

    /** What an underrun adds at least, in milliseconds: it doubles the cushion. */
    static final int GROWTH_MS = 2;
    /** How long an underrun is remembered at first, in milliseconds; from then on the cushion shrinks. */
    static final long FIRST_MEMORY_MS = 2_500;
    /** How long it is remembered at most, in milliseconds. */
    static final long MAX_MEMORY_MS = 30_000;
    /** The cushion shrinks by a millisecond in this part of the time that an underrun is remembered. */
    static final long SHRINKS_PER_MEMORY = 12;
    /** How long a call begins, in milliseconds. */
    static final long START_MS = 8_000;
    /** How long an underrun is remembered while a call begins, in milliseconds. */
    static final long START_MEMORY_MS = 1_000;

    private final int leastSamples;
    private final int mostSamples;
    private final int samplesPerMs;
    private int samples;
    private long memoryMs = FIRST_MEMORY_MS;
    private long shrinkAtNs;
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
        if (elapsedNs(nowNs) < START_MS * NS_PER_MS) {
            memoryMs = START_MEMORY_MS;
        } else {
            boolean forgotten = samples == leastSamples && nowNs - shrinkAtNs >= memoryMs * NS_PER_MS;
            memoryMs = forgotten ? FIRST_MEMORY_MS : Math.min(MAX_MEMORY_MS, Math.max(FIRST_MEMORY_MS, 2 * memoryMs));
        }
        samples = Math.min(mostSamples, samples + Math.max(samples, GROWTH_MS * samplesPerMs));
        shrinkAtNs = nowNs + memoryMs * NS_PER_MS;
    }

    /** Shrinks if the last underrun is long ago. */
    void onFrame(long nowNs) {
        if (elapsedNs(nowNs) == 0) {
            shrinkAtNs = nowNs;
        }
        if (samples > leastSamples && nowNs - shrinkAtNs >= 0) {
            samples = Math.max(leastSamples, samples - samplesPerMs);
            shrinkAtNs = nowNs + memoryMs * NS_PER_MS / SHRINKS_PER_MEMORY;
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
