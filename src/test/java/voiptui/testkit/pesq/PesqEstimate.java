package voiptui.testkit.pesq;

import java.util.ArrayList;
import java.util.List;
import voiptui.testkit.pesq.UtteranceAlignment.Utterance;

/**
 * Estimates the opinion score (MOS-LQO) that wideband PESQ gives transmitted speech: P.862 with the changes of P.862.2.
 *
 * <p>Levels are aligned, each utterance is aligned in time, and the loudness of both signals in 49 Bark bands every 16 ms is compared:
 * symmetrically, and asymmetrically for what was added. Both disturbances are averaged with a norm of 6 over 320 ms and of 2 over the
 * speech. An estimate for comparing ways to send: where scores of the original are
 * known (recorded speech through libopus; see {@code src/test/bench/opinion.sh}), disturbances were a quarter too small, which a constant
 * makes up for. What remains is an error of 0.15 on average: speech coded with 16 to 24 kbit/s is judged 0.1 too kindly.
 */
public final class PesqEstimate {

    /** Sample rate of both signals, in hertz. */
    public static final int RATE_HZ = BarkScale.RATE_HZ;

    private static final int BANDS = BarkScale.BANDS;
    private static final double TARGET_POWER = 1e7;
    /** What the input filter of P.862.2 does: a high-pass filter at 200 Hz that amplifies by 9 dB. */
    private static final double FILTER_HZ = 200;

    private static final double FILTER_GAIN = 2.82;

    private static final double SPEECH_POWER = 1e7;
    private static final double AUDIBLE = 100;
    private static final double BAD_FRAME = 30;
    private static final int MIN_BAD_FRAMES = 5;
    private static final int SMEAR_FRAMES = 2;
    /** How far a bad interval is searched for, in samples: 128 ms. */
    private static final int BAD_REACH = 2_048;
    /** ... and how much the magnitudes there have to be alike (normalized cross-correlation). */
    private static final double REALIGNED_LIKENESS = 0.5;

    private static final double MAX_DISTURBANCE = 45;
    /** Fits the estimate to the scores that the original is known to give; see {@code OpinionTable}. */
    private static final double SEVERITY = 1.25;

    private static final int SYLLABLE_FRAMES = 20;

    private final BarkScale bark = new BarkScale();
    private final double[] reference;
    private final double[] degraded;
    private final List<Utterance> utterances;
    private final int firstFrame;
    private final int frames;
    private final int[] delays;

    private double[][] referencePowers;
    private double[][] degradedPowers;
    private final double[] symmetric;
    private final double[] asymmetric;
    private double score;

    private PesqEstimate(short[] said, short[] heard) {
        double[] levelled = levelled(said, 0, said.length);
        int delay = UtteranceAlignment.wholeDelay(levelled, levelled(heard, 0, heard.length));
        reference = filtered(levelled);
        degraded = filtered(levelled(heard, delay, delay + said.length));
        utterances = new UtteranceAlignment(reference, degraded, delay).utterances();
        int from = 0;
        while (from + 5 < said.length && isSilent(said, from)) {
            from++;
        }
        int to = said.length;
        while (to - 5 > from && isSilent(said, to - 5)) {
            to--;
        }
        firstFrame = from / BarkScale.HOP;
        frames = Math.max(0, (to - BarkScale.FRAME) / BarkScale.HOP + 1 - firstFrame);
        delays = new int[frames];
        symmetric = new double[frames];
        asymmetric = new double[frames];
        referencePowers = new double[frames][];
        degradedPowers = new double[frames][];
    }

    private static boolean isSilent(short[] samples, int at) {
        int sum = 0;
        for (int i = at; i < at + 5; i++) {
            sum += Math.abs(samples[i]);
        }
        return sum < 500;
    }

    /**
     * Returns the estimated score: 1.04 to 4.64; the latter for the same signal.
     *
     * @param said the original
     * @param heard the same speech, anywhere in it, at any level
     */
    public static double of(short[] said, short[] heard) {
        PesqEstimate estimate = new PesqEstimate(said, heard);
        estimate.compare();
        return estimate.score;
    }

