package voiptui.media;

/** Processes what the microphone recorded, before anything else is done to it. Capture thread. */
interface NearEnd {

    /** Leaves all frames as they are. */
    NearEnd UNCHANGED = (frame, latencyNs) -> {};

    /**
     * Processes a frame in place.
     *
     * @param latencyNs how long ago the end of the frame was recorded, in nanoseconds
     */
    void process(short[] frame, long latencyNs);
}
