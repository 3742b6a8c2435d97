package voiptui.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Readings about the voice in one call: how it sounds, what it costs, and what repairs it. */
public sealed interface VoiceEvent extends Event {

    @Override
    default boolean isReading() {
        return true;
    }

    /**
     * How the other side sounds here, over the last five seconds. The score is MOS-CQ of the E-model (ITU-T G.107), from 1 to 4.41.
     *
     * @param mos the score
     * @param worstMos the lowest score so far
     * @param recoveredPercent packets that were lost or late and recovered
     * @param concealedPercent packets that were lost or late and concealed
     */
    record VoiceQuality(double mos, double worstMos, double recoveredPercent, double concealedPercent)
            implements VoiceEvent {
        @Override
        public String eventName() {
            return "voice_quality";
        }
    }

    /**
     * How we sound at the other side, as it reports (RTCP XR, RFC 3611, 4.7).
     *
     * @param mos MOS-CQ, see {@link VoiceQuality}
     * @param worstMos the lowest score reported so far
     * @param lossPercent packets neither played nor recovered there so far
     */
    record PeerQuality(double mos, double worstMos, double lossPercent) implements VoiceEvent {
        @Override
        public String eventName() {
            return "peer_quality";
        }
    }

    /**
     * The parts of the delay from the other side's mouth to this side's ear, in milliseconds.
     *
     * @param packetMs time to fill a packet
     * @param networkMs half the round trip; null: not measured yet
     * @param bufferMs time that packets wait for playout
     * @param deviceMs audio that waits in the speaker; 0: unknown
     */
    record VoiceDelay(int packetMs, @Nullable Double networkMs, double bufferMs, double deviceMs)
            implements VoiceEvent {
        @Override
        public String eventName() {
            return "voice_delay";
        }

        /** Returns the sum of the known parts, in milliseconds. */
        public double totalMs() {
            return packetMs + (networkMs == null ? 0 : networkMs) + bufferMs + deviceMs;
        }
    }

    /**
     * What is sent and received, and how what we send is protected from losses.
     *
     * @param sentKbps bit rate sent, headers of IPv4, UDP and RTP included
     * @param receivedKbps bit rate received, likewise
     * @param codecKbps bit rate of the codec; 0: it has no choice
     * @param copies how many packets later each redundant copy of a frame is sent (RFC 2198); empty: none
     * @param dredMs deep redundancy in each packet, in milliseconds
     * @param inBandFec whether packets hold the frame before them at a lower quality
     * @param retransmissions whether lost packets are sent again on request (RFC 4588)
     */
    record VoiceRates(
            double sentKbps,
            double receivedKbps,
            double codecKbps,
            List<Integer> copies,
            int dredMs,
            boolean inBandFec,
            boolean retransmissions)
            implements VoiceEvent {
        @Override
        public String eventName() {
            return "voice_rates";
        }
    }
}
