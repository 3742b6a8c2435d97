package voiptui.event;

/** What became of a call. */
public enum CallOutcome {
    /** The two sides were connected. */
    ANSWERED("answered"),
    /** Nobody answered it here. */
    MISSED("missed"),
    /** The one who was called rejected it, or their phone did. */
    REJECTED("rejected"),
    /** The other side was in another call. */
    BUSY("busy"),
    /** The other side did not answer in time. */
    NO_ANSWER("no answer"),
    /** The caller gave up. */
    CANCELLED("cancelled"),
    /** Anything else. */
    FAILED("failed");

    private final String text;

    CallOutcome(String text) {
        this.text = text;
    }

    /** Returns the outcome in words for users. */
    public String text() {
        return text;
    }
}
