package voiptui.doctor;

/**
 * Result of one check.
 *
 * @param check name of the check, one or two words
 * @param verdict result
 * @param text what was found, for people
 * @param advice what to do; empty if nothing
 * @param trouble consequence for a call
 */
public record Finding(String check, Verdict verdict, String text, String advice, Trouble trouble) {

    /** Result of a check. */
    public enum Verdict {
        /** Everything works. */
        OK,
        /** Calls work, with restrictions. */
        WARNING,
        /** Calls do not work, or in one direction only. */
        FAILURE
    }

    /** Consequence for a call, the worst last. */
    public enum Trouble {
        /** None. */
        NONE,
        /** Calls work, with lower quality or a longer delay. */
        DEGRADED,
        /** No working microphone or speaker. */
        NO_AUDIO,
        /** The relay refuses the client, or is not trusted. */
        REFUSED,
        /** The relay is unreachable. */
        UNREACHABLE
    }

    static Finding ok(String check, String text) {
        return new Finding(check, Verdict.OK, text, "", Trouble.NONE);
    }

    static Finding warning(String check, String text, String advice) {
        return new Finding(check, Verdict.WARNING, text, advice, Trouble.DEGRADED);
    }

    static Finding failure(String check, String text, String advice, Trouble trouble) {
        return new Finding(check, Verdict.FAILURE, text, advice, trouble);
    }
}
