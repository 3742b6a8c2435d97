package voiptui.codec;

/**
 * Makes up sound for frames that are missing, so that a loss is heard as a dip and not as a click.
 *
 * <p>Repeats the last pitch period of what was heard last, found by autocorrelation, and fades it out; after
 * {@value #FADE_MS} ms there is silence. Where made-up sound meets real sound, both are cross-faded. After ITU-T G.711
 * Appendix I (waveform substitution), at any sample rate, with a slower fade, since the frames here are twice as long.
 *
 * <p>With no frame missing the samples pass through unchanged. Owned by the playout thread. Allocates nothing after
 * construction.
 */
public final class Concealer {

    /** Made-up sound lasts so long at the most. */
    static final int FADE_MS = 100;

    private static final int MIN_PITCH_HZ = 66;
    private static final int MAX_PITCH_HZ = 400;
    private static final int CROSS_FADE_MS = 4;
    /** The search looks at every fourth sample: accurate enough for a voice, and a sixteenth of the work. */
    private static final int SEARCH_STEP = 4;

    private final int minLag;
    private final int maxLag;
    private final int crossFadeSamples;
    private final int fadeSamples;
    private final short[] history;
    private final short[] period;
    private final short[] tail;

    private int periodSamples;
    private int periodAt;
    private int concealedSamples;
    private int seamStep;

    /**
     * Starts with silence behind it.
     *
     * @param sampleRateHz samples a second
     * @param frameSamples samples in a frame
     */
    public Concealer(int sampleRateHz, int frameSamples) {
        this.minLag = sampleRateHz / MAX_PITCH_HZ;
        this.maxLag = sampleRateHz / MIN_PITCH_HZ;
        this.crossFadeSamples = Math.min(frameSamples, sampleRateHz * CROSS_FADE_MS / 1000);
        this.fadeSamples = sampleRateHz * FADE_MS / 1000;
        this.history = new short[Math.max(frameSamples, 2 * maxLag + crossFadeSamples)];
        this.period = new short[maxLag];
        this.tail = new short[crossFadeSamples];
    }

    /** A frame came: smooths its beginning if the one before was made up, and remembers it. */
    public void heard(short[] frame) {
        if (concealedSamples > 0) {
            synthesize(tail, crossFadeSamples);
            for (int i = 0; i < crossFadeSamples; i++) {
                frame[i] = mix(tail[i], frame[i], i, crossFadeSamples);
            }
            concealedSamples = 0;
        }
        remember(frame);
    }

    /** A frame is missing: fills {@code frame} with a stand-in. */
    public void conceal(short[] frame) {
        if (concealedSamples == 0) {
            choosePeriod();
        }
        synthesize(frame, frame.length);
    }

    /**
     * Two frames came for one frame's time: blends from the first into the second.
     *
     * @param first the earlier one; receives the result
     * @param second the later one
     */
    public static void blend(short[] first, short[] second) {
        for (int i = 0; i < first.length; i++) {
            first[i] = mix(first[i], second[i], i, first.length);
        }
    }

    private void remember(short[] frame) {
        System.arraycopy(history, frame.length, history, 0, history.length - frame.length);
        System.arraycopy(frame, 0, history, history.length - frame.length, frame.length);
    }

    /**
     * Takes the last pitch period of the history, its end blended into what came before its beginning, so that it can be
     * repeated without a seam.
     */
    private void choosePeriod() {
        periodSamples = bestLag();
        periodAt = 0;
        int start = history.length - periodSamples;
        System.arraycopy(history, start, period, 0, periodSamples);
        int overlap = Math.min(crossFadeSamples, periodSamples / 4);
        for (int i = 0; i < overlap; i++) {
            int at = periodSamples - overlap + i;
            period[at] = mix(history[start + at], history[start - overlap + i], i, overlap);
        }
        seamStep = history[history.length - 1] - history[start - 1];
    }

    /** The distance at which the end of the history resembles itself most (normalized cross-correlation). */
    private int bestLag() {
        int end = history.length;
        int best = maxLag;
        double bestScore = 0;
        for (int lag = minLag; lag <= maxLag; lag += 2) {
            double cross = 0;
            double energy = 1;
            for (int i = end - maxLag; i < end; i += SEARCH_STEP) {
                cross += (double) history[i] * history[i - lag];
                energy += (double) history[i - lag] * history[i - lag];
            }
            double score = cross <= 0 ? 0 : cross * cross / energy;
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return best;
    }

    private void synthesize(short[] out, int samples) {
        for (int i = 0; i < samples; i++) {
            int left = Math.max(0, fadeSamples - concealedSamples);
            int sample = period[periodAt];
            if (concealedSamples < crossFadeSamples) {
                // What was heard last did not end where the period begins: lead over instead of stepping.
                sample += seamStep * (crossFadeSamples - concealedSamples) / crossFadeSamples;
            }
            out[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, (long) sample * left / fadeSamples));
            concealedSamples++;
            periodAt = periodAt + 1 == periodSamples ? 0 : periodAt + 1;
        }
    }

    private static short mix(short from, short to, int at, int length) {
        return (short) (from + (to - from) * at / length);
    }
}
