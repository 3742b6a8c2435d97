package voiptui.codec;

/**
 * Conceals missing frames of PCM, so that a loss is heard as a dip and not as a click.
 *
 * <p>Repeats the last pitch period before the loss, found by autocorrelation, and fades it to silence over
 * {@value #FADE_MS} ms. Concealed and received audio are cross-faded. Based on ITU-T G.711 Appendix I (waveform
 * substitution), at any sample rate, with a slower fade, since frames here are twice as long.
 *
 * <p>Without loss samples pass through unchanged. Owned by the playout thread. Allocates nothing after construction.
 */
public final class Concealer {

    /** Longest concealment, in milliseconds. */
    static final int FADE_MS = 100;

    private static final int MIN_PITCH_HZ = 66;
    private static final int MAX_PITCH_HZ = 400;
    private static final int CROSS_FADE_MS = 4;
    /** The pitch search uses every fourth sample, which is accurate enough for a voice. */
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
     * Creates a concealer whose past is silence.
     *
     * @param sampleRateHz samples per second
     * @param frameSamples samples per frame
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

    /** Takes a received frame; cross-fades its start if the frame before was concealed. */
    public void onFrame(short[] frame) {
        if (concealedSamples > 0) {
            synthesize(tail, crossFadeSamples);
            for (int i = 0; i < crossFadeSamples; i++) {
                frame[i] = mix(tail[i], frame[i], i, crossFadeSamples);
            }
            concealedSamples = 0;
        }
        remember(frame);
    }

    /** Fills {@code frame} with concealment for a missing frame. */
    public void conceal(short[] frame) {
        if (concealedSamples == 0) {
            choosePeriod();
        }
        synthesize(frame, frame.length);
    }

    /**
     * Blends two frames into one, from the first to the second.
     *
     * @param first the earlier frame; receives the result
     * @param second the later frame
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
     * Chooses the last pitch period of the history, and blends its end into what precedes its start, so that it repeats
     * without a seam.
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

    /** Returns the lag at which the end of the history is most similar to itself (normalized cross-correlation). */
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
                // The last received sample does not meet the start of the period: fade the step out.
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
