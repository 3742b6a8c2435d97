package voiptui.rtp.rtcp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import voiptui.rtp.BigEndian;

/**
 * Writes a compound RTCP packet part by part (RFC 3550, 6.1: a report first, then SDES with the CNAME, BYE
 * last; feedback and extended reports in between, RFC 4585, 3.1).
 *
 * <p>Writes at the buffer's position and advances it; the buffer must have room for {@link #MAX_BYTES}. Stateless, allocates nothing.
 */
public final class RtcpWriter {

    /** RTCP packet types (RFC 3550, 12.1). */
    static final int SENDER_REPORT = 200;

    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    /** Application-defined packet (RFC 3550, 6.7). */
    static final int APPLICATION = 204;
    /** Transport layer feedback (RFC 4585, 6.1). */
    static final int TRANSPORT_FEEDBACK = 205;
    /** Extended report, XR (RFC 3611, 2). */
    static final int EXTENDED_REPORT = 207;
    /** The format of transport layer feedback that is a generic NACK (RFC 4585, 6.2). */
    static final int GENERIC_NACK = 1;
    /** Packets that an item of a NACK names: the first, and 16 that follow it (RFC 4585, 6.2.1). */
    static final int NACK_ITEM_PACKETS = 17;
    /** The mandatory SDES item (RFC 3550, 6.5.1). */
    static final int CNAME = 1;
    /** Length of the sender information in a sender report. */
    static final int SENDER_INFO_BYTES = 20;

    /** The longest CNAME; its length field has 8 bits. */
    public static final int MAX_CNAME_BYTES = 255;
    /** The most items in a NACK. */
    public static final int MAX_NACK_ITEMS = 16;
    /** The longest compound packet written here: a sender report with a block, CNAME, VoIP metrics, loss map, NACK, BYE. */
    public static final int MAX_BYTES = (8 + SENDER_INFO_BYTES + ReportBlock.BYTES)
            + (8 + 2 + MAX_CNAME_BYTES + 4)
            + (8 + VoipMetricsBlock.BYTES)
            + (8 + LossMap.MAX_BYTES)
            + (12 + 4 * MAX_NACK_ITEMS)
            + 16
            + 8;

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

    /**
     * Writes an application-defined packet with 32 bits of data (RFC 3550, 6.7).
     *
     * @param ssrc who sends it
     * @param name four ASCII characters, the first in the highest byte
     */
    public static void application(ByteBuffer packet, int ssrc, int name, int data) {
        int at = header(packet, APPLICATION, 0, ssrc);
        BigEndian.put32(packet, at, name);
        BigEndian.put32(packet, at + 4, data);
        end(packet, at + 8);
    }

    /**
     * Writes an application-defined packet (RFC 3550, 6.7), filled with zeros to whole words.
     *
     * @param ssrc who sends it
     * @param name four ASCII characters, the first in the highest byte
     * @param bytes how much of {@code data} it has
     */
    public static void application(ByteBuffer packet, int ssrc, int name, byte[] data, int bytes) {
        int at = header(packet, APPLICATION, 0, ssrc);
        BigEndian.put32(packet, at, name);
        at += 4;
        packet.put(at, data, 0, bytes);
        at += bytes;
        for (; (at - packet.position()) % 4 != 0; at++) {
            packet.put(at, (byte) 0);
        }
        end(packet, at);
    }

    /** Writes BYE for this source (RFC 3550, 6.6). */
    public static void bye(ByteBuffer packet, int ssrc) {
        end(packet, header(packet, BYE, 1, ssrc));
    }

    /**
     * Writes an extended report with the VoIP metrics of one source (RFC 3611, 2 and 4.7).
     *
     * @param ssrc who reports
     * @param metrics values out of range are limited to it
     */
    public static void voipMetrics(ByteBuffer packet, int ssrc, VoipMetrics metrics) {
        end(packet, VoipMetricsBlock.write(packet, header(packet, EXTENDED_REPORT, 0, ssrc), metrics));
    }

    /**
     * Writes an extended report with the received and lost packets of one source (RFC 3611, 2 and 4.1). Writes nothing if the map is
     * empty. Best followed by another part, such as VoIP metrics: Wireshark 4.0 looks eight bytes behind this one, and calls a packet
     * malformed that ends there.
     *
     * @param ssrc who reports
     */
    public static void lossMap(ByteBuffer packet, int ssrc, LossMap map) {
        if (map.packets() > 0) {
            end(packet, map.write(packet, header(packet, EXTENDED_REPORT, 0, ssrc)));
        }
    }

    /**
     * Writes a generic NACK: asks for lost packets again (RFC 4585, 6.2.1). Writes nothing if {@code count} is 0.
     *
     * @param ssrc who asks
     * @param mediaSsrc the source of the lost packets
     * @param sequences their sequence numbers in order of sending; the lower 16 bits count
     * @param count how many of {@code sequences} are valid
     * @return how many of them the packet names; the rest would take more than {@link #MAX_NACK_ITEMS} items
     */
    public static int nack(ByteBuffer packet, int ssrc, int mediaSsrc, int[] sequences, int count) {
        if (count <= 0) {
            return 0;
        }
        int at = header(packet, TRANSPORT_FEEDBACK, GENERIC_NACK, ssrc);
        BigEndian.put32(packet, at, mediaSsrc);
        at += 4;
        int named = 0;
        for (int item = 0; item < MAX_NACK_ITEMS && named < count; item++, at += 4) {
            int first = sequences[named++];
            int following = 0;
            while (named < count) {
                int ahead = sequences[named] - first & 0xffff;
                if (ahead >= NACK_ITEM_PACKETS) {
                    break;
                }
                following |= 1 << ahead >> 1;
                named++;
            }
            BigEndian.put16(packet, at, first);
            BigEndian.put16(packet, at + 2, following);
        }
        end(packet, at);
        return named;
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
