package voiptui.testkit;

import voiptui.demo.speech.SpeechMatch;
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

    /**
     * As above, when the speech is somewhere in what was heard, and a changing playout delay shifts it: each part is aligned for
     * itself.
     *
     * @param said the original
     * @param heard of any length
     */
    public static double ofStretched(short[] said, short[] heard, int rateHz) {
        return SpeechMatch.find(said, heard, rateHz).similarity();
    }
}
