package voiptui.cli.run;

import java.util.List;
import java.util.stream.Collectors;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.device.AudioDevice;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.AudioDirection;
import voiptui.media.device.DeviceCatalog;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;

/**
 * Opens what {@code --mic} and {@code --speaker} name. What was asked for by name must be had; without a system default
 * the call goes on one-way.
 */
public final class AudioOpening {

    private AudioOpening() {}

    /**
     * Tries to open what is wished for.
     *
     * @param catalog names the devices that there are, for the message
     * @throws CommandFailure when the user asked for this very device or file, and it cannot be had
     */
    static <T> OpenedDevice<T> open(AudioDirection direction, DeviceRequest<T> wish, DeviceCatalog catalog)
            throws CommandFailure {
        try {
            return new OpenedDevice<>(wish, wish.open(), null);
        } catch (AudioUnavailableException unavailable) {
            if (unavailable.namedByUser()) {
                throw new CommandFailure(
                        ExitCode.NO_AUDIO,
                        unavailable.getMessage()
                                + (unavailable.subject() == AudioUnavailableException.Subject.FILE
                                        ? ""
                                        : "; " + choices(direction, catalog.devices(direction))));
            }
            return new OpenedDevice<>(wish, null, unavailable.getMessage());
        }
    }

    /** Tries to open what is wished for; without it a call goes on one-way. */
    public static <T> OpenedDevice<T> openIfPossible(DeviceRequest<T> wish) {
        try {
            return new OpenedDevice<>(wish, wish.open(), null);
        } catch (AudioUnavailableException unavailable) {
            return new OpenedDevice<>(wish, null, unavailable.getMessage());
        }
    }

    private static String choices(AudioDirection direction, List<AudioDevice> devices) {
        return devices.isEmpty()
                ? "this machine has no " + direction.label()
                : "there are "
                        + devices.stream()
                                .map(device -> device.index() + ": " + device.name())
                                .collect(Collectors.joining(", "))
                        + "; choose one with " + direction.option();
    }
}
