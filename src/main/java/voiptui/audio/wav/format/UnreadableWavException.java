package voiptui.audio.wav.format;

/** Signals that a file is not a WAV file, is damaged, or holds a format that cannot be read. */
public final class UnreadableWavException extends Exception {

    private final String reason;

    /** Creates the exception with what is wrong with the file, for people: {@code not a WAV file}. */
    UnreadableWavException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Returns what is wrong with the file, for people. */
    public String reason() {
        return reason;
    }
}
