package voiptui.audio;

/**
 * Where sound comes from: a microphone, a file, a tone, silence. Delivers frames at the pace of real time.
 *
 * <p>Owned by the capture thread; only {@link #close} may be called from another.
 */
public interface AudioSource extends AudioEndpoint {

    /**
     * Waits for the next frame and writes it to {@code frame[0..frameSamples)}. Does not keep the array.
     *
     * @throws AudioLostException when no more sound will come: the device vanished, the file cannot be read any
     *     further, or the source was closed
     */
    void read(short[] frame) throws AudioLostException;
}
