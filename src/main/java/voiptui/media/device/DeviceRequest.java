package voiptui.media.device;

import voiptui.audio.AudioUnavailableException;

/**
 * A microphone or speaker that somebody wants: what it is called, and how to get it.
 *
 * @param <T> {@link voiptui.audio.AudioSource} or {@link voiptui.audio.AudioSink}
 * @param text what it was asked for as, which is also its name for people
 * @param opening gets it; again and again, where it comes back
 * @param comesBack whether it may be lost and be there again later: a device, but no file
 * @param waitsForPeer whether a microphone waits with silence until the peer is heard for the first time: a file, of which
 *     the peer should miss nothing
 */
public record DeviceRequest<T>(String text, Opening<T> opening, boolean comesBack, boolean waitsForPeer) {

    /** Opens a device or file; may take a while. */
    @FunctionalInterface
    public interface Opening<T> {
        /**
         * Tries once.
         *
         * @throws AudioUnavailableException when it cannot be had, now
         */
        T open() throws AudioUnavailableException;
    }

    /**
     * Tries once to get it. Whatever a system's driver throws up is no more than a device that cannot be had.
     *
     * @throws AudioUnavailableException when it cannot be had, now
     */
    public T open() throws AudioUnavailableException {
        try {
            return opening.open();
        } catch (RuntimeException driver) {
            throw new AudioUnavailableException(
                    AudioUnavailableException.Subject.NAMED_DEVICE, "'" + text + "' cannot be opened: " + driver);
        }
    }
}
