package voiptui.voice;

import java.util.List;
import voiptui.codec.EncoderSettings;
import voiptui.time.PacketTime;

/**
 * How the sender uses the path. Immutable; any thread.
 *
 * @param encoder settings of the encoder
 * @param copies how many packets later each redundant copy of a frame is sent (RFC 2198), in ascending order; empty: none is sent
 * @param retransmissions whether the peer may ask for lost packets
 * @param maxBitRateBps the most that is sent, in bit/s, IPv4, UDP and RTP headers included: copies that exceed it are left out
 * @param packetMs the longest packets, in milliseconds
 */
public record SendSettings(
        EncoderSettings encoder, List<Integer> copies, boolean retransmissions, int maxBitRateBps, int packetMs) {

    /** Packets of the usual length. */
    public SendSettings(EncoderSettings encoder, List<Integer> copies, boolean retransmissions, int maxBitRateBps) {
        this(encoder, copies, retransmissions, maxBitRateBps, PacketTime.MS);
    }

    /** Checks and copies the list. */
    public SendSettings {
        copies = List.copyOf(copies);
    }
}
