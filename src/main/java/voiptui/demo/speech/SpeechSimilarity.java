package voiptui.demo.speech;

/**
 * Compares heard speech with the original the way an ear would: by their spectrograms, in bands that widen with frequency, on a scale
 * of loudness. A phase shift or a high-pass filter below the voice, which no listener notices, changes nothing; a hole, a buzz or a
 * missing consonant does.
 *
 * <p>The measure is NSIM (Hines and Harte, "Speech intelligibility prediction using a Neurogram Similarity Index Measure", Speech
 * Communication 54, 2012), as in ViSQOL. Stateless; any thread.
 */
public final class SpeechSimilarity {

    /** Milliseconds between frames. */
    static final int HOP_MS = 10;
    /** Frames per patch that is compared. */
    static final int PATCH = 30;
    /** Length of a patch with the whole of its last frame, in milliseconds. */
    static final int PATCH_MS = (PATCH - 1) * HOP_MS + 20;

    private static final double LUMINANCE_CONSTANT = 0.01;
    private static final double STRUCTURE_CONSTANT = 0.03;

    private SpeechSimilarity() {}

    /**
     * Returns the similarity of two signals: 1 for the same, less than 0.5 for unrelated ones, 0 if nothing was said.
     *
     * @param said the original
     * @param heard the same length and rate, aligned to within 5 ms, at the same level
     * @param rateHz the sample rate of both, in hertz
     */
    public static double ofAligned(short[] said, short[] heard, int rateHz) {
        Spectrogram reference = Spectrogram.of(said, rateHz, HOP_MS);
        Spectrogram received = Spectrogram.of(heard, rateHz, HOP_MS, reference);
        double sum = 0;
        int patches = 0;
        for (int from = 0; from + PATCH <= reference.frames(); from += PATCH) {
            if (reference.isSpeech(from, PATCH)) {
                sum += ofPatch(reference, from, received, from, 1);
                patches++;
            }
        }
        return patches == 0 ? 0 : sum / patches;
    }

    /**
     * Returns the similarity of a patch, averaged over the bands.
     *
     * @param from first frame in {@code said}
     * @param heardFrom first frame in {@code heard}
     * @param heardStep how many frames of {@code heard} make up one of {@code said}
     */
    static double ofPatch(Spectrogram said, int from, Spectrogram heard, int heardFrom, int heardStep) {
        double sum = 0;
        for (int band = 0; band < Spectrogram.BANDS; band++) {
            sum += ofBand(said, from, heard, heardFrom, heardStep, band);
        }
        return sum / Spectrogram.BANDS;
    }

    private static double ofBand(
            Spectrogram said, int from, Spectrogram heard, int heardFrom, int heardStep, int band) {
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < PATCH; i++) {
            meanA += said.loudness(from + i, band) / PATCH;
            meanB += heard.loudness(heardFrom + i * heardStep, band) / PATCH;
        }
        double varianceA = 0;
        double varianceB = 0;
        double covariance = 0;
        for (int i = 0; i < PATCH; i++) {
            double a = said.loudness(from + i, band) - meanA;
            double b = heard.loudness(heardFrom + i * heardStep, band) - meanB;
            varianceA += a * a / (PATCH - 1);
            varianceB += b * b / (PATCH - 1);
            covariance += a * b / (PATCH - 1);
        }
        double c1 = LUMINANCE_CONSTANT * LUMINANCE_CONSTANT;
        double c2 = STRUCTURE_CONSTANT * STRUCTURE_CONSTANT / 2;
        double luminance = (2 * meanA * meanB + c1) / (meanA * meanA + meanB * meanB + c1);
        double structure = (covariance + c2) / (Math.sqrt(varianceA * varianceB) + c2);
        return luminance * structure;
    }
}
