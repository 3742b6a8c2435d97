package voiptui.media;

/** Processes what the microphone recorded, before anything else is done to it. Capture thread. */
interface NearEnd {

    /** Leaves all frames as they are. */
    NearEnd UNCHANGED = (frame, latencyNs) -> {};

    /** Returns whether it wants each frame as soon as that is recorded, rather than several at a time. */
    default boolean wantsEachFrame() {
        return false;
    }

    /**
     * Processes a frame in place.
     *
     * @param latencyNs how long ago the end of the frame was recorded, in nanoseconds
     */
    void process(short[] frame, long latencyNs);
}
