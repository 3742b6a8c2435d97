package voiptui.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a compound RTCP packet part by part (RFC 3550, 6.1: a report first, then SDES with the CNAME, BYE
 * last).
 *
 * <p>Writes at the buffer's position and advances it; the buffer must have room for {@link #MAX_BYTES}. Stateless, allocates nothing.
 */
public final class RtcpWriter {

    /** RTCP packet types (RFC 3550, 12.1). */
    static final int SENDER_REPORT = 200;

    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    /** The mandatory SDES item (RFC 3550, 6.5.1). */
    static final int CNAME = 1;
    /** Length of the sender information in a sender report. */
    static final int SENDER_INFO_BYTES = 20;

    /** The longest CNAME; its length field has 8 bits. */
    public static final int MAX_CNAME_BYTES = 255;
    /** The longest compound packet written here: a sender report with a block, a CNAME, BYE. */
    public static final int MAX_BYTES = 8 + SENDER_INFO_BYTES + ReportBlock.BYTES + 8 + 2 + MAX_CNAME_BYTES + 4 + 8;

    private RtcpWriter() {}

    /**
     * Sender information about a stream (RFC 3550, 6.4.1).
     *
     * @param ntp the time of the report, an NTP timestamp ({@link NtpTime#at})
     * @param rtpTimestamp the same time in units of the RTP clock
     * @param packets packets sent so far, modulo 2^32
     * @param payloadBytes payload bytes sent so far, modulo 2^32
     */
    public record SenderInfo(long ntp, int rtpTimestamp, long packets, long payloadBytes) {}

    /**
     * Writes a sender report.
     *
     * @param block reception of the peer; null: nothing received
     */
    public static void senderReport(ByteBuffer packet, int ssrc, SenderInfo info, @Nullable ReportBlock block) {
        int at = header(packet, SENDER_REPORT, block == null ? 0 : 1, ssrc);
        BigEndian.put32(packet, at, (int) (info.ntp() >>> 32));
        BigEndian.put32(packet, at + 4, (int) info.ntp());
        BigEndian.put32(packet, at + 8, info.rtpTimestamp());
        BigEndian.put32(packet, at + 12, (int) info.packets());
        BigEndian.put32(packet, at + 16, (int) info.payloadBytes());
        end(packet, reportBlock(packet, at + SENDER_INFO_BYTES, block));
    }

    /**
     * Writes a receiver report: the report of a participant that sends no media.
     *
     * @param block reception of the peer; null: nothing received
     */
    public static void receiverReport(ByteBuffer packet, int ssrc, @Nullable ReportBlock block) {
        int at = header(packet, RECEIVER_REPORT, block == null ? 0 : 1, ssrc);
        end(packet, reportBlock(packet, at, block));
    }

    private static int reportBlock(ByteBuffer packet, int at, @Nullable ReportBlock block) {
        if (block == null) {
            return at;
        }
        BigEndian.put32(packet, at, block.ssrc());
        packet.put(at + 4, (byte) block.fractionLost());
        BigEndian.put24(packet, at + 5, block.cumulativeLost());
        BigEndian.put32(packet, at + 8, block.extendedHighest());
        BigEndian.put32(packet, at + 12, block.jitterUnits());
        BigEndian.put32(packet, at + 16, block.lastReport());
        BigEndian.put32(packet, at + 20, block.sinceLastReport());
        return at + ReportBlock.BYTES;
    }

    /**
     * Writes a source description with the CNAME only (RFC 3550, 6.5).
     *
     * @param cname UTF-8, at most {@link #MAX_CNAME_BYTES}
     */
    public static void cname(ByteBuffer packet, int ssrc, byte[] cname) {
        int at = header(packet, SOURCE_DESCRIPTION, 1, ssrc);
        packet.put(at, (byte) CNAME);
        packet.put(at + 1, (byte) cname.length);
        packet.put(at + 2, cname);
        at += 2 + cname.length;
        // At least one zero ends the items; more pad to a word.
        do {
            packet.put(at++, (byte) 0);
        } while ((at - packet.position()) % 4 != 0);
        end(packet, at);
    }

    /** Writes BYE for this source (RFC 3550, 6.6). */
    public static void bye(ByteBuffer packet, int ssrc) {
        end(packet, header(packet, BYE, 1, ssrc));
    }

    private static int header(ByteBuffer packet, int type, int count, int ssrc) {
        int at = packet.position();
        packet.put(at, (byte) (2 << 6 | count));
        packet.put(at + 1, (byte) type);
        BigEndian.put32(packet, at + 4, ssrc);
        return at + 8;
    }

    /** Writes the length, in words minus one, and advances the position. */
    private static void end(ByteBuffer packet, int at) {
        BigEndian.put16(packet, packet.position() + 2, (at - packet.position()) / 4 - 1);
        packet.position(at);
    }
}
