package voiptui.bench;

/** The sending side of a {@link VoiceLoop}. */
interface SpeechSender {

    /** Takes the packets of a sender. */
    @FunctionalInterface
    interface Wire {

        /**
         * Sends a packet.
         *
         * @param timestamp time of its first sample, in samples
         * @param hasCopies whether the payload is in the format of RFC 2198
         * @param payload copied
         * @param bytes its length
         */
        void send(long timestamp, boolean hasCopies, byte[] payload, int bytes);
    }

    /** Returns the name in the table. */
    String name();

    /**
     * Takes the next frame of {@link voiptui.audio.PcmFormat#OPUS}.
     *
     * @param nowNs when its last sample was spoken, on the simulation's clock
     */
    void onFrame(short[] frame, long nowNs, Wire wire);

    /**
     * Learns what the receiver counted, on its way back through the network.
     *
     * @param lossPercent packets lost of a hundred since the last report
     * @param burstPackets mean number of packets lost in a row
     * @param rttMs the round trip, in milliseconds
     * @param jitterMs interarrival jitter (RFC 3550, 6.4.1), in milliseconds
     */
    default void onReport(double lossPercent, double burstPackets, double rttMs, double jitterMs, long nowNs) {}

    /** Learns that packets were sent again, which had so many bytes with all headers. */
    default void onResent(int bytes) {}

    /** Returns whether packets that the receiver asks for are sent again. */
    default boolean retransmits() {
        return false;
    }
}
