package voiptui.media.device;

import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioUnavailableException;

/**
 * A microphone or speaker for a call: open, not opened yet, or with the reason why it could not be opened. A call starts
 * without it, too: a device that can be reopened is tried again.
 *
 * @param <T> {@link voiptui.audio.AudioSource} or {@link voiptui.audio.AudioSink}
 * @param request what the user chose
 * @param opened the open device or file; null when it could not be opened, or is not opened yet
 * @param problem why it could not be opened, for people; null otherwise
 */
public record OpenedDevice<T>(
        DeviceRequest<T> request,
        @Nullable T opened,
        @Nullable String problem) {

    /** Returns a device that is opened when the call's media start, without holding up anybody. */
    public static <T> OpenedDevice<T> later(DeviceRequest<T> request) {
        return new OpenedDevice<>(request, null, null);
    }

    /**
     * Returns the device as a call takes it: what is not a device, such as a file, is opened now and anew for each call, if it is not
     * open; a device is opened when the media start. May wait for the disk; never waits for a sound driver.
     */
    public OpenedDevice<T> forCall() {
        if (opened != null || problem != null || request.reopenable()) {
            return this;
        }
        try {
            return new OpenedDevice<>(request, request.open(), null);
        } catch (AudioUnavailableException unavailable) {
            return new OpenedDevice<>(request, null, unavailable.getMessage());
        }
    }

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
