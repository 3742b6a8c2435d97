package voiptui.media;

import org.jspecify.annotations.Nullable;
import voiptui.event.ProcessingMode;
import voiptui.time.PacketTime;
import voiptui.voice.SendAdaptation;

/**
 * Audio settings of a call.
 *
 * @param delay limits of the playout delay
 * @param silenceThreshold level below which the microphone counts as silent, as a fraction of full scale; null: none, only a
 *     microphone that seems not to work is reported
 * @param maxBitRateBps the most that is sent, in bit/s, IPv4, UDP and RTP headers included
 * @param processing what is done to the microphone's signal; null: everything if it is a real one, otherwise nothing
 * @param lowLatency whether packets of 10 ms are sent, where the peer takes them, rather than of 20 ms
 * @param startsMuted whether the microphone is muted until the user unmutes it
 */
public record MediaConfig(
        Delay delay,
        @Nullable Double silenceThreshold,
        int maxBitRateBps,
        @Nullable ProcessingMode processing,
        boolean lowLatency,
        boolean startsMuted) {

    /** Settings with the usual limit of the bit rate and the usual processing. */
    public MediaConfig(Delay delay) {
        this(delay, null, SendAdaptation.USUAL_MAX_BIT_RATE_BPS, null, false, false);
    }

    /**
     * The limits between which the playout delay adapts to the network.
     *
     * @param minMs the shortest, in milliseconds
     * @param maxMs the longest, in milliseconds; not below {@code minMs}
     */
    public record Delay(int minMs, int maxMs) {

        /** How much more than the longest delay may wait after a stall, in milliseconds. */
        private static final int RESERVE_MS = 2_000;

        /** Returns the most packets that may wait for playout. */
        int capacityPackets() {
            return (maxMs + RESERVE_MS) / PacketTime.MS;
        }
    }
}
