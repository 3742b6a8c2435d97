package voiptui.audio;

/** A source or sink could not be opened. The message is one line for people. */
public final class AudioUnavailableException extends Exception {

    /** What could not be had. */
    public enum Subject {
        /** A device asked for by its name or index. */
        NAMED_DEVICE,
        /** The system's default device. */
        DEFAULT_DEVICE,
        /** A file to read from or to write to. */
        FILE
    }

    private final Subject subject;

    /** With what could not be had, and why, for people. */
    public AudioUnavailableException(Subject subject, String message) {
        super(message);
        this.subject = subject;
    }

    /** What could not be had. */
    public Subject subject() {
        return subject;
    }

    /** Whether the user asked for this very device or file, rather than for whatever there is. */
    public boolean namedByUser() {
        return subject != Subject.DEFAULT_DEVICE;
    }
}
