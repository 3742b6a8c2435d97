package voiptui.codec;

import voiptui.audio.dsp.ComfortNoise;
import voiptui.audio.dsp.ShapedNoise;

/**
 * Conceals missing PCM, after the ideas of ITU-T G.711 Appendix I, at any sample rate.
 *
 * <p>A gap continues with the last pitch period, from {@value #SECOND_PERIOD_MS} and {@value #THIRD_PERIOD_MS} ms on with the last
 * two and three, so that it does not buzz (sooner, a gap of one frame would be less like the original). As far as the sound is no
 * voice, it continues as noise of the same spectrum. It fades to {@linkplain ComfortNoise the background} within {@value
 * #FADE_END_MS} ms. What is received after a gap is cross-faded with the continued concealment, whose phase moves to that of the
 * received sound meanwhile if they would cancel otherwise. Nothing is delayed: without a gap samples pass unchanged, and after one from {@value
 * #MAX_RECOVERY_MS} ms on at the latest.
 *
 * <p>Owned by the playout thread. Allocates nothing after construction.
 */
public final class Concealer {

    private static final int FADE_END_MS = 100;
    /** The longest loop, in pitch periods. */
    private static final int MAX_PERIODS = 3;
    /** The loop gets a second period after this ... */
    private static final int SECOND_PERIOD_MS = 40;
    /** ... and a third after this. */
    private static final int THIRD_PERIOD_MS = 60;
    /** The first period is bent to begin where the last sample left off, for this long. */
    private static final int SEAM_MS = 4;
    /** The cross-fade after a gap grows with it: this many milliseconds ... */
    private static final int MIN_RECOVERY_MS = 2;
    /** ... and this share of the gap ... */
    private static final double RECOVERY_SHARE = 0.02;
    /** ... but no more than this. */
    private static final int MAX_RECOVERY_MS = 10;
    /** The most by which the phase moves during the cross-fade, in tenths of a millisecond. */
    private static final int MAX_SHIFT_TENTHS_MS = 25;
    /** Likeness (normalized cross-correlation) up to which a sound is noise ... */
    private static final double NOISE_LIKENESS = 0;
    /** ... and from which on it is a voice. */
    private static final double VOICE_LIKENESS = 0.4;
    /** The phase moves only if received and concealed sound are less alike than this without that ... */
    private static final double OUT_OF_PHASE_LIKENESS = 0.3;
    /** ... and more than this with it. */
    private static final double ALIGNED_LIKENESS = 0.5;
    /** Every fourth sample is enough to find the shift coarsely. */
    private static final int COARSE_STEP = 4;

    private static final long SEED = 2;

    private final int fadeEnd;
    private final int seamSamples;
    private final int secondPeriod;
    private final int thirdPeriod;
    private final int minRecovery;
    private final int maxRecovery;
    private final int maxShift;

    private final PitchSearch pitch;
    private final ShapedNoise breath;
    private final ComfortNoise background;
    /** The last samples played, received or concealed. */
    private final short[] history;
    /** The history as it was when the gap began. */
    private final short[] source;
    /** The last samples concealed, then how they would go on. */
    private final short[] continued;

    private final int[] loops = new int[MAX_PERIODS];
    private double noiseShare;
    /** Samples concealed in this gap, counted up to the end of the fade. */
    private int gapSamples;

    private int readAt;
    private int overlap;
    private int loop;
    private int seamStep;

    private int recovery;
    private int recovered;
    private int shift;
    private double recoveryLikeness;

    /** Creates a concealer for mono audio of {@code rateHz} samples per second, which has heard silence. */
    public Concealer(int rateHz) {
        fadeEnd = rateHz * FADE_END_MS / 1000;
        seamSamples = rateHz * SEAM_MS / 1000;
        secondPeriod = rateHz * SECOND_PERIOD_MS / 1000;
        thirdPeriod = rateHz * THIRD_PERIOD_MS / 1000;
        minRecovery = rateHz * MIN_RECOVERY_MS / 1000;
        maxRecovery = rateHz * MAX_RECOVERY_MS / 1000;
        maxShift = rateHz * MAX_SHIFT_TENTHS_MS / 10_000;
        pitch = new PitchSearch(rateHz);
        breath = new ShapedNoise(rateHz, SEED);
        background = new ComfortNoise(rateHz);
        history = new short[(MAX_PERIODS + 1) * pitch.maxLag() + pitch.samplesNeeded()];
        source = new short[history.length];
        continued = new short[maxShift + maxRecovery + maxShift + 2];
    }

    /**
     * Takes received audio. After a gap, cross-fades its beginning with the continued concealment, in place.
     *
     * @param samples how many, from index 0; any number
     */
    public void onReceived(short[] audio, int samples) {
        if (gapSamples > 0 && samples > 0) {
            beginRecovery(audio, samples);
        }
        for (int i = 0; i < samples && recovered < recovery; i++) {
            audio[i] = recover(audio[i]);
        }
        background.onReceived(audio, samples);
        remember(audio, samples);
    }

