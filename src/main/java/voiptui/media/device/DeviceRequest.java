package voiptui.media.device;

import voiptui.audio.AudioUnavailableException;

/**
 * A microphone or speaker that the user chose, and how to open it.
 *
 * @param <T> {@link voiptui.audio.AudioSource} or {@link voiptui.audio.AudioSink}
 * @param text the value of {@code --mic} or {@code --speaker}; also its name for people
 * @param opening opens it; more than once if it is {@code reopenable}
 * @param reopenable whether it may be opened again after it was lost: true for devices, false for files
 * @param waitsForPeer whether it delivers silence until the peer is heard for the first time: true for a file used as
 *     microphone, so that the peer misses nothing of it
 */
public record DeviceRequest<T>(String text, Opening<T> opening, boolean reopenable, boolean waitsForPeer) {

    /** Opens a device or file; may block. */
    @FunctionalInterface
    public interface Opening<T> {
        /**
         * Opens the device or file.
         *
         * @throws AudioUnavailableException when it cannot be opened now
         */
        T open() throws AudioUnavailableException;
    }

    /** Returns the same request, which first runs {@code before} on the thread that opens it. */
    public DeviceRequest<T> after(Runnable before) {
        return new DeviceRequest<>(
                text,
                () -> {
                    before.run();
                    return open();
                },
                reopenable,
                waitsForPeer);
    }

    /**
     * Opens the device or file; may block. An unchecked exception of the driver counts as a failure to open.
     *
     * @throws AudioUnavailableException when it cannot be opened now
     */
    public T open() throws AudioUnavailableException {
        try {
            return opening.open();
        } catch (RuntimeException driver) {
            throw new AudioUnavailableException(
                    AudioUnavailableException.Subject.NAMED_DEVICE, "cannot open '" + text + "': " + driver);
        }
    }
}
