package voiptui.testkit;

import voiptui.demo.speech.SpeechSimilarity;

/** Judges received speech the way an ear would; see {@link SpeechSimilarity}. */
public final class SpeechQuality {

    private SpeechQuality() {}

    /**
     * Returns the similarity of two signals: 1 for the same, less than 0.5 for unrelated ones.
     *
     * @param said the original
     * @param heard the same length and rate, aligned to within 5 ms
     */
    public static double of(short[] said, short[] heard, int rateHz) {
        return SpeechSimilarity.ofAligned(said, heard, rateHz);
    }
}
