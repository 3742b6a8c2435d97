package voiptui.rtp;

import java.nio.ByteBuffer;

/**
 * The RTP header of a v2 media packet, written and read in place.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |           synchronization source (SSRC) identifier            |
 * |            contributing source (CSRC) identifiers, CC times   |
 * </pre>
 *
 * <p>Source: RFC 3550, 5.1 (and 5.3.1 for the extension). An instance is a reusable view that {@link #parse} lays over a
 * datagram; it copies and allocates nothing. Buffers hold a datagram between position and limit; access is
 * absolute and moves neither. Owned by one thread.
 */
public final class RtpPacket {

    /** Length of a header without contributing sources and extension. */
    public static final int HEADER_BYTES = 12;
    /** Bytes that IPv4 and UDP add to a packet; they count for its bit rate (RFC 3550, 6.2). */
    public static final int LOWER_LAYER_BYTES = 28;
    /** The longest datagram accepted, as for the classic packet. */
    public static final int MAX_DATAGRAM_BYTES = ClassicPacket.MAX_DATAGRAM_BYTES;

    private static final int VERSION = 2;
    private static final int CSRC_BYTES = 4;
    private static final int EXTENSION_HEADER_BYTES = 4;

    private boolean marked;
    private int payloadType;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int payloadAt;
    private int payloadBytes;

    /**
     * Returns whether a datagram that starts like RTP or RTCP is RTCP: its second byte is 192 to 223 (RFC 5761, 4, with the
     * bounds of RFC 7983). {@code false} for one that is shorter than two bytes.
     */
    public static boolean isRtcp(ByteBuffer datagram) {
        if (datagram.remaining() < 2) {
            return false;
        }
        int type = datagram.get(datagram.position() + 1) & 0xff;
        return type >= 192 && type <= 223;
    }

    /**
     * Writes a header without contributing sources, extension and padding.
     *
     * @param packet has room for {@link #HEADER_BYTES} from its position on
     * @param marked the M bit: first packet after silence that was not transmitted
     * @param payloadType from 0 to 127
     * @param sequence its lower 16 bits are written
     * @param timestamp in units of the RTP clock
     * @param ssrc of the sender
     */
    public static void writeHeader(
            ByteBuffer packet, boolean marked, int payloadType, int sequence, int timestamp, int ssrc) {
        int at = packet.position();
        packet.put(at, (byte) (VERSION << 6));
        packet.put(at + 1, (byte) ((marked ? 0x80 : 0) | payloadType & 0x7f));
        BigEndian.put16(packet, at + 2, sequence);
        BigEndian.put32(packet, at + 4, timestamp);
        BigEndian.put32(packet, at + 8, ssrc);
    }

    /**
     * Returns the length of a packet's header, with contributing sources and extension, whatever follows it: the payload may
     * be encrypted. -1 if it is no RTP packet.
     */
    public static int headerBytes(ByteBuffer datagram) {
        int at = datagram.position();
        int bytes = datagram.remaining();
        if (bytes < HEADER_BYTES || (datagram.get(at) & 0xff) >> 6 != VERSION || isRtcp(datagram)) {
            return -1;
        }
        int header = HEADER_BYTES + CSRC_BYTES * (datagram.get(at) & 0x0f);
        if ((datagram.get(at) & 0x10) != 0) {
            if (bytes - header < EXTENSION_HEADER_BYTES) {
                return -1;
            }
            header += EXTENSION_HEADER_BYTES + 4 * BigEndian.get16(datagram, at + header + 2);
        }
        return header <= bytes ? header : -1;
    }

    /**
     * Lays this view over a datagram.
     *
     * @return false if it is no valid RTP packet; the other methods are then undefined
     */
    public boolean parse(ByteBuffer datagram) {
        int at = datagram.position();
        int end = datagram.limit();
        if (end - at < HEADER_BYTES || end - at > MAX_DATAGRAM_BYTES) {
            return false;
        }
        int first = datagram.get(at) & 0xff;
        if (first >> 6 != VERSION || isRtcp(datagram)) {
            return false;
        }
        int body = at + HEADER_BYTES + CSRC_BYTES * (first & 0x0f);
        boolean extended = (first & 0x10) != 0;
        if (extended) {
            if (end - body < EXTENSION_HEADER_BYTES) {
                return false;
            }
            body += EXTENSION_HEADER_BYTES + 4 * BigEndian.get16(datagram, body + 2);
        }
        if (body > end) {
            return false;
        }
        boolean padded = (first & 0x20) != 0;
        if (padded) {
            int padding = end == body ? 0 : datagram.get(end - 1) & 0xff;
            if (padding == 0 || padding > end - body) {
                return false;
            }
            end -= padding;
        }
        int second = datagram.get(at + 1) & 0xff;
        marked = (second & 0x80) != 0;
        payloadType = second & 0x7f;
        sequence = BigEndian.get16(datagram, at + 2);
        timestamp = BigEndian.get32(datagram, at + 4);
        ssrc = BigEndian.get32(datagram, at + 8);
        payloadAt = body;
        payloadBytes = end - body;
        return true;
    }

    /** Returns the M bit. */
    public boolean marked() {
        return marked;
    }

    /** Returns the payload type, 0 to 127. */
    public int payloadType() {
        return payloadType;
    }

    /** Returns the sequence number, 0 to 65,535. */
    public int sequence() {
        return sequence;
    }

    /** Returns the time of the first sample, in units of the RTP clock; 32 bits that wrap. */
    public int timestamp() {
        return timestamp;
    }

    /** Returns the synchronization source; 32 bits. */
    public int ssrc() {
        return ssrc;
    }

    /** Returns the absolute position of the payload in the datagram's buffer. */
    public int payloadAt() {
        return payloadAt;
    }

    /** Returns the length of the payload without padding; may be 0. */
    public int payloadBytes() {
        return payloadBytes;
    }
}
