package voiptui.rtp.rtcp;

/**
 * The VoIP metrics of a source as one participant hears it: a block of an extended report (RTCP XR, RFC 3611, 4.7).
 *
 * <p>On the wire fractions have steps of 1/256 and scores of 0.1. Immutable.
 *
 * @param ssrc the source reported on
 * @param losses what was missing
 * @param delays round trip, end system, jitter buffer
 * @param levels signal, noise, echo
 * @param quality ratings
 * @param receiver how the receiver works
 */
public record VoipMetrics(int ssrc, Losses losses, Delays delays, Levels levels, Quality quality, Receiver receiver) {

    /** Stands for an unknown level or rating (RFC 3611, 4.7.4 and 4.7.5). */
    public static final int UNAVAILABLE = 127;

    /**
     * Packets that could not be played, since the beginning of reception (RFC 3611, 4.7.1 and 4.7.2).
     *
     * @param lossFraction of the packets expected, those lost, after repair; 0 to 1
     * @param discardFraction of the packets expected, those that came too late or too early; 0 to 1
     * @param burstDensity of the packets within bursts, those lost or discarded; 0 to 1
     * @param gapDensity of the packets within gaps, those lost or discarded; 0 to 1
     * @param burstMs mean length of a burst, 0 to 65,535 ms; 0: there was none
     * @param gapMs mean length of a gap, 0 to 65,535 ms
     * @param gmin packets received in a row that end a burst, 1 to 255
     */
    public record Losses(
            double lossFraction,
            double discardFraction,
            double burstDensity,
            double gapDensity,
            int burstMs,
            int gapMs,
            int gmin) {

        /** The recommended {@link #gmin}. */
        public static final int RECOMMENDED_GMIN = 16;
        /** Nothing was missing. */
        public static final Losses NONE = new Losses(0, 0, 0, 0, 0, 0, RECOMMENDED_GMIN);
    }

    /**
     * Delays (RFC 3611, 4.7.3 and 4.7.7), each 0 to 65,535 ms.
     *
     * @param roundTripMs between the RTP interfaces; 0: unknown
     * @param endSystemMs within this end: capture and encoding, jitter buffer, decoding and playout; 0: unknown
     * @param bufferNominalMs delay of the jitter buffer for packets that come just in time
     * @param bufferMaximumMs delay of the jitter buffer for the earliest packet that is not discarded, as it is now
     * @param bufferLimitMs the most that {@code bufferMaximumMs} can become
     */
    public record Delays(
            int roundTripMs, int endSystemMs, int bufferNominalMs, int bufferMaximumMs, int bufferLimitMs) {}

    /**
     * Levels (RFC 3611, 4.7.4); {@link #UNAVAILABLE}: unknown.
     *
     * @param signalDbm level of speech, in dBm0; -126 to 126
     * @param noiseDbm level in silence, in dBm0; -126 to 126
     * @param echoReturnLossDb residual echo return loss, in dB; 0 to 126
     */
    public record Levels(int signalDbm, int noiseDbm, int echoReturnLossDb) {

        /** Nothing is known. */
        public static final Levels UNKNOWN = new Levels(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE);
    }

    /**
     * Ratings (RFC 3611, 4.7.5).
     *
     * @param rating R of the E-model, 0 to 100; {@link #UNAVAILABLE}: unknown
     * @param externalRating R of the way beyond this end, 0 to 100; {@link #UNAVAILABLE}: unknown
     * @param listeningMos MOS-LQ, 1 to 5: without the effect of delay; NaN: unknown
     * @param conversationMos MOS-CQ, 1 to 5: with the effect of delay; NaN: unknown
     */
    public record Quality(int rating, int externalRating, double listeningMos, double conversationMos) {

        /** Nothing is known. */
        public static final Quality UNKNOWN = new Quality(UNAVAILABLE, UNAVAILABLE, Double.NaN, Double.NaN);
    }

    /**
     * How the receiver works (RFC 3611, 4.7.6).
     *
     * @param concealment of missing packets
     * @param buffer kind of jitter buffer
     * @param adjustmentRate 0 to 15: an adaptive buffer follows a step of jitter within twice as many frames
     */
    public record Receiver(Concealment concealment, JitterBuffer buffer, int adjustmentRate) {}

    /** Packet loss concealment, in the order of the values on the wire. */
    public enum Concealment {
        /** Not told. */
        UNSPECIFIED,
        /** Silence in place of missing packets. */
        DISABLED,
        /** Better than standard: interpolation as in decoders. */
        ENHANCED,
        /** Repetition of what was last heard, or similar. */
        STANDARD
    }

    /** Kinds of jitter buffer, in the order of the values on the wire. */
    public enum JitterBuffer {
        /** Not told. */
        UNKNOWN,
        /** A value without meaning. */
        RESERVED,
        /** Of fixed length. */
        NON_ADAPTIVE,
        /** Follows the jitter. */
        ADAPTIVE
    }
}
