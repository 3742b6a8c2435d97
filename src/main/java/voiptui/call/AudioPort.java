package voiptui.call;

import voiptui.audio.AudioUnavailableException;

/**
 * A microphone or speaker as a call gets it: open, or to be had later, or never.
 *
 * @param <T> {@link voiptui.audio.AudioSource} or {@link voiptui.audio.AudioSink}
 * @param wanted what the user asked for, for people
 * @param opened the open device or file; {@code null} when it could not be opened
 * @param problem why not, for people; {@code null} when it is open
 * @param reopening how to get it again when it is lost; {@code null} for what does not come back, such as a file
 * @param holdUntilHeard whether a microphone waits with silence until the peer is heard for the first time: a file, of
 *     which the peer should miss nothing
 */
public record AudioPort<T>(String wanted, T opened, String problem, Opening<T> reopening, boolean holdUntilHeard) {

    /** What is open and does not come back when it is lost. */
    public static <T> AudioPort<T> opened(String wanted, T opened) {
        return new AudioPort<>(wanted, opened, null, null, false);
    }

    /** Opens a device; may take a while. */
    @FunctionalInterface
    public interface Opening<T> {
        /**
         * Tries once.
         *
         * @throws AudioUnavailableException when it cannot be had, now
         */
        T open() throws AudioUnavailableException;
    }
}
