package voiptui.testkit.pesq;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voiptui.demo.speech.FourierTransform;

/**
 * Finds where each utterance of the reference is in the degraded signal (P.862, 10.1): first by the envelopes of the whole, then by those
 * of the utterance, then by the lag that most windows of the waveform have. An utterance in which the delay changes is divided.
 */
final class UtteranceAlignment {

    /** A value of the envelope: 4 ms. */
    private static final int STEP = 64;
    /** Silence that separates utterances, in steps: 200 ms. */
    private static final int PAUSE = 50;
    /** How much likeness a distance of a step from the whole costs. */
    private static final double DISTANCE_COST = 5e-4;
    /** The shortest utterance, in steps: 200 ms. */
    private static final int SHORTEST = 50;
    /** Samples between windows: 16 ms. */
    private static final int WINDOW_STEP = 256;
    /** The shortest utterance that is divided, in windows: twice 200 ms. */
    private static final int DIVISIBLE = 25;

    private static final int FINE = 2048;
    /** Lags within this count as the same, in samples. */
    private static final int KERNEL = 32;
    /** How far an utterance may be from the whole, in steps. */
    private static final int REACH = 100;

    /**
     * A part of the reference with one delay.
     *
     * @param from first sample in the reference; it ends where the next one begins
     * @param delay what to add for the sample in the degraded signal
     * @param confidence 0 to 1
     */
    record Utterance(int from, int delay, double confidence) {}

    private record Lag(int samples, double confidence) {}

    private final double[] reference;
    private final double[] degraded;
    private final double[] referenceEnvelope;
    private final double[] degradedEnvelope;
    private final FourierTransform fourier = new FourierTransform(FINE);
    private final int wholeDelay;

    /** @param wholeDelay of most of the signal; see {@link #wholeDelay} */
    UtteranceAlignment(double[] reference, double[] degraded, int wholeDelay) {
        this.reference = reference;
        this.degraded = degraded;
        this.referenceEnvelope = envelope(reference);
        this.degradedEnvelope = envelope(degraded);
        this.wholeDelay = wholeDelay;
    }

    /** Returns the delay of the degraded signal as a whole in samples, to 4 ms. */
    static int wholeDelay(double[] reference, double[] degraded) {
        double[] a = envelope(reference);
        double[] b = envelope(degraded);
        int size = 2 * Integer.highestOneBit(a.length + b.length);
        double[] sums = correlate(new FourierTransform(size), Arrays.copyOf(a, size), Arrays.copyOf(b, size));
        int best = 0;
        for (int i = 0; i < size; i++) {
            best = sums[i] > sums[best] ? i : best;
        }
        return (best < size / 2 ? best : best - size) * STEP;
    }

    /** Log energies above a threshold a little below the mean, so that silence is 0. */
    private static double[] envelope(double[] signal) {
        double[] energies = new double[signal.length / STEP];
        double mean = 0;
        for (int i = 0; i < energies.length; i++) {
            for (int at = i * STEP; at < (i + 1) * STEP; at++) {
                energies[i] += signal[at] * signal[at] / STEP;
            }
            mean += energies[i] / energies.length;
        }
        double threshold = mean / 300;
        for (int i = 0; i < energies.length; i++) {
            energies[i] = energies[i] > threshold ? Math.log(energies[i] / threshold) : 0;
        }
        return energies;
    }

    List<Utterance> utterances() {
        List<Utterance> utterances = new ArrayList<>();
        int from = -1;
        int silent = 0;
        for (int i = 0; i <= referenceEnvelope.length; i++) {
            boolean speech = i < referenceEnvelope.length && referenceEnvelope[i] > 0;
            if (speech) {
                from = from < 0 ? i : from;
                silent = 0;
            } else if (from >= 0 && (++silent >= PAUSE || i == referenceEnvelope.length)) {
                int to = i - silent + 1;
                if (to - from >= SHORTEST) {
                    align(from, to, utterances);
                }
                from = -1;
            }
        }
        return utterances;
    }

    private void align(int from, int to, List<Utterance> utterances) {
        int near = crudeDelay(from, to);
        int first = from * STEP;
        int last = Math.max(first, to * STEP - FINE / 2);
        int[] lags = new int[(last - first) / WINDOW_STEP + 1];
        double[] weights = new double[lags.length];
        for (int window = 0; window < lags.length; window++) {
            weights[window] = lagOf(first + window * WINDOW_STEP, near, lags, window);
        }
        divide(first, lags, weights, 0, lags.length, near, utterances);
    }

