package voiptui.crypto;

import java.nio.ByteBuffer;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * Turns SRTP and SRTCP packets of the peer into RTP and RTCP (RFC 3711, RFC 7714), if they are authentic and were not received
 * before.
 *
 * <p>What is not changes nothing. A source is known from its first authentic packet on, so that forged ones cannot fill
 * the memory. Owned by the network thread.
 */
public final class SrtpUnprotector {

    /** What became of a packet. */
    public enum Result {
        /** It is authentic and new, and was decrypted. */
        ACCEPTED,
        /** It was received before, or is older than the packets that are remembered. */
        REPLAYED,
        /** It is not from the peer, was changed on its way, or belongs to other keys. */
        UNAUTHENTIC,
        /** It is no SRTP or SRTCP packet. */
        MALFORMED
    }

    /** Sources that the peer may have with one set of keys. */
    static final int MAX_SOURCES = 2 * SrtpProtector.MAX_SOURCES;

    /** Below this sequence number, the first packet received may be one of the second round: the first ones were lost. */
    private static final int MAY_HAVE_ROLLED_OVER = 1 << 15;

    private static final long ROUND = 1L << 16;

    private final PacketCipher rtp;
    private final PacketCipher rtcp;
    private final Source[] sources = new Source[MAX_SOURCES];
    private int sourceCount;
    private final byte[] secured = new byte[RtpPacket.MAX_DATAGRAM_BYTES + SrtpProtector.MAX_ADDED_BYTES];
    private final byte[] plain = new byte[RtpPacket.MAX_DATAGRAM_BYTES + SrtpProtector.MAX_ADDED_BYTES];
    private long accepted;

    /** The packets received from one source. */
    private static final class Source {
        final int ssrc;
        final ReplayWindow rtp = new ReplayWindow();
        final ReplayWindow rtcp = new ReplayWindow();

        Source(int ssrc) {
            this.ssrc = ssrc;
        }
    }

    /** Starts without sources. */
    public SrtpUnprotector(SrtpKeys keys) {
        this.rtp = keys.rtpCipher();
        this.rtcp = keys.rtcpCipher();
    }

    /**
     * Checks and decrypts a packet.
     *
     * @param packet SRTP or SRTCP between position and limit; stays as it is
     * @param to is cleared and then holds the RTP or RTCP packet if the result is {@link Result#ACCEPTED}; has room for the packet
     */
    public Result unprotect(ByteBuffer packet, ByteBuffer to) {
        int bytes = packet.remaining();
        to.clear();
        if (bytes > secured.length || bytes > to.remaining()) {
            return Result.MALFORMED;
        }
        packet.get(packet.position(), secured, 0, bytes);
        Result result = RtpPacket.isRtcp(packet) ? unprotectRtcp(bytes, to) : unprotectRtp(packet, bytes, to);
        if (result == Result.ACCEPTED) {
            accepted++;
        }
        return result;
    }

    private Result unprotectRtp(ByteBuffer packet, int bytes, ByteBuffer to) {
        int header = RtpPacket.headerBytes(packet);
        if (header < 0 || bytes - header < SrtpProfile.TAG_BYTES) {
            return Result.MALFORMED;
        }
        int ssrc = BigEndian.get32(packet, packet.position() + 8);
        int sequence = BigEndian.get16(packet, packet.position() + 2);
        Source source = find(ssrc);
        if (source != null && source.rtp.newest() >= 0) {
            long newest = source.rtp.newest();
            long index = newest + (short) (sequence - (int) newest);
            if (index < 0 || !source.rtp.isNew(index)) {
                return Result.REPLAYED;
            }
            return decryptRtp(ssrc, index, header, bytes, to) ? accept(source, index, false) : Result.UNAUTHENTIC;
        }
        if (source == null && sourceCount == MAX_SOURCES) {
            return Result.UNAUTHENTIC;
        }
        long index = sequence;
        if (!decryptRtp(ssrc, index, header, bytes, to)) {
            index += ROUND;
            if (sequence >= MAY_HAVE_ROLLED_OVER || !decryptRtp(ssrc, index, header, bytes, to)) {
                return Result.UNAUTHENTIC;
            }
        }
        return accept(source == null ? add(ssrc) : source, index, false);
    }

    private boolean decryptRtp(int ssrc, long index, int header, int bytes, ByteBuffer to) {
        rtp.start(Cipher.DECRYPT_MODE, ssrc, index);
        rtp.authenticate(secured, 0, header);
        int length = rtp.decrypt(secured, header, bytes - header, plain, header);
        if (length < 0) {
            return false;
        }
        System.arraycopy(secured, 0, plain, 0, header);
        to.put(0, plain, 0, header + length).limit(header + length);
        return true;
    }

    private Result unprotectRtcp(int bytes, ByteBuffer to) {
        int end = bytes - Integer.BYTES;
        if (end < SrtpProtector.RTCP_CLEAR_BYTES + SrtpProfile.TAG_BYTES) {
            return Result.MALFORMED;
        }
        int flagged = SrtpProtector.get32(secured, end);
        if ((flagged & SrtpProtector.E_FLAG) == 0) {
            // Authenticated only: we agreed on encryption.
            return Result.UNAUTHENTIC;
        }
        int ssrc = SrtpProtector.get32(secured, 4);
        long index = flagged & ~SrtpProtector.E_FLAG;
        Source source = find(ssrc);
        if (source != null && !source.rtcp.isNew(index)) {
            return Result.REPLAYED;
        }
        if (source == null && sourceCount == MAX_SOURCES) {
            return Result.UNAUTHENTIC;
        }
        int clear = SrtpProtector.RTCP_CLEAR_BYTES;
        rtcp.start(Cipher.DECRYPT_MODE, ssrc, index);
        rtcp.authenticate(secured, 0, clear);
        rtcp.authenticate(secured, end, Integer.BYTES);
        int length = rtcp.decrypt(secured, clear, end - clear, plain, clear);
        if (length < 0) {
            return Result.UNAUTHENTIC;
        }
        System.arraycopy(secured, 0, plain, 0, clear);
        to.put(0, plain, 0, clear + length).limit(clear + length);
        return accept(source == null ? add(ssrc) : source, index, true);
    }

    private static Result accept(Source source, long index, boolean isRtcp) {
        (isRtcp ? source.rtcp : source.rtp).accept(index);
        return Result.ACCEPTED;
    }

    private @Nullable Source find(int ssrc) {
        for (int i = 0; i < sourceCount; i++) {
            if (sources[i].ssrc == ssrc) {
                return sources[i];
            }
        }
        return null;
    }

    private Source add(int ssrc) {
        Source source = new Source(ssrc);
        sources[sourceCount++] = source;
        return source;
    }

    /** Returns how many packets were accepted. */
    public long accepted() {
        return accepted;
    }
}
