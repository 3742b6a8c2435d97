package voiptui.doctor;

/**
 * What one look came to.
 *
 * @param check what was looked at, in a word or two
 * @param verdict how it is
 * @param text what was found, for people
 * @param advice what to do about it; an empty string when there is nothing to do
 * @param trouble what it means for a call
 */
public record Finding(String check, Verdict verdict, String text, String advice, Trouble trouble) {

    /** How it is. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** A call will work, but not as well as it could. */
        WARNING,
        /** No call will work, or not both ways. */
        FAILURE
    }

    /** What a finding means for a call, the worst last. */
    public enum Trouble {
        /** Nothing. */
        NONE,
        /** Calls work, but sound worse or later than they could. */
        DEGRADED,
        /** There is nothing to speak or to hear with. */
        NO_AUDIO,
        /** The relay refuses us, or is not to be trusted. */
        REFUSED,
        /** There is no way to the relay. */
        UNREACHABLE
    }

    static Finding ok(String check, String words) {
        return new Finding(check, Verdict.OK, words, "", Trouble.NONE);
    }

    static Finding warning(String check, String words, String advice) {
        return new Finding(check, Verdict.WARNING, words, advice, Trouble.DEGRADED);
    }

    static Finding failure(String check, String words, String advice, Trouble trouble) {
        return new Finding(check, Verdict.FAILURE, words, advice, trouble);
    }
}
