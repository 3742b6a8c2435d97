package voiptui.audio.device;

import javax.sound.sampled.LineUnavailableException;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.AudioUnavailableException.Subject;

/** Opens a Java Sound line; whatever keeps it from that becomes one line for people. */
final class LineOpening {

    /** One try. */
    @FunctionalInterface
    interface Attempt<T> {

        /** Opens, or throws as Java Sound does. */
        T open() throws LineUnavailableException, AudioUnavailableException;
    }

    private LineOpening() {}

    /**
     * Tries to open a device that the user named.
     *
     * @param name what it is, for people: {@code speaker 'USB Headset'}
     * @throws AudioUnavailableException when it cannot be opened
     */
    static <T> T named(String name, Attempt<T> attempt) throws AudioUnavailableException {
        try {
            return attempt.open();
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            throw new AudioUnavailableException(
                    Subject.NAMED_DEVICE, "the " + name + " cannot be opened: " + e.getMessage());
        }
    }

    /**
     * Tries to open the system's default device.
     *
     * @param kind {@code microphone} or {@code speaker}
     * @throws AudioUnavailableException when there is none, or it cannot be opened; Java Sound's own words are about its
     *     interfaces and help nobody
     */
    static <T> T systemDefault(String kind, Attempt<T> attempt) throws AudioUnavailableException {
        try {
            return attempt.open();
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
            throw new AudioUnavailableException(Subject.DEFAULT_DEVICE, "no " + kind + " can be opened");
        }
    }
}
