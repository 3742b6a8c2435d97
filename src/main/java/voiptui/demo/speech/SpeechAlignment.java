package voiptui.demo.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds where speech is in received audio, piece by piece, because the playout delay changes during a call.
 *
 * <p>The spectrograms are correlated, not the waveforms: a codec, concealment and time stretching keep the former and change the
 * latter. First the speech as a whole is searched for, then each piece of a second near the place where it should be. A path through
 * the scores of all pieces that avoids jumps (dynamic programming) keeps a piece that was mostly lost from being found elsewhere.
 */
final class SpeechAlignment {

    /** Milliseconds between frames of what was heard. */
    static final int HEARD_HOP_MS = 5;
    /** Frames of {@code heard} to one of {@code said}. */
    static final int HEARD_STEP = SpeechSimilarity.HOP_MS / HEARD_HOP_MS;

    private static final int PIECE = 1000 / SpeechSimilarity.HOP_MS;
    private static final int PIECE_STEP = PIECE / 2;
    /** How far from the place of the whole a piece may be, in frames of {@code heard}. */
    private static final int REACH = 600 / HEARD_HOP_MS;
    /** How far the next piece, half a second later, may be from this one. */
    private static final int MAX_STEP = 300 / HEARD_HOP_MS;
    /** What a shift by one frame costs, in units of correlation. */
    private static final double SHIFT_COST = 0.004;
    /** How many places of the whole are examined. */
    private static final int CANDIDATES = 3;

    /**
     * A piece of the speech.
     *
     * @param frame its first frame, at {@link SpeechSimilarity#HOP_MS}
     * @param lag how much later it is in what was heard, in frames of {@link #HEARD_HOP_MS}; fractions are interpolated
     */
    record Piece(int frame, double lag) {

        int middle() {
            return frame + PIECE / 2;
        }

        double saidMs() {
            return frame * (double) SpeechSimilarity.HOP_MS;
        }

        double delayMs() {
            return lag * HEARD_HOP_MS;
        }
    }

    private final double[][] said;
    private final double[][] heard;
    /** First frames of the pieces that contain speech. */
    private final int[] starts;

    private final int length;

    private SpeechAlignment(Spectrogram said, Spectrogram heard) {
        this.said = said.loudness();
        this.heard = heard.loudness();
        this.length = Math.min(PIECE, said.frames());
        this.starts = IntStream.iterate(0, frame -> frame + PIECE_STEP)
                .takeWhile(frame -> length > 0 && frame + length <= said.frames())
                .filter(frame -> said.isSpeech(frame, length))
                .toArray();
    }

