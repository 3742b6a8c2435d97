package voiptui.audio;

/**
 * A microphone, a file, a tone, or silence. Delivers frames in real time, and so is the capture clock.
 *
 * <p>Owned by the capture thread; other threads may only call {@link #close}.
 */
public interface AudioSource extends AudioEndpoint {

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

    /** Returns how long ago the end of the frame read last was recorded, in nanoseconds; 0 if that is unknown. Capture thread. */
    default long latencyNs() {
        return 0;
    }
}
