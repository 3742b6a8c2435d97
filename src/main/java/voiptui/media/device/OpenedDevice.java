package voiptui.media.device;

import voiptui.audio.AudioUnavailableException;

/**
 * A microphone or speaker as a call gets it: open, or to be had later, or never.
 *
 * @param <T> {@link voiptui.audio.AudioSource} or {@link voiptui.audio.AudioSink}
 * @param wish what the user asked for
 * @param opened the open device or file; {@code null} when it could not be opened
 * @param problem why not, for people; {@code null} when it is open
 */
public record OpenedDevice<T>(DeviceRequest<T> wish, T opened, String problem) {

    /** What is open and does not come back when it is lost; {@code name} is what it is called. */
    public static <T> OpenedDevice<T> opened(String name, T opened) {
        return new OpenedDevice<>(
                new DeviceRequest<>(
                        name,
                        () -> {
                            throw new AudioUnavailableException(
                                    AudioUnavailableException.Subject.NAMED_DEVICE,
                                    "'" + name + "' cannot be had again");
                        },
                        false,
                        false),
                opened,
                null);
    }
}