    /**
     * Fills a gap, or the next part of it.
     *
     * @param audio receives {@code samples} samples from index 0
     */
    public void conceal(short[] audio, int samples) {
        if (gapSamples == 0 && samples > 0) {
            beginGap();
        }
        for (int i = 0; i < samples; i++) {
            audio[i] = nextConcealed();
        }
        remember(audio, samples);
    }

    private void remember(short[] audio, int samples) {
        int added = Math.min(samples, history.length);
        System.arraycopy(history, added, history, 0, history.length - added);
        System.arraycopy(audio, samples - added, history, history.length - added, added);
    }

    private void beginGap() {
        recovered = recovery;
        System.arraycopy(history, 0, source, 0, history.length);
        int period = pitch.find(source);
        overlap = period / 4;
        for (int periods = 1; periods <= MAX_PERIODS; periods++) {
            loops[periods - 1] = periods == 1 ? period : pitch.findNear(source, periods * period, period / 16);
        }
        loop = period;
        readAt = source.length - period;
        seamStep = source[source.length - 1] - source[readAt - 1];
        double voice = (pitch.likeness() - NOISE_LIKENESS) / (VOICE_LIKENESS - NOISE_LIKENESS);
        noiseShare = 1 - Math.max(0, Math.min(1, voice));
        breath.learn(source, source.length - breath.blockSamples(), 1);
    }

    private short nextConcealed() {
        double gain = Math.max(0, 1 - gapSamples / (double) fadeEnd);
        double sample = 0;
        if (gain > 0) {
            double noise = noiseShare * Math.min(1, gapSamples / (double) seamSamples);
            sample = gain * (Math.sqrt(1 - noise) * nextOfVoice() + Math.sqrt(noise) * breath.next());
            gapSamples++;
        }
        return toSample(sample + Math.max(0, 1 - 2 * gain) * background.next());
    }

    /** Reads the loop. Its end fades into what precedes its start. */
    private double nextOfVoice() {
        int untilEnd = source.length - readAt;
        if (untilEnd == overlap) {
            loop = loops[gapSamples < secondPeriod ? 0 : gapSamples < thirdPeriod ? 1 : 2];
        }
        double sample = source[readAt];
        if (untilEnd <= overlap) {
            double weight = 0.5 + 0.5 * Math.cos(Math.PI * (untilEnd - 0.5) / overlap);
            sample = mix(sample, source[readAt - loop], weight, pitch.likeness());
        }
        if (gapSamples < seamSamples) {
            sample += seamStep * (0.5 + 0.5 * Math.cos(Math.PI * (gapSamples + 0.5) / seamSamples));
        }
        readAt++;
        if (readAt == source.length) {
            readAt -= loop;
        }
        return sample;
    }

    private void beginRecovery(short[] audio, int samples) {
        recovery = (int) Math.min(maxRecovery, minRecovery + RECOVERY_SHARE * gapSamples);
        recovered = 0;
        System.arraycopy(history, history.length - maxShift, continued, 0, maxShift);
        for (int i = maxShift; i < continued.length; i++) {
            continued[i] = nextConcealed();
        }
        gapSamples = 0;
        findShift(audio, Math.min(samples, recovery));
    }

    /** Finds how far the continued concealment is from the phase of the received sound. */
    private void findShift(short[] audio, int samples) {
        shift = 0;
        recoveryLikeness = PitchSearch.likeness(audio, 0, continued, maxShift, samples);
        if (recoveryLikeness >= OUT_OF_PHASE_LIKENESS) {
            return;
        }
        int coarse = bestShift(audio, samples, -maxShift, maxShift, COARSE_STEP);
        int from = Math.max(-maxShift, coarse - COARSE_STEP + 1);
        int best = bestShift(audio, samples, from, Math.min(maxShift, coarse + COARSE_STEP - 1), 1);
        double likeness = PitchSearch.likeness(audio, 0, continued, maxShift + best, samples);
        if (likeness > ALIGNED_LIKENESS) {
            shift = best;
            recoveryLikeness = likeness;
        }
    }

    private int bestShift(short[] audio, int samples, int from, int to, int step) {
        int best = from;
        double bestLikeness = -2;
        for (int by = from; by <= to; by += step) {
            double likeness = PitchSearch.likeness(audio, 0, continued, maxShift + by, samples);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = by;
            }
        }
        return best;
    }

    private short recover(short received) {
        double at = (recovered + 0.5) / recovery;
        double moved = at * at * (3 - 2 * at) * shift;
        double position = maxShift + Math.max(0, recovered + moved);
        int before = (int) position;
        double concealed = continued[before] + (continued[before + 1] - continued[before]) * (position - before);
        recovered++;
        return toSample(mix(concealed, received, 0.5 - 0.5 * Math.cos(Math.PI * at), recoveryLikeness));
    }

    /** Mixes two sounds so that the energy stays the same, given how alike they are. */
    private static double mix(double from, double to, double weight, double likeness) {
        double other = 1 - weight;
        double energy = weight * weight + other * other + 2 * Math.max(0, likeness) * weight * other;
        return (from * other + to * weight) / Math.sqrt(energy);
    }

    private static short toSample(double value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(value)));
    }
}