    /** Returns the level-aligned signal: its power between 350 and 3,250 Hz becomes 10 million, from one sample to another. */
    private static double[] levelled(short[] samples, int from, int to) {
        double[] signal = new double[samples.length];
        for (int i = 0; i < signal.length; i++) {
            signal[i] = samples[i];
        }
        double[] band = signal.clone();
        for (int pass = 0; pass < 2; pass++) {
            band = biquad(band, 350, true);
            band = biquad(band, 3_250, false);
        }
        double power = 0;
        for (int i = Math.max(0, from); i < Math.min(to, band.length); i++) {
            power += band[i] * band[i] / (to - from);
        }
        double gain = power > 0 ? Math.sqrt(TARGET_POWER / power) : 1;
        for (int i = 0; i < signal.length; i++) {
            signal[i] *= gain;
        }
        return signal;
    }

    private static double[] filtered(double[] signal) {
        double[] out = biquad(signal, FILTER_HZ, true);
        for (int i = 0; i < out.length; i++) {
            out[i] *= FILTER_GAIN;
        }
        return out;
    }

    /** A Butterworth filter of second order. */
    private static double[] biquad(double[] in, double hz, boolean highPass) {
        double k = Math.tan(Math.PI * hz / RATE_HZ);
        double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
        double b0 = (highPass ? 1 : k * k) * norm;
        double b1 = (highPass ? -2 : 2) * b0;
        double a1 = 2 * (k * k - 1) * norm;
        double a2 = (1 - Math.sqrt(2) * k + k * k) * norm;
        double[] out = new double[in.length];
        double s1 = 0;
        double s2 = 0;
        for (int i = 0; i < in.length; i++) {
            out[i] = b0 * in[i] + s1;
            s1 = b1 * in[i] - a1 * out[i] + s2;
            s2 = b0 * in[i] - a2 * out[i];
        }
        return out;
    }

    private void compare() {
        int utterance = 0;
        for (int i = 0; i < frames; i++) {
            int at = (firstFrame + i) * BarkScale.HOP;
            while (utterance + 1 < utterances.size()
                    && utterances.get(utterance + 1).from() <= at) {
                utterance++;
            }
            delays[i] = utterances.isEmpty() ? 0 : utterances.get(utterance).delay();
            referencePowers[i] = bark.powers(reference, at);
            degradedPowers[i] = bark.powers(degraded, at + delays[i]);
        }
        compensateFrequencyResponse();
        double scale = 1;
        for (int i = 0; i < frames; i++) {
            scale = compareFrame(i, degradedPowers[i], scale, false);
        }
        realignBadIntervals();
        for (int i = 0; i < frames; i++) {
            double weight = Math.pow((bark.audible(referencePowers[i], 1) + 1e5) / 1e7, 0.04);
            symmetric[i] = Math.min(MAX_DISTURBANCE, symmetric[i] / weight);
            asymmetric[i] = Math.min(MAX_DISTURBANCE, asymmetric[i] / weight);
        }
        double raw = 4.5 - SEVERITY * (0.1 * aggregate(symmetric) + 0.0309 * aggregate(asymmetric));
        score = 0.999 + 4 / (1 + Math.exp(-1.3669 * raw + 3.8224));
    }

    /** P.862, 10.2.4: linear filtering on the way is hardly audible. */
    private void compensateFrequencyResponse() {
        double[] meanReference = new double[BANDS];
        double[] meanDegraded = new double[BANDS];
        for (int i = 0; i < frames; i++) {
            if (bark.audible(referencePowers[i], AUDIBLE) < SPEECH_POWER) {
                continue;
            }
            for (int band = 0; band < BANDS; band++) {
                meanReference[band] += bark.audible(referencePowers[i], band, AUDIBLE) / frames;
                meanDegraded[band] += bark.audible(degradedPowers[i], band, AUDIBLE) / frames;
            }
        }
        for (int band = 0; band < BANDS; band++) {
            double ratio = (meanDegraded[band] + 1000) / (meanReference[band] + 1000);
            for (double[] powers : referencePowers) {
                powers[band] *= Math.max(0.01, Math.min(100, ratio));
            }
        }
    }

