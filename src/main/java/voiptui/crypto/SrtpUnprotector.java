package voiptui.crypto;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * Turns SRTP and SRTCP packets of the peer into RTP and RTCP (RFC 3711, RFC 7714), if they are authentic and were not received
 * before.
 *
 * <p>What is not changes nothing. A source is known from its first authentic packet on, so that forged ones cannot fill
 * the memory. Owned by the network thread; closed by any thread, after which it accepts nothing.
 */
public final class SrtpUnprotector implements AutoCloseable {

    /** What became of a packet. */
    public enum Result {
        /** It is authentic and new, and was decrypted. */
        ACCEPTED,
        /** It was received before, or is older than the packets that are remembered. */
        REPLAYED,
        /** It is not from the peer, was changed on its way, or belongs to other keys. */
        UNAUTHENTIC,
        /** It is no SRTP or SRTCP packet. */
        MALFORMED,
        /** The keys are no longer in use. */
        CLOSED
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
        if (bytes > RtpPacket.MAX_DATAGRAM_BYTES + SrtpProtector.MAX_ADDED_BYTES || bytes > to.remaining()) {
            return Result.MALFORMED;
        }
        Result result = RtpPacket.isRtcp(packet) ? unprotectRtcp(packet, bytes, to) : unprotectRtp(packet, bytes, to);
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
            return decrypt(rtp, ssrc, index, packet, bytes, header, to) ? accept(source, index, false) : refused(rtp);
        }
        if (source == null && sourceCount == MAX_SOURCES) {
            return Result.UNAUTHENTIC;
        }
        long index = sequence;
        if (!decrypt(rtp, ssrc, index, packet, bytes, header, to)) {
            index += ROUND;
            if (sequence >= MAY_HAVE_ROLLED_OVER || !decrypt(rtp, ssrc, index, packet, bytes, header, to)) {
                return refused(rtp);
            }
        }
        return accept(source == null ? add(ssrc) : source, index, false);
    }

    private Result unprotectRtcp(ByteBuffer packet, int bytes, ByteBuffer to) {
        int end = bytes - Integer.BYTES;
        if (end < SrtpProtector.RTCP_CLEAR_BYTES + SrtpProfile.TAG_BYTES) {
            return Result.MALFORMED;
        }
        int flagged = BigEndian.get32(packet, packet.position() + end);
        if ((flagged & PacketCipher.E_FLAG) == 0) {
            // Authenticated only: we agreed on encryption.
            return Result.UNAUTHENTIC;
        }
        int ssrc = BigEndian.get32(packet, packet.position() + 4);
        long index = flagged & ~PacketCipher.E_FLAG;
        Source source = find(ssrc);
        if (source != null && !source.rtcp.isNew(index)) {
            return Result.REPLAYED;
        }
        if (source == null && sourceCount == MAX_SOURCES) {
            return Result.UNAUTHENTIC;
        }
        if (!decrypt(rtcp, ssrc, index, packet, end, SrtpProtector.RTCP_CLEAR_BYTES, to)) {
            return refused(rtcp);
        }
        return accept(source == null ? add(ssrc) : source, index, true);
    }

    private static boolean decrypt(
            PacketCipher cipher, int ssrc, long index, ByteBuffer packet, int bytes, int clear, ByteBuffer to) {
        int length = cipher.decrypt(ssrc, index, packet, bytes, clear, to);
        if (length < 0) {
            return false;
        }
        to.limit(length);
        return true;
    }

    private static Result refused(PacketCipher cipher) {
        return cipher.isClosed() ? Result.CLOSED : Result.UNAUTHENTIC;
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

    /** Wipes the keys. Any thread; may be called again. */
    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
