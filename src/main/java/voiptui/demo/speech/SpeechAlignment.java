package voiptui.demo.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    private final Spectrogram said;
    private final Spectrogram heard;

    private SpeechAlignment(Spectrogram said, Spectrogram heard) {
        this.said = said;
        this.heard = heard;
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
        int lag = lagOfWhole();
        int length = Math.min(PIECE, said.frames());
        List<Integer> starts = new ArrayList<>();
        for (int frame = 0; frame + length <= said.frames() && length > 0; frame += PIECE_STEP) {
            if (said.isSpeech(frame, length)) {
                starts.add(frame);
            }
        }
        double[][] scores = new double[starts.size()][2 * REACH + 1];
        for (int piece = 0; piece < scores.length; piece++) {
            for (int i = 0; i <= 2 * REACH; i++) {
                scores[piece][i] = correlation(starts.get(piece), length, lag - REACH + i);
            }
        }
        int[] path = bestPath(scores);
        List<Piece> pieces = new ArrayList<>();
        for (int piece = 0; piece < scores.length; piece++) {
            pieces.add(new Piece(starts.get(piece), lag - REACH + vertex(scores[piece], path[piece])));
        }
        return pieces;
    }

    /** Returns the lag at which all of the speech fits best. */
    private int lagOfWhole() {
        int step = HEARD_STEP;
        int frames = (heard.frames() + step - 1) / step;
        double[][] b = new double[frames][Spectrogram.BANDS];
        for (int frame = 0; frame < frames; frame++) {
            for (int band = 0; band < Spectrogram.BANDS; band++) {
                b[frame][band] = heard.loudness(frame * step, band);
            }
        }
        removeMeans(b);
        double[][] a = new double[said.frames()][Spectrogram.BANDS];
        for (int frame = 0; frame < a.length; frame++) {
            for (int band = 0; band < Spectrogram.BANDS; band++) {
                a[frame][band] = said.loudness(frame, band);
            }
        }
        removeMeans(a);
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int lag = 0; lag < frames; lag++) {
            double sum = 0;
            for (int frame = 0; frame < a.length && frame + lag < frames; frame++) {
                for (int band = 0; band < Spectrogram.BANDS; band++) {
                    sum += a[frame][band] * b[frame + lag][band];
                }
            }
            if (sum > highest) {
                highest = sum;
                best = lag;
            }
        }
        return best * step;
    }

    private static void removeMeans(double[][] frames) {
        for (int band = 0; band < Spectrogram.BANDS; band++) {
            double mean = 0;
            for (double[] bands : frames) {
                mean += bands[band] / frames.length;
            }
            for (double[] bands : frames) {
                bands[band] -= mean;
            }
        }
    }

    /** Returns the correlation of a piece over time and bands, without the mean of each band: from -1 to 1. */
    private double correlation(int from, int length, int lag) {
        double product = 0;
        double energyA = 0;
        double energyB = 0;
        for (int band = 0; band < Spectrogram.BANDS; band++) {
            double sumA = 0;
            double sumB = 0;
            double sumAb = 0;
            double sumAa = 0;
            double sumBb = 0;
            for (int i = 0; i < length; i++) {
                double a = said.loudness(from + i, band);
                double b = heard.loudness((from + i) * HEARD_STEP + lag, band);
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

    private static int[] bestPath(double[][] scores) {
        if (scores.length == 0) {
            return new int[0];
        }
        int lags = 2 * REACH + 1;
        int[][] from = new int[scores.length][lags];
        double[] total = scores[0].clone();
        for (int piece = 1; piece < scores.length; piece++) {
            double[] next = new double[lags];
            for (int lag = 0; lag < lags; lag++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int before = Math.max(0, lag - MAX_STEP); before <= Math.min(lags - 1, lag + MAX_STEP); before++) {
                    double sum = total[before] - SHIFT_COST * Math.abs(lag - before);
                    if (sum > best) {
                        best = sum;
                        from[piece][lag] = before;
                    }
                }
                next[lag] = best + scores[piece][lag];
            }
            total = next;
        }
        int[] path = new int[scores.length];
        path[path.length - 1] = highest(total);
        for (int piece = path.length - 1; piece > 0; piece--) {
            path[piece - 1] = from[piece][path[piece]];
        }
        return path;
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
