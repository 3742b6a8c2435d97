package voiptui.event;

/** How well a microphone hears the user. */
public enum SpeechLevel {
    /** Nothing at all: it is muted, or the wrong one. */
    NO_SOUND("no sound"),
    /** Too quiet to be speech, or for too short a time. */
    TOO_QUIET("too quiet"),
    /** Well. */
    GOOD("good"),
    /** At full scale, which distorts. */
    TOO_LOUD("too loud");

    private final String text;

    SpeechLevel(String text) {
        this.text = text;
    }

    /** Returns the level in words for users. */
    public String text() {
        return text;
    }
}
