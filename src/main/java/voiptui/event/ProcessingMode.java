package voiptui.event;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is done to the microphone's signal before it is sent. */
public enum ProcessingMode {
    /** Nothing: samples are sent as recorded. */
    OFF("no voice processing"),
    /** Noise suppression. */
    NS("noise suppression"),
    /** Echo cancelling, noise suppression, gain control and limiter. */
    ALL("echo cancelling, noise suppression, gain control");

    private final String description;

    ProcessingMode(String description) {
        this.description = description;
    }

    /** Returns the mode as {@code --processing} takes it: {@code off}, {@code ns} or {@code all}. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the mode that {@code --processing} names; empty if there is none. */
    public static Optional<ProcessingMode> of(String option) {
        return Stream.of(values()).filter(mode -> mode.option().equals(option)).findFirst();
    }

    /** Returns what is done, for users. */
    public String description() {
        return description;
    }

    /** Returns the mode after this one: off, noise suppression, all, off. */
    public ProcessingMode next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
