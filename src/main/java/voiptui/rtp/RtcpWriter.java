package voiptui.rtp;

import java.nio.ByteBuffer;

/**
 * Writes a compound RTCP packet, one part after the other (RFC 3550, 6.1: a report first, then SDES with the CNAME, BYE
 * last).
 *
 * <p>Writes from the buffer's position on and leaves the position behind what it wrote; the buffer has room for
 * {@link #MAX_BYTES}. Stateless, allocates nothing.
 */
public final class RtcpWriter {

    /** Payload types of RTCP (RFC 3550, 12.1). */
    static final int SENDER_REPORT = 200;

    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    /** The one SDES item that everybody sends (RFC 3550, 6.5.1). */
    static final int CNAME = 1;
    /** Length of the sender information in a sender report. */
    static final int SENDER_INFO_BYTES = 20;

    /** The longest CNAME that fits its length. */
    public static final int MAX_CNAME_BYTES = 255;
    /** Room that is enough for what is written here: a sender report with a block, a CNAME, BYE. */
    public static final int MAX_BYTES = 8 + SENDER_INFO_BYTES + ReportBlock.BYTES + 8 + 2 + MAX_CNAME_BYTES + 4 + 8;

    private RtcpWriter() {}

    /**
     * What a sender tells about its stream (RFC 3550, 6.4.1).
     *
     * @param ntp now ({@link NtpTime#at})
     * @param rtpTimestamp the same moment in units of the payload's clock
     * @param packets sent so far, modulo 2^32
     * @param payloadBytes sent so far in packets' payloads, modulo 2^32
     */
    public record SenderInfo(long ntp, int rtpTimestamp, long packets, long payloadBytes) {}

    /**
     * Writes a sender report.
     *
     * @param block what is heard, or {@code null} for nothing
     */
    public static void senderReport(ByteBuffer packet, int ssrc, SenderInfo info, ReportBlock block) {
        int at = header(packet, SENDER_REPORT, block == null ? 0 : 1, ssrc);
        NetworkOrder.put32(packet, at, (int) (info.ntp() >>> 32));
        NetworkOrder.put32(packet, at + 4, (int) info.ntp());
        NetworkOrder.put32(packet, at + 8, info.rtpTimestamp());
        NetworkOrder.put32(packet, at + 12, (int) info.packets());
        NetworkOrder.put32(packet, at + 16, (int) info.payloadBytes());
        end(packet, reportBlock(packet, at + SENDER_INFO_BYTES, block));
    }

    /**
     * Writes a receiver report: that of a side that sends nothing.
     *
     * @param block what is heard, or {@code null} for nothing
     */
    public static void receiverReport(ByteBuffer packet, int ssrc, ReportBlock block) {
        int at = header(packet, RECEIVER_REPORT, block == null ? 0 : 1, ssrc);
        end(packet, reportBlock(packet, at, block));
    }

    private static int reportBlock(ByteBuffer packet, int at, ReportBlock block) {
        if (block == null) {
            return at;
        }
        NetworkOrder.put32(packet, at, block.ssrc());
        packet.put(at + 4, (byte) block.fractionLost());
        NetworkOrder.put24(packet, at + 5, block.cumulativeLost());
        NetworkOrder.put32(packet, at + 8, block.extendedHighest());
        NetworkOrder.put32(packet, at + 12, block.jitterUnits());
        NetworkOrder.put32(packet, at + 16, block.lastReport());
        NetworkOrder.put32(packet, at + 20, block.sinceLastReport());
        return at + ReportBlock.BYTES;
    }

    /**
     * Writes a source description with nothing but the CNAME (RFC 3550, 6.5).
     *
     * @param cname UTF-8, at most {@link #MAX_CNAME_BYTES}
     */
    public static void cname(ByteBuffer packet, int ssrc, byte[] cname) {
        int at = header(packet, SOURCE_DESCRIPTION, 1, ssrc);
        packet.put(at, (byte) CNAME);
        packet.put(at + 1, (byte) cname.length);
        packet.put(at + 2, cname);
        at += 2 + cname.length;
        // One zero at least ends the list of items, more fill the word.
        do {
            packet.put(at++, (byte) 0);
        } while ((at - packet.position()) % 4 != 0);
        end(packet, at);
    }

    /** Writes BYE: this source leaves (RFC 3550, 6.6). */
    public static void bye(ByteBuffer packet, int ssrc) {
        end(packet, header(packet, BYE, 1, ssrc));
    }

    private static int header(ByteBuffer packet, int type, int count, int ssrc) {
        int at = packet.position();
        packet.put(at, (byte) (2 << 6 | count));
        packet.put(at + 1, (byte) type);
        NetworkOrder.put32(packet, at + 4, ssrc);
        return at + 8;
    }

    /** Puts in the length, in words less one, and moves on. */
    private static void end(ByteBuffer packet, int at) {
        NetworkOrder.put16(packet, packet.position() + 2, (at - packet.position()) / 4 - 1);
        packet.position(at);
    }
}
