package voiptui.crypto;

import java.nio.ByteBuffer;
import javax.crypto.Cipher;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * Turns the RTP and RTCP packets of one thread into SRTP and SRTCP (RFC 3711, RFC 7714). Each source of RTP belongs to one thread.
 *
 * <p>No packet is protected twice: one that is not newer than the one before of its source is refused. Owned by one thread.
 */
public final class SrtpProtector {

    /** Bytes that SRTCP adds to a packet, more than SRTP: the tag, and E flag and index. */
    public static final int MAX_ADDED_BYTES = SrtpProfile.TAG_BYTES + Integer.BYTES;

    /** Sources of RTP that one thread may have with one set of keys: media, again after another format was agreed on. */
    static final int MAX_SOURCES = 16;
    /** Length of the part of an RTCP packet that stays readable: header and SSRC. */
    static final int RTCP_CLEAR_BYTES = 8;

    static final int E_FLAG = 0x8000_0000;

    private static final long MAX_RTP_INDEX = 1L << 48;

    private final SrtpSender sender;
    private final PacketCipher rtp;
    private final PacketCipher rtcp;
    private final int[] sources = new int[MAX_SOURCES];
    private final long[] indexes = new long[MAX_SOURCES];
    private int sourceCount;
    private final byte[] plain = new byte[RtpPacket.MAX_DATAGRAM_BYTES];
    private final byte[] secured = new byte[RtpPacket.MAX_DATAGRAM_BYTES + MAX_ADDED_BYTES];
    private final byte[] rtcpIndex = new byte[Integer.BYTES];

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
     * @return false if the packet cannot be protected: malformed, repeated, or no index is left for these keys
     */
    public boolean protect(ByteBuffer packet, ByteBuffer to) {
        int bytes = packet.remaining();
        to.clear();
        if (bytes > plain.length || to.remaining() < bytes + MAX_ADDED_BYTES) {
            return false;
        }
        packet.get(packet.position(), plain, 0, bytes);
        int length = RtpPacket.isRtcp(packet) ? protectRtcp(bytes) : protectRtp(packet, bytes);
        if (length < 0) {
            return false;
        }
        to.put(0, secured, 0, length).limit(length);
        return true;
    }

    private int protectRtp(ByteBuffer packet, int bytes) {
        int header = RtpPacket.headerBytes(packet);
        if (header < 0) {
            return -1;
        }
        int ssrc = BigEndian.get32(packet, packet.position() + 8);
        long index = nextIndex(ssrc, BigEndian.get16(packet, packet.position() + 2));
        if (index < 0) {
            return -1;
        }
        rtp.start(Cipher.ENCRYPT_MODE, ssrc, index);
        rtp.authenticate(plain, 0, header);
        System.arraycopy(plain, 0, secured, 0, header);
        return header + rtp.encrypt(plain, header, bytes - header, secured, header);
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

    private int protectRtcp(int bytes) {
        long index = bytes < RTCP_CLEAR_BYTES ? -1 : sender.nextRtcpIndex();
        if (index < 0) {
            return -1;
        }
        int flagged = (int) index | E_FLAG;
        put32(rtcpIndex, 0, flagged);
        rtcp.start(Cipher.ENCRYPT_MODE, get32(plain, 4), index);
        rtcp.authenticate(plain, 0, RTCP_CLEAR_BYTES);
        rtcp.authenticate(rtcpIndex, 0, rtcpIndex.length);
        System.arraycopy(plain, 0, secured, 0, RTCP_CLEAR_BYTES);
        int end = RTCP_CLEAR_BYTES
                + rtcp.encrypt(plain, RTCP_CLEAR_BYTES, bytes - RTCP_CLEAR_BYTES, secured, RTCP_CLEAR_BYTES);
        put32(secured, end, flagged);
        return end + Integer.BYTES;
    }

    static void put32(byte[] to, int at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            to[at + i] = (byte) (value >>> 24 - 8 * i);
        }
    }

    static int get32(byte[] from, int at) {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | from[at + i] & 0xff;
        }
        return value;
    }
}
