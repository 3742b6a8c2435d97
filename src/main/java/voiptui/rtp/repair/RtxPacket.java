package voiptui.rtp.repair;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * Retransmission packets (RFC 4588, 4): RTP packets of a source of their own, whose payload is the sequence number of the
 * original packet (OSN, 2 bytes) and the original payload.
 *
 * <p>Streams are told apart by their SSRC (RFC 4588, 5: SSRC multiplexing). The timestamp is the original one, so is the
 * marker bit. The payload type tells that of the original: each needs one of its own (the {@code apt} of RFC 4588, 8.1).
 *
 * <p>An instance builds packets; network thread. The static methods read them, statelessly. Allocates nothing per packet.
 */
public final class RtxPacket {

    /** Length of the original sequence number in front of the original payload. */
    public static final int OSN_BYTES = 2;

    private static final byte NONE = -1;
    private static final int PAYLOAD_TYPES = 128;

    private final SentPackets sent;
    private final int ssrc;
    private final byte[] rtxPayloadTypes = new byte[PAYLOAD_TYPES];
    private final ByteBuffer packet;
    private int sequence;
    private long refused;

    /**
     * Creates a builder that resends nothing until {@link #map} names a payload type.
     *
     * @param sent keeps the packets to resend
     * @param ssrc the source of the retransmissions, another than that of the originals
     * @param firstSequence sequence number of the first retransmission; should be random (RFC 4588, 4)
     */
    public RtxPacket(SentPackets sent, int ssrc, int firstSequence) {
        this.sent = sent;
        this.ssrc = ssrc;
        this.sequence = firstSequence;
        this.packet = ByteBuffer.allocateDirect(sent.maxPacketBytes() + OSN_BYTES);
        Arrays.fill(rtxPayloadTypes, NONE);
    }

    /**
     * Resends packets of a payload type from now on.
     *
     * @param payloadType of the originals, 0 to 127
     * @param rtxPayloadType of their retransmissions, 0 to 127
     */
    public void map(int payloadType, int rtxPayloadType) {
        rtxPayloadTypes[payloadType & 0x7f] = (byte) (rtxPayloadType & 0x7f);
    }

    /**
     * Builds the retransmission of a packet and counts it as resent.
     *
     * @param original sequence number of the packet; the lower 16 bits count
     * @param onlyOld whether to refuse packets that could still be played
     * @param nowNs the time
     * @return the packet, valid until the next call; null: not kept any more, not to be resent so often, or of a payload type
     *     without retransmission
     */
    public @Nullable ByteBuffer build(int original, boolean onlyOld, long nowNs) {
        packet.clear();
        int bytes = sent.copy(original, onlyOld, nowNs, packet, OSN_BYTES);
        if (bytes <= 0) {
            refused += bytes == SentPackets.REFUSED ? 1 : 0;
            return null;
        }
        byte second = packet.get(1);
        byte rtxPayloadType = rtxPayloadTypes[second & 0x7f];
        if (rtxPayloadType == NONE) {
            return null;
        }
        packet.put(1, (byte) (second & 0x80 | rtxPayloadType));
        BigEndian.put16(packet, 2, sequence++);
        BigEndian.put32(packet, 8, ssrc);
        BigEndian.put16(packet, RtpPacket.HEADER_BYTES, original);
        return packet.limit(bytes + OSN_BYTES);
    }

    /** Returns how many packets were asked for too often or too fast, and not resent for that reason. */
    public long refused() {
        return refused;
    }

    /**
     * Returns the sequence number of the original, 0 to 65,535; -1 if the packet is too short to be a retransmission.
     *
     * @param datagram holds the packet
     * @param view laid over {@code datagram}, of a payload type of retransmissions
     */
    public static int originalSequence(ByteBuffer datagram, RtpPacket view) {
        return view.payloadBytes() < OSN_BYTES ? -1 : BigEndian.get16(datagram, view.payloadAt());
    }

    /** Returns the absolute position of the original payload. */
    public static int originalPayloadAt(RtpPacket view) {
        return view.payloadAt() + OSN_BYTES;
    }

    /** Returns the length of the original payload, in bytes; may be 0, negative if there is no original. */
    public static int originalPayloadBytes(RtpPacket view) {
        return view.payloadBytes() - OSN_BYTES;
    }
}
