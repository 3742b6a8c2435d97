package voiptui.crypto;

import java.nio.ByteBuffer;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * Turns the RTP and RTCP packets of one thread into SRTP and SRTCP (RFC 3711, RFC 7714). Each source of RTP belongs to one thread.
 *
 * <p>No packet is protected twice: one that is not newer than the one before of its source is refused. Owned by one thread; closed by
 * any thread, after which it refuses every packet.
 */
public final class SrtpProtector implements AutoCloseable {

    /** Bytes that SRTCP adds to a packet, more than SRTP: the tag, and E flag and index. */
    public static final int MAX_ADDED_BYTES = SrtpProfile.TAG_BYTES + Integer.BYTES;

    /** Sources of RTP that one thread may have with one set of keys: media, again after another format was agreed on. */
    static final int MAX_SOURCES = 16;
    /** Length of the part of an RTCP packet that stays readable: header and SSRC. */
    static final int RTCP_CLEAR_BYTES = 8;

    private static final long MAX_RTP_INDEX = 1L << 48;

    private final SrtpSender sender;
    private final PacketCipher rtp;
    private final PacketCipher rtcp;
    private final int[] sources = new int[MAX_SOURCES];
    private final long[] indexes = new long[MAX_SOURCES];
    private int sourceCount;

    SrtpProtector(SrtpSender sender, SrtpKeys keys) {
        this.sender = sender;
        this.rtp = keys.rtpCipher();
        this.rtcp = keys.rtcpCipher();
    }

    /**
     * Protects a packet.
     *
     * @param packet RTP or RTCP between position and limit; stays as it is
     * @param to is cleared and then holds the protected packet; has room for {@link #MAX_ADDED_BYTES} more than the packet
     * @return false if the packet cannot be protected: malformed, repeated, no index is left for these keys, or they are closed
     */
    public boolean protect(ByteBuffer packet, ByteBuffer to) {
        int bytes = packet.remaining();
        to.clear();
        if (bytes > RtpPacket.MAX_DATAGRAM_BYTES || to.remaining() < bytes + MAX_ADDED_BYTES) {
            return false;
        }
        int length = RtpPacket.isRtcp(packet) ? protectRtcp(packet, bytes, to) : protectRtp(packet, bytes, to);
        if (length < 0) {
            return false;
        }
        to.limit(length);
        return true;
    }

    private int protectRtp(ByteBuffer packet, int bytes, ByteBuffer to) {
        int header = RtpPacket.headerBytes(packet);
        if (header < 0) {
            return -1;
        }
        int ssrc = BigEndian.get32(packet, packet.position() + 8);
        long index = nextIndex(ssrc, BigEndian.get16(packet, packet.position() + 2));
        return index < 0 ? -1 : rtp.encrypt(ssrc, index, packet, bytes, header, to);
    }

    /** Returns rollover counter and sequence number of the source's next packet (RFC 3711, 3.3.1); -1: it may not be sent. */
    private long nextIndex(int ssrc, int sequence) {
        for (int i = 0; i < sourceCount; i++) {
            if (sources[i] == ssrc) {
                int ahead = (short) (sequence - (int) indexes[i]);
                if (ahead <= 0 || indexes[i] + ahead >= MAX_RTP_INDEX) {
                    return -1;
                }
                indexes[i] += ahead;
                return indexes[i];
            }
        }
        if (sourceCount == MAX_SOURCES) {
            return -1;
        }
        sources[sourceCount] = ssrc;
        indexes[sourceCount++] = sequence;
        return sequence;
    }

    private int protectRtcp(ByteBuffer packet, int bytes, ByteBuffer to) {
        long index = bytes < RTCP_CLEAR_BYTES ? -1 : sender.nextRtcpIndex();
        if (index < 0) {
            return -1;
        }
        int ssrc = BigEndian.get32(packet, packet.position() + 4);
        int end = rtcp.encrypt(ssrc, index, packet, bytes, RTCP_CLEAR_BYTES, to);
        if (end < 0) {
            return -1;
        }
        BigEndian.put32(to, end, PacketCipher.flagged(index));
        return end + Integer.BYTES;
    }

    /** Wipes the keys. Any thread; may be called again. */
    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
