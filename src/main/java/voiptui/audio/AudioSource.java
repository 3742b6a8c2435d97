package voiptui.audio;

/**
 * A microphone, a file, a tone, or silence. Delivers frames in real time, and so is the capture clock.
 *
 * <p>Owned by the capture thread; other threads may only call {@link #close}.
 */
public interface AudioSource extends AudioEndpoint {

    /**
     * Blocks until {@code frames} frames are there or it is no use to wait for them, so that the thread sleeps once for all of them.
     * {@link #read} then delivers each at once. A source that cannot wait for several frames returns at once.
     *
     * @param frames at least 1
     * @throws AudioLostException as {@link #read} does
     */
    default void awaitFrames(int frames) throws AudioLostException {}

    /**
     * Blocks until the next frame is there, then copies it to {@code frame[0..frameSamples)}. Does not keep the array.
     *
     * @throws AudioLostException when the source has stopped for good: the device is gone, the file cannot be read, or the
     *     source was closed
     */
    void read(short[] frame) throws AudioLostException;

    /**
     * Returns how much audio is missing before the frame read last, because the microphone gave none, in nanoseconds. Capture thread.
     */
    default long missingNs() {
        return 0;
    }

    /**
     * Returns whether the frame read last came from the same microphone as the one before, rather than from a file, a tone, silence, what
     * stands in for a lost device, or another device. Capture thread.
     */
    default boolean isMicrophone() {
        return false;
    }

    /** Returns how long ago the end of the frame read last was recorded, in nanoseconds; 0 if that is unknown. Capture thread. */
    default long latencyNs() {
        return 0;
    }
}
