package voiptui.event;

/** The direction in which audio passes through a device. */
public enum AudioDirection {
    /** Microphone to program. */
    INPUT("microphone", "--mic"),
    /** Program to speaker. */
    OUTPUT("speaker", "--speaker");

    private final String label;
    private final String option;

    AudioDirection(String label, String option) {
        this.label = label;
        this.option = option;
    }

    /** Returns what users call the device: {@code microphone} or {@code speaker}. */
    public String label() {
        return label;
    }

    /** Returns the command-line option that selects the device. */
    public String option() {
        return option;
    }
}
