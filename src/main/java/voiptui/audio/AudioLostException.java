package voiptui.audio;

/** A source or sink that worked will not work any more. The message is one line for people. */
public final class AudioLostException extends Exception {

    /** With what happened, for people: {@code the microphone 'X' delivers no sound any more}. */
    public AudioLostException(String message) {
        super(message);
    }
}
