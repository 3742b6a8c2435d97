package voiptui.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The voice in one call: how it sounds and why, what it costs, and what repairs it. All are readings unless they say otherwise. */
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

    /**
     * How good one direction is, and what it suffers from.
     *
     * @param grade how good; null: not known yet
     * @param cause what it suffers from most
     * @param value how much, in the unit of the cause; 0 for {@link QualityCause#NONE}
     * @param lossPercent packets lost on the way in the last five seconds, before any repair
     * @param gapsMs sound that was missing so far and not repaired, in milliseconds
     */
    record Assessment(@Nullable Grade grade, QualityCause cause, double value, double lossPercent, long gapsMs) {

        /** Nothing was heard yet. */
        public static final Assessment UNKNOWN = new Assessment(null, QualityCause.NONE, 0, 0, 0);
    }

    /**
     * What each leg of the call lost in the last four seconds, in percent; null: nobody counts it.
     *
     * @param toRelay from here to the relay
     * @param fromRelay from the relay to here
     * @param peerToRelay from the peer to the relay
     * @param relayToPeer from the relay to the peer
     */
    record LegLosses(
            double toRelay,
            @Nullable Double fromRelay,
            double peerToRelay,
            @Nullable Double relayToPeer) {}

    /**
     * How good both directions are, and where packets get lost.
     *
     * @param legs what each leg loses; null: unknown
     */
    record Quality(
            Assessment received, Assessment sent, @Nullable LegLosses legs) implements VoiceEvent {

        /** Returns the assessment of one direction. */
        public Assessment of(MediaDirection direction) {
            return direction == MediaDirection.RECEIVED ? received : sent;
        }

        @Override
        public String eventName() {
            return "quality";
        }
    }

    /**
     * The grade of one direction changed, or the cause of a bad one. A fact.
     *
     * @param direction who is concerned: the user, who hears the peer, or the peer
     * @param grade the present grade
     * @param before the grade before; null: it is the first
     * @param cause what the direction suffers from most
     * @param value how much, in the unit of the cause
     */
    record QualityChanged(
            MediaDirection direction, Grade grade, @Nullable Grade before, QualityCause cause, double value)
            implements VoiceEvent {
        @Override
        public String eventName() {
            return "quality_changed";
        }

        @Override
        public boolean isReading() {
            return false;
        }
    }

    /**
     * Packets of the peer stopped coming, although it announced no pause, or came again. A fact.
     *
     * @param receiving whether they come
     * @param silentMs how long nothing came, in milliseconds
     */
    record Reception(boolean receiving, long silentMs) implements VoiceEvent {
        @Override
        public String eventName() {
            return "reception";
        }

        @Override
        public boolean isReading() {
            return false;
        }
    }

    /**
     * The user asked to hear again what the other side said, or that is over. A fact.
     *
     * @param phase what happened
     * @param backMs how far back it begins, in milliseconds; 0 unless it starts
     * @param missing packets that are missing of what will be heard; at the end, those that were missing when their turn came
     * @param heals whether the other side sends missing packets again
     */
    record Replay(Phase phase, double backMs, int missing, boolean heals) implements VoiceEvent {

        /** What happened to a replay. */
        public enum Phase {
            /** It begins, or goes further back. */
            STARTED,
            /** It has caught up with the live audio, or was stopped. */
            ENDED,
            /** There is nothing to hear again. */
            NOTHING
        }

        @Override
        public String eventName() {
            return "replay";
        }

        @Override
        public boolean isReading() {
            return false;
        }
    }

    /**
     * How far a replay is.
     *
     * @param behindMs how far behind the live audio it is, in milliseconds; 0: it is over
     * @param liveInMs in how long it will have caught up, in milliseconds; an estimate
     * @param missing packets that are still missing of what will be heard
     */
    record ReplayProgress(double behindMs, double liveInMs, int missing) implements VoiceEvent {
        @Override
        public String eventName() {
            return "replay_progress";
        }
    }
}