    /** Divides the windows between two indices where both halves fit better by themselves than together. */
    private void divide(
            int start, int[] lags, double[] weights, int from, int to, int near, List<Utterance> utterances) {
        Lag together = mostFrequent(lags, weights, from, to);
        int best = 0;
        double bestGain = 0;
        for (int at = from + DIVISIBLE / 2; at <= to - DIVISIBLE / 2; at += 2) {
            Lag left = mostFrequent(lags, weights, from, at);
            Lag right = mostFrequent(lags, weights, at, to);
            double gain = Math.min(left.confidence, right.confidence) - together.confidence;
            if (gain > bestGain && left.samples != right.samples) {
                best = at;
                bestGain = gain;
            }
        }
        if (best == 0) {
            utterances.add(new Utterance(start + from * WINDOW_STEP, near + together.samples, together.confidence));
        } else {
            divide(start, lags, weights, from, best, near, utterances);
            divide(start, lags, weights, best, to, near, utterances);
        }
    }

    /** Returns the delay in samples, to a step, at which the envelopes between two steps fit best. */
    private int crudeDelay(int from, int to) {
        int near = Math.round((float) wholeDelay / STEP);
        int best = near;
        double highest = Double.NEGATIVE_INFINITY;
        for (int lag = near - REACH; lag <= near + REACH; lag++) {
            double sum = 0;
            double squares = 1;
            for (int i = Math.max(from, -lag); i < to && i + lag < degradedEnvelope.length; i++) {
                sum += referenceEnvelope[i] * degradedEnvelope[i + lag];
                squares += degradedEnvelope[i + lag] * degradedEnvelope[i + lag];
            }
            sum *= (1 - DISTANCE_COST * Math.abs(lag - near)) / Math.sqrt(squares);
            if (sum > highest) {
                highest = sum;
                best = lag;
            }
        }
        return best * STEP;
    }

    /** Returns the correlation of {@code a} with {@code b} by lag, negative lags at the end; changes both. */
    private static double[] correlate(FourierTransform fourier, double[] a, double[] b) {
        int size = fourier.size();
        double[] imA = new double[size];
        double[] imB = new double[size];
        fourier.apply(a, imA);
        fourier.apply(b, imB);
        for (int i = 0; i < size; i++) {
            double x = b[i] * a[i] + imB[i] * imA[i];
            imA[i] = imB[i] * a[i] - b[i] * imA[i];
            a[i] = x;
        }
        fourier.invert(a, imA);
        return a;
    }

    /** Finds the lag of a window of 64 ms, up to 64 ms from {@code near}; returns its weight: its height^0.125. */
    private double lagOf(int at, int near, int[] lags, int window) {
        double[] a = new double[FINE];
        double[] b = new double[FINE];
        double energyA = 0;
        for (int i = 0; i < FINE / 2; i++) {
            double hann = 0.5 - 0.5 * Math.cos(4 * Math.PI * (i + 0.5) / FINE);
            a[i] = at + i < reference.length ? reference[at + i] * hann : 0;
            energyA += a[i] * a[i];
        }
        for (int i = 0; i < FINE; i++) {
            int there = at + i - FINE / 4 + near;
            b[i] = there >= 0 && there < degraded.length ? degraded[there] : 0;
        }
        double[] correlation = correlate(fourier, a, b);
        int best = 0;
        for (int i = 0; i <= FINE / 2; i++) {
            best = correlation[i] > correlation[best] ? i : best;
        }
        lags[window] = best - FINE / 4;
        return energyA > 0 ? Math.pow(Math.max(0, correlation[best]) / FINE, 0.125) : 0;
    }

    /** Returns the lag that most of the windows between two indices have, to within 2 ms, by weight. */
    private static Lag mostFrequent(int[] lags, double[] weights, int from, int to) {
        double sum = 0;
        double highest = -1;
        int best = 0;
        for (int i = from; i < to; i++) {
            sum += weights[i];
            double near = 0;
            for (int j = from; j < to; j++) {
                near += weights[j] * Math.max(0, 1 - Math.abs(lags[i] - lags[j]) / (KERNEL + 1.0));
            }
            if (near > highest) {
                highest = near;
                best = i;
            }
        }
        return new Lag(lags[best], sum == 0 ? 0 : highest / sum);
    }
}