    /** Compares a frame; returns the smoothed gain, which short changes do not follow (P.862, 10.2.5). */
    private double compareFrame(int frame, double[] heard, double previousScale, boolean onlyIfBetter) {
        double[] said = referencePowers[frame];
        double ratio = (bark.audible(said, 1) + 5e3) / (bark.audible(heard, 1) + 5e3);
        double smoothed = 0.2 * previousScale + 0.8 * ratio;
        double scale = Math.max(3e-4, Math.min(5, smoothed));
        double[] scaled = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            scaled[band] = heard[band] * scale;
        }
        double[] saidLoudness = bark.loudness(said);
        double[] heardLoudness = bark.loudness(scaled);
        double squares = 0;
        double added = 0;
        for (int band = 1; band < BANDS; band++) {
            double difference = heardLoudness[band] - saidLoudness[band];
            double masked = 0.25 * Math.min(heardLoudness[band], saidLoudness[band]);
            double weighted = Math.signum(difference) * Math.max(0, Math.abs(difference) - masked) * bark.width(band);
            squares += weighted * weighted;
            double factor = Math.pow((scaled[band] + 50) / (said[band] + 50), 1.2);
            added += factor < 3 ? 0 : Math.abs(weighted) * Math.min(12, factor);
        }
        double totalWidth = bark.totalWidth();
        double disturbance = Math.sqrt(squares / totalWidth) * totalWidth;
        symmetric[frame] = onlyIfBetter ? Math.min(symmetric[frame], disturbance) : disturbance;
        asymmetric[frame] = onlyIfBetter ? Math.min(asymmetric[frame], added) : added;
        return smoothed;
    }

    /** P.862, 10.2.10: what is bad in a row may only be somewhere else. */
    private void realignBadIntervals() {
        boolean[] bad = new boolean[frames];
        for (int i = 0; i < frames; i++) {
            bad[i] = hasBadFrame(i - SMEAR_FRAMES, i) && hasBadFrame(i, i + SMEAR_FRAMES);
        }
        for (int from = 0; from < frames; from++) {
            int to = from;
            while (to < frames && bad[to]) {
                to++;
            }
            if (to - from >= MIN_BAD_FRAMES) {
                realign(from, to);
            }
            from = Math.max(from, to);
        }
    }

    private boolean hasBadFrame(int first, int last) {
        for (int i = Math.max(0, first); i <= Math.min(frames - 1, last); i++) {
            if (symmetric[i] > BAD_FRAME) {
                return true;
            }
        }
        return false;
    }

    private void realign(int from, int to) {
        int start = (firstFrame + from) * BarkScale.HOP;
        int end = (firstFrame + to) * BarkScale.HOP + BarkScale.FRAME;
        int delay = delays[from];
        int best = delay;
        double highest = 0;
        for (int lag = delay - BAD_REACH; lag <= delay + BAD_REACH; lag++) {
            double likeness = likenessOfMagnitudes(start, Math.min(end, reference.length), lag);
            if (likeness > highest) {
                highest = likeness;
                best = lag;
            }
        }
        if (highest < REALIGNED_LIKENESS) {
            return;
        }
        double scale = 1;
        for (int i = from; i < to && best != delay; i++) {
            double[] powers = bark.powers(degraded, (firstFrame + i) * BarkScale.HOP + best);
            scale = compareFrame(i, powers, scale, true);
        }
    }

    private double likenessOfMagnitudes(int start, int end, int lag) {
        double product = 0;
        double energyA = 1;
        double energyB = 1;
        for (int at = start; at < end; at += 2) {
            int there = at + lag;
            double b = there < 0 || there >= degraded.length ? 0 : degraded[there];
            product += Math.abs(reference[at] * b);
            energyA += reference[at] * reference[at];
            energyB += b * b;
        }
        return product / Math.sqrt(energyA * energyB);
    }

    /** A norm of 6 within 320 ms, of 2 over the speech; later speech counts more in long signals. */
    private static double aggregate(double[] disturbances) {
        List<Double> syllables = new ArrayList<>();
        for (int from = 0; from < disturbances.length; from += SYLLABLE_FRAMES / 2) {
            double sum = 0;
            int count = 0;
            for (int i = from; i < Math.min(disturbances.length, from + SYLLABLE_FRAMES); i++) {
                sum += Math.pow(disturbances[i], 6);
                count++;
            }
            syllables.add(Math.pow(sum / count, 1 / 6.0));
        }
        double sum = 0;
        for (double syllable : syllables) {
            sum += syllable * syllable;
        }
        return syllables.isEmpty() ? 0 : Math.sqrt(sum / syllables.size());
    }
}
