package voiptui.audio;

/**
 * A speaker, a file, or a sink that discards audio. Takes frames in real time, and so is the playout clock.
 *
 * <p>Owned by the playout thread; other threads may only call {@link #close}.
 */
public interface AudioSink extends AudioEndpoint {

    /**
     * Blocks until there is room for a frame, so that the caller can choose the frame as late as possible. Returns at once if
     * there is room already.
     *
     * @throws AudioLostException as {@link #write} does
     */
    void awaitRoom() throws AudioLostException;

    /**
     * Blocks until there is room, then writes {@code frame}, whole or a half one where {@link #takesHalfFrames} says so. Does not keep
     * the array.
     *
     * @throws AudioLostException when the sink has stopped for good: the device is gone, the file cannot be written, or the
     *     sink was closed
     */
    void write(short[] frame) throws AudioLostException;

    /** Returns whether it takes half a frame at a time as well, so that each can be chosen later. Playout thread. */
    default boolean takesHalfFrames() {
        return false;
    }

    /** Returns how long what is written now waits before it is heard, in nanoseconds; 0 if that is unknown. Playout thread. */
    default long queuedNs() {
        return 0;
    }

    /** Returns how often it has run out of audio so far; 0 where that cannot happen. Playout thread. */
    default int underruns() {
        return 0;
    }

    /** Blocks until everything written has been played, a fraction of a second at most. */
    void drain();
}
