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
 * Opens the devices of {@code --mic} and {@code --speaker}. A device or file that the user named must open; the system default
 * is opened later and, if that is not possible, the call continues one-way.
 */
public final class AudioOpening {

    private static final String DEFAULT = "default";

    private AudioOpening() {}

    /**
     * Opens a device or file.
     *
     * @param catalog lists the devices for the error message
     * @throws CommandFailure when the user named the device or file and it cannot be opened
     */
    static <T> OpenedDevice<T> open(AudioDirection direction, DeviceRequest<T> request, DeviceCatalog catalog)
            throws CommandFailure {
        if (request.text().equals(DEFAULT)) {
            return OpenedDevice.later(request);
        }
        try {
            return new OpenedDevice<>(request, request.open(), null);
        } catch (AudioUnavailableException unavailable) {
            if (unavailable.namedByUser()) {
                throw new CommandFailure(
                        ExitCode.NO_AUDIO,
                        unavailable.getMessage()
                                + (unavailable.subject() == AudioUnavailableException.Subject.FILE
                                        ? ""
                                        : "; " + choices(direction, catalog.devices(direction))));
            }
            return new OpenedDevice<>(request, null, unavailable.getMessage());
        }
    }

    private static String choices(AudioDirection direction, List<AudioDevice> devices) {
        return devices.isEmpty()
                ? "this machine has no " + direction.label()
                : "available: "
                        + devices.stream()
                                .map(device -> device.index() + ": " + device.name())
                                .collect(Collectors.joining(", "))
                        + "; select one with " + direction.option();
    }
}