    /**
     * Returns the pieces that contain speech, in order; none if nothing was said.
     *
     * @param said frames at {@link SpeechSimilarity#HOP_MS}
     * @param heard frames at {@link #HEARD_HOP_MS}
     */
    static List<Piece> of(Spectrogram said, Spectrogram heard) {
        return new SpeechAlignment(said, heard).pieces();
    }

    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        if (starts.length == 0) {
            return pieces;
        }
        int lag = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int candidate : candidates()) {
            double total = new Path(scores(candidate, HEARD_STEP), HEARD_STEP).total;
            if (total > highest) {
                highest = total;
                lag = candidate;
            }
        }
        double[][] scores = scores(lag, 1);
        int[] lags = new Path(scores, 1).lags;
        for (int piece = 0; piece < starts.length; piece++) {
            pieces.add(new Piece(starts[piece], lag - REACH + vertex(scores[piece], lags[piece])));
        }
        return pieces;
    }

    /** Returns the lags at which all of the speech fits best: a sentence that is repeated, or shifted midway, fits at several. */
    private List<Integer> candidates() {
        double[][] a = withoutMeans(said, 1);
        double[][] b = withoutMeans(heard, HEARD_STEP);
        double[] sums = new double[b.length];
        for (int lag = 0; lag < sums.length; lag++) {
            for (int frame = 0; frame < a.length && frame + lag < b.length; frame++) {
                for (int band = 0; band < Spectrogram.BANDS; band++) {
                    sums[lag] += a[frame][band] * b[frame + lag][band];
                }
            }
        }
        List<Integer> candidates = new ArrayList<>();
        int apart = REACH / HEARD_STEP;
        for (int i = 0; i < CANDIDATES; i++) {
            int best = highest(sums);
            candidates.add(best * HEARD_STEP);
            Arrays.fill(sums, Math.max(0, best - apart), Math.min(sums.length, best + apart), Double.NEGATIVE_INFINITY);
        }
        return candidates;
    }

    /** Returns every {@code step}th frame, with a mean of 0 in each band. */
    private static double[][] withoutMeans(double[][] loudness, int step) {
        double[][] frames = new double[(loudness.length + step - 1) / step][];
        for (int frame = 0; frame < frames.length; frame++) {
            frames[frame] = loudness[frame * step].clone();
        }
        for (int band = 0; band < Spectrogram.BANDS; band++) {
            double mean = 0;
            for (double[] bands : frames) {
                mean += bands[band] / frames.length;
            }
            for (double[] bands : frames) {
                bands[band] -= mean;
            }
        }
        return frames;
    }

    /** Returns the correlation of each piece at the lags from {@code lag} - REACH to {@code lag} + REACH. */
    private double[][] scores(int lag, int step) {
        double[][] scores = new double[starts.length][2 * REACH / step + 1];
        for (int piece = 0; piece < scores.length; piece++) {
            for (int i = 0; i < scores[piece].length; i++) {
                scores[piece][i] = correlation(starts[piece], lag - REACH + i * step);
            }
        }
        return scores;
    }

    /** Returns the correlation of a piece over time and bands, without the mean of each band: from -1 to 1. */
    private double correlation(int from, int lag) {
        double product = 0;
        double energyA = 0;
        double energyB = 0;
        for (int band = 0; band < Spectrogram.BANDS; band++) {
            double sumA = 0;
            double sumB = 0;
            double sumAb = 0;
            double sumAa = 0;
            double sumBb = 0;
            for (int frame = from; frame < from + length; frame++) {
                int there = frame * HEARD_STEP + lag;
                double a = said[frame][band];
                double b = there < 0 || there >= heard.length ? 0 : heard[there][band];
                sumA += a;
                sumB += b;
                sumAb += a * b;
                sumAa += a * a;
                sumBb += b * b;
            }
            product += sumAb - sumA * sumB / length;
            energyA += sumAa - sumA * sumA / length;
            energyB += sumBb - sumB * sumB / length;
        }
        double norm = Math.sqrt(energyA * energyB);
        return norm > 0 ? product / norm : 0;
    }

    /** The best way through the scores of all pieces. */
    private static final class Path {

        /** The sum of the scores on the way, less the cost of its shifts. */
        private final double total;
        /** For each piece, the index of its lag. */
        private final int[] lags;

        /**
         * Finds the way.
         *
         * @param scores by piece and lag
         * @param step how many frames the lags are apart
         */
        Path(double[][] scores, int step) {
            int count = scores[0].length;
            int farthest = MAX_STEP / step;
            int[][] from = new int[scores.length][count];
            double[] totals = scores[0].clone();
            for (int piece = 1; piece < scores.length; piece++) {
                double[] next = new double[count];
                for (int lag = 0; lag < count; lag++) {
                    double best = Double.NEGATIVE_INFINITY;
                    int last = Math.min(count - 1, lag + farthest);
                    for (int before = Math.max(0, lag - farthest); before <= last; before++) {
                        double sum = totals[before] - SHIFT_COST * step * Math.abs(lag - before);
                        if (sum > best) {
                            best = sum;
                            from[piece][lag] = before;
                        }
                    }
                    next[lag] = best + scores[piece][lag];
                }
                totals = next;
            }
            lags = new int[scores.length];
            lags[lags.length - 1] = highest(totals);
            total = totals[lags[lags.length - 1]];
            for (int piece = lags.length - 1; piece > 0; piece--) {
                lags[piece - 1] = from[piece][lags[piece]];
            }
        }
    }

    private static int highest(double[] values) {
        int highest = 0;
        for (int i = 1; i < values.length; i++) {
            highest = values[i] > values[highest] ? i : highest;
        }
        return highest;
    }

    /** Returns the top of the parabola through the values around {@code at}. */
    private static double vertex(double[] values, int at) {
        if (at == 0 || at == values.length - 1) {
            return at;
        }
        double curvature = values[at - 1] - 2 * values[at] + values[at + 1];
        double shift = curvature < 0 ? (values[at - 1] - values[at + 1]) / (2 * curvature) : 0;
        return at + Math.max(-0.5, Math.min(0.5, shift));
    }

    /** Returns the median of the lags of {@code pieces}, or 0 without any. */
    static double medianLag(List<Piece> pieces) {
        double[] lags = pieces.stream().mapToDouble(Piece::lag).toArray();
        Arrays.sort(lags);
        return lags.length == 0 ? 0 : lags[lags.length / 2];
    }
}
