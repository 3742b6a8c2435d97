package voiptui.event;

/** Which way sound goes through a device. */
public enum AudioDirection {
    /** Into the program: the microphone. */
    INPUT("microphone", "--mic"),
    /** Out of the program: the speaker. */
    OUTPUT("speaker", "--speaker");

    private final String words;
    private final String option;

    AudioDirection(String words, String option) {
        this.words = words;
        this.option = option;
    }

    /** The device's everyday name. */
    public String words() {
        return words;
    }

    /** The command-line option that chooses it. */
    public String option() {
        return option;
    }
}
