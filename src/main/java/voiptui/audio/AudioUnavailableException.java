package voiptui.audio;

/** Signals that a source or sink could not be opened. */
public final class AudioUnavailableException extends Exception {

    /** What could not be opened. */
    public enum Subject {
        /** A device given by name or index. */
        NAMED_DEVICE,
        /** The system's default device. */
        DEFAULT_DEVICE,
        /** A device that delivers or takes audio as fast as it is asked to, which the backend cannot use. */
        UNPACED_DEVICE,
        /** Any device: the sound system does not respond, or does not work. */
        SOUND_SYSTEM,
        /** A file to read from or write to. */
        FILE
    }

    private final Subject subject;
    private final String message;

    /**
     * Creates the exception.
     *
     * @param subject what could not be opened
     * @param message why, one line for people
     */
    public AudioUnavailableException(Subject subject, String message) {
        super(message);
        this.subject = subject;
        this.message = message;
    }

    /** Returns what could not be opened. */
    public Subject subject() {
        return subject;
    }

    /** Returns why it could not be opened, one line for people. */
    @Override
    public String getMessage() {
        return message;
    }

    /** Returns whether the user chose this very device or file, and that is at fault. */
    public boolean namedByUser() {
        return subject == Subject.NAMED_DEVICE || subject == Subject.FILE;
    }
}
