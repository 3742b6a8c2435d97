package voiptui.cli;

import java.util.List;
import java.util.stream.Collectors;
import voiptui.audio.AudioDevice;
import voiptui.audio.AudioUnavailableException;
import voiptui.call.AudioCatalog;
import voiptui.call.AudioPort;
import voiptui.call.AudioWish;
import voiptui.event.AudioDirection;

/**
 * Opens what {@code --mic} and {@code --speaker} name. What was asked for by name must be had; without a system default
 * the call goes on one-way.
 */
final class AudioOpening {

    private AudioOpening() {}

    /**
     * Tries to open what is wished for.
     *
     * @param catalog names the devices that there are, for the message
     * @throws CommandFailure when the user asked for this very device or file, and it cannot be had
     */
    static <T> AudioPort<T> open(AudioDirection direction, AudioWish<T> wish, AudioCatalog catalog)
            throws CommandFailure {
        try {
            return new AudioPort<>(wish, wish.open(), null);
        } catch (AudioUnavailableException unavailable) {
            if (unavailable.namedByUser()) {
                throw new CommandFailure(
                        ExitCode.NO_AUDIO,
                        unavailable.getMessage()
                                + (unavailable.subject() == AudioUnavailableException.Subject.FILE
                                        ? ""
                                        : "; " + choices(direction, catalog.devices(direction))));
            }
            return new AudioPort<>(wish, null, unavailable.getMessage());
        }
    }

    /** Tries to open what is wished for; without it a call goes on one-way. */
    static <T> AudioPort<T> openIfPossible(AudioWish<T> wish) {
        try {
            return new AudioPort<>(wish, wish.open(), null);
        } catch (AudioUnavailableException unavailable) {
            return new AudioPort<>(wish, null, unavailable.getMessage());
        }
    }

    private static String choices(AudioDirection direction, List<AudioDevice> devices) {
        return devices.isEmpty()
                ? "this machine has no " + direction.words()
                : "there are "
                        + devices.stream()
                                .map(device -> device.index() + ": " + device.name())
                                .collect(Collectors.joining(", "))
                        + "; choose one with " + direction.option();
    }
}
