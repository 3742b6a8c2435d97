package voiptui.media;

/** Learns what the speaker plays, whose echo the microphone records. Playout thread. */
interface FarEnd {

    /** Ignores all frames. */
    FarEnd IGNORED = (frame, queuedNs) -> {};

    /**
     * Receives a copy of what is written to the speaker.
     *
     * @param frame whole, or half of one
     * @param queuedNs how long it waits before it is heard, in nanoseconds
     */
    void onPlayed(short[] frame, long queuedNs);
}
