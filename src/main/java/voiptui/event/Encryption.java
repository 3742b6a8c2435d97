package voiptui.event;

/** Whether the media of a call is encrypted between the two phones, and if not, why not. */
public enum Encryption {
    /** The two phones agree on keys; nothing is played yet. */
    PENDING("setting up encryption"),
    /** Only the two phones can hear it. */
    END_TO_END("encrypted end to end"),
    /** One side speaks the classic protocol, which has no encryption. */
    CLASSIC("NOT ENCRYPTED (classic)"),
    /** The program of one side is too old for it. */
    OLD_PROGRAM("NOT ENCRYPTED (old program)"),
    /** The relay is too old for it: it passes on no fingerprints. */
    OLD_RELAY("NOT ENCRYPTED (old relay)"),
    /** The two phones could not agree on keys; the call ends. */
    FAILED("NOT ENCRYPTED (failed)");

    private final String text;

    Encryption(String text) {
        this.text = text;
    }

    /** Returns whether the media is encrypted, or about to be. */
    public boolean isEncrypted() {
        return this == PENDING || this == END_TO_END;
    }

    /**
     * Returns the state in words for users.
     *
     * @param verified whether the user has verified the other side
     */
    public String text(boolean verified) {
        return this == END_TO_END && verified ? text + ", verified" : text;
    }
}
