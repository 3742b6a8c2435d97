package voiptui.audio;

/**
 * Where sound goes to: a speaker, a file, nowhere. Takes frames at the pace of real time, and thereby is the playout
 * clock.
 *
 * <p>Owned by the playout thread; only {@link #close} may be called from another.
 */
public interface AudioSink extends AudioEndpoint {

    /**
     * Waits until there is room for a frame, so that what is written next is chosen as late as can be. Again: returns at
     * once.
     *
     * @throws AudioLostException as {@link #write}
     */
    void awaitRoom() throws AudioLostException;

    /**
     * Waits until there is room, and takes {@code frame[0..frameSamples)}. Does not keep the array.
     *
     * @throws AudioLostException when no more sound will be taken: the device vanished, the file cannot be written any
     *     further, or the sink was closed
     */
    void write(short[] frame) throws AudioLostException;

    /** Waits until what was written has been heard, at most a fraction of a second. Never throws. */
    void drain();
}
