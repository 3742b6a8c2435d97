package voiptui.testkit;

import java.util.Arrays;
import voiptui.demo.SpeechMatch;

/**
 * Compares received speech with the original the way an ear would: by the similarity of their spectrograms, in bands that widen
 * with frequency, on a scale of loudness. A phase shift or a high-pass filter below the voice, which no listener notices, changes
 * nothing; a hole, a buzz or a missing consonant does.
 *
 * <p>The measure of similarity is NSIM (Hines and Harte, "Speech intelligibility prediction using a Neurogram Similarity Index
 * Measure", Speech Communication 54, 2012), as in ViSQOL.
 */
public final class SpeechQuality {

    private static final int BANDS = 28;
    private static final double LOWEST_HZ = 100;
    private static final double HIGHEST_HZ = 8_000;
    /** What lies this far below the loudest band of the original is not heard. */
    private static final double RANGE_DB = 50;
    /** Frames per patch that is compared, at 10 ms per frame. */
    private static final int PATCH = 30;

    private static final double LUMINANCE_CONSTANT = 0.01;
    private static final double STRUCTURE_CONSTANT = 0.03;

    private SpeechQuality() {}

    /**
     * Returns the similarity of two signals: 1 for the same, less than 0.5 for unrelated ones.
     *
     * @param said the original
     * @param heard the same length and rate, aligned to within 5 ms
     */
    public static double of(short[] said, short[] heard, int rateHz) {
        double[][] reference = spectrogram(said, rateHz);
        double[][] received = spectrogram(heard, rateHz);
        double loudest = 0;
        for (double[] bands : reference) {
            for (double band : bands) {
                loudest = Math.max(loudest, band);
            }
        }
        toLoudness(reference, loudest);
        toLoudness(received, loudest);
        double sum = 0;
        int patches = 0;
        for (int from = 0; from + PATCH <= reference.length; from += PATCH) {
            if (isSpeech(reference, from)) {
                for (int band = 0; band < BANDS; band++) {
                    sum += similarity(reference, received, from, band);
                }
                patches++;
            }
        }
        return patches == 0 ? 0 : sum / patches / BANDS;
    }

    /**
     * As above, when a changing playout delay shifts the speech: each quarter of a second is aligned for itself.
     *
     * @param said the original
     * @param heard of any length; each part of the original is looked for up to 500 ms from where the loudest second is
     */
    public static double ofStretched(short[] said, short[] heard, int rateHz) {
        int part = rateHz / 4;
        int whole = SpeechMatch.findBySecond(said, heard, rateHz).offsetSamples();
        short[] aligned = new short[said.length];
        for (int at = 0; at < said.length; at += part) {
            int length = Math.min(part, said.length - at);
            int from = Math.min(heard.length, Math.max(0, whole + at - rateHz / 2));
            int to = Math.min(heard.length, whole + at + length + rateHz / 2);
            SpeechMatch match =
                    SpeechMatch.find(Arrays.copyOfRange(said, at, at + length), Arrays.copyOfRange(heard, from, to));
            int found = match.similarity() < 0.5 ? whole + at : from + match.offsetSamples();
            System.arraycopy(heard, found, aligned, at, Math.max(0, Math.min(length, heard.length - found)));
        }
        return of(said, aligned, rateHz);
    }

    /** Returns the energy of each band in each frame of 20 ms, 10 ms apart. */
    private static double[][] spectrogram(short[] samples, int rateHz) {
        int window = rateHz / 50;
        int size = Integer.highestOneBit(window - 1) * 2;
        int hop = rateHz / 100;
        double[][] frames = new double[Math.max(0, (samples.length - window) / hop + 1)][BANDS];
        double[] re = new double[size];
        double[] im = new double[size];
        for (int frame = 0; frame < frames.length; frame++) {
            Arrays.fill(re, 0);
            Arrays.fill(im, 0);
            for (int i = 0; i < window; i++) {
                re[i] = samples[frame * hop + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / window));
            }
            transform(re, im);
            for (int bin = 1; bin < size / 2; bin++) {
                double hz = (double) bin * rateHz / size;
                if (hz >= LOWEST_HZ && hz < HIGHEST_HZ) {
                    int band = (int) (BANDS * (bark(hz) - bark(LOWEST_HZ)) / (bark(HIGHEST_HZ) - bark(LOWEST_HZ)));
                    frames[frame][Math.min(band, BANDS - 1)] += re[bin] * re[bin] + im[bin] * im[bin];
                }
            }
        }
        return frames;
    }

    /** Returns the critical-band rate of a frequency (Traunmüller, 1990). */
    private static double bark(double hz) {
        return 26.81 * hz / (1960 + hz) - 0.53;
    }

    /** Maps energy to 0 (not heard) to 1 (the loudest), in decibels. */
    private static void toLoudness(double[][] frames, double loudest) {
        for (double[] bands : frames) {
            for (int band = 0; band < BANDS; band++) {
                double db = 10 * Math.log10(Math.max(bands[band], 1e-9) / Math.max(loudest, 1e-9));
                bands[band] = Math.max(0, Math.min(1.2, 1 + db / RANGE_DB));
            }
        }
    }

    private static boolean isSpeech(double[][] frames, int from) {
        double sum = 0;
        for (int frame = from; frame < from + PATCH; frame++) {
            for (double band : frames[frame]) {
                sum += band;
            }
        }
        return sum / PATCH / BANDS > 0.1;
    }

    private static double similarity(double[][] a, double[][] b, int from, int band) {
        double meanA = 0;
        double meanB = 0;
        for (int i = from; i < from + PATCH; i++) {
            meanA += a[i][band] / PATCH;
            meanB += b[i][band] / PATCH;
        }
        double varianceA = 0;
        double varianceB = 0;
        double covariance = 0;
        for (int i = from; i < from + PATCH; i++) {
            varianceA += (a[i][band] - meanA) * (a[i][band] - meanA) / (PATCH - 1);
            varianceB += (b[i][band] - meanB) * (b[i][band] - meanB) / (PATCH - 1);
            covariance += (a[i][band] - meanA) * (b[i][band] - meanB) / (PATCH - 1);
        }
        double c1 = LUMINANCE_CONSTANT * LUMINANCE_CONSTANT;
        double c2 = STRUCTURE_CONSTANT * STRUCTURE_CONSTANT / 2;
        double luminance = (2 * meanA * meanB + c1) / (meanA * meanA + meanB * meanB + c1);
        double structure = (covariance + c2) / (Math.sqrt(varianceA * varianceB) + c2);
        return luminance * structure;
    }

    /** Transforms a complex signal of a length that is a power of two, in place (Cooley and Tukey). */
    private static void transform(double[] re, double[] im) {
        int size = re.length;
        for (int i = 1, j = 0; i < size; i++) {
            int bit = size >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double swap = re[i];
                re[i] = re[j];
                re[j] = swap;
            }
        }
        for (int length = 2; length <= size; length <<= 1) {
            for (int start = 0; start < size; start += length) {
                for (int k = 0; k < length / 2; k++) {
                    double angle = -2 * Math.PI * k / length;
                    double cos = Math.cos(angle);
                    double sin = Math.sin(angle);
                    int low = start + k;
                    int high = low + length / 2;
                    double x = re[high] * cos - im[high] * sin;
                    double y = re[high] * sin + im[high] * cos;
                    re[high] = re[low] - x;
                    im[high] = im[low] - y;
                    re[low] += x;
                    im[low] += y;
                }
            }
        }
    }
}
