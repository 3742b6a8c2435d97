package voiptui.audio;

/** Signals that a source or sink that worked has stopped for good. */
public final class AudioLostException extends Exception {

    private final String message;

    /** @param message what happened, one line for people: {@code the microphone 'X' was closed} */
    public AudioLostException(String message) {
        super(message);
        this.message = message;
    }

    /** Returns what happened, one line for people. */
    @Override
    public String getMessage() {
        return message;
    }
}
