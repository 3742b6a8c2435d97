package voiptui.media.device;

import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioUnavailableException;

/**
 * The outcome of opening a microphone or speaker for a call. A call starts without it, too: a device that can be reopened
 * is tried again.
 *
 * @param <T> {@link voiptui.audio.AudioSource} or {@link voiptui.audio.AudioSink}
 * @param request what the user chose
 * @param opened the open device or file; null when it could not be opened
 * @param problem why it could not be opened, for people; null when it is open
 */
public record OpenedDevice<T>(
        DeviceRequest<T> request,
        @Nullable T opened,
        @Nullable String problem) {

    /** Returns an open device that cannot be reopened once lost; {@code name} is its name for people. */
    public static <T> OpenedDevice<T> opened(String name, T opened) {
        return new OpenedDevice<>(
                new DeviceRequest<>(
                        name,
                        () -> {
                            throw new AudioUnavailableException(
                                    AudioUnavailableException.Subject.NAMED_DEVICE,
                                    "'" + name + "' cannot be reopened");
                        },
                        false,
                        false),
                opened,
                null);
    }
}
