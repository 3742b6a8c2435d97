package voiptui.rtp.repair;

import java.nio.ByteBuffer;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * The payload of a RED packet: the newest frame, and copies of earlier ones (RFC 2198).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |1|  payload type |     timestamp offset      |  block length   |   for each copy
 * |0|  payload type |                                                 for the primary, which comes last
 * | blocks in the order of their headers; the primary takes what is left
 * </pre>
 *
 * <p>An instance is a reusable view that {@link #parse} lays over a payload, as {@link RtpPacket} over a datagram; it copies
 * and allocates nothing. {@link RedWriter} writes such payloads. Owned by one thread.
 */
public final class RedPayload {

    /** The most blocks accepted, the primary included. */
    public static final int MAX_BLOCKS = 8;
    /** The longest block that can be a copy, in bytes: its length has 10 bits. */
    public static final int MAX_COPY_BYTES = 1023;
    /** The greatest distance of a copy from the primary, in units of the RTP clock: 14 bits. */
    public static final int MAX_OFFSET = 16_383;

    /** What each copy adds to a payload beside itself, in bytes. */
    public static final int COPY_HEADER_BYTES = 4;

    static final int PRIMARY_HEADER_BYTES = 1;

    private final int redPayloadType;
    private final int[] payloadTypes = new int[MAX_BLOCKS];
    private final int[] offsets = new int[MAX_BLOCKS];
    private final int[] positions = new int[MAX_BLOCKS];
    private final int[] lengths = new int[MAX_BLOCKS];
    private int blocks;

    /**
     * Creates a view of no payload.
     *
     * @param redPayloadType the payload type of RED itself, 0 to 127: a block must not be of that type
     */
    public RedPayload(int redPayloadType) {
        this.redPayloadType = redPayloadType;
    }

    /**
     * Lays this view over a payload.
     *
     * @param datagram holds the payload; neither moved nor kept
     * @param at absolute position of the payload
     * @param bytes its length
     * @return the number of blocks, 1 to {@value #MAX_BLOCKS}; 0 if the payload is invalid: cut short, with more blocks than
     *     that, or with RED inside RED
     */
    public int parse(ByteBuffer datagram, int at, int bytes) {
        blocks = 0;
        if (at < 0 || bytes < 0 || bytes > datagram.limit() - at) {
            return 0;
        }
        int end = at + bytes;
        int header = at;
        int count = 0;
        int copiesBytes = 0;
        while (header < end && (datagram.get(header) & 0x80) != 0) {
            if (count == MAX_BLOCKS - 1 || end - header < COPY_HEADER_BYTES) {
                return 0;
            }
            int word = BigEndian.get32(datagram, header);
            payloadTypes[count] = word >>> 24 & 0x7f;
            offsets[count] = word >>> 10 & MAX_OFFSET;
            lengths[count] = word & MAX_COPY_BYTES;
            copiesBytes += lengths[count];
            header += COPY_HEADER_BYTES;
            count++;
        }
        if (header >= end) {
            return 0;
        }
        payloadTypes[count] = datagram.get(header) & 0x7f;
        offsets[count] = 0;
        int body = header + PRIMARY_HEADER_BYTES;
        lengths[count] = end - body - copiesBytes;
        if (lengths[count] < 0) {
            return 0;
        }
        count++;
        for (int i = 0; i < count; i++) {
            if (payloadTypes[i] == redPayloadType) {
                return 0;
            }
            positions[i] = body;
            body += lengths[i];
        }
        blocks = count;
        return count;
    }

    /** Returns the number of blocks, the primary included; 0 if the last payload was invalid. */
    public int blocks() {
        return blocks;
    }

    /** Returns the payload type of a block, 0 to 127. The primary is the last block. */
    public int payloadType(int block) {
        return payloadTypes[block];
    }

    /** Returns how much older a block is than the packet's timestamp, in units of the RTP clock; 0 for the primary. */
    public int timestampOffset(int block) {
        return offsets[block];
    }

    /** Returns the absolute position of a block in the datagram. */
    public int at(int block) {
        return positions[block];
    }

    /** Returns the length of a block in bytes; may be 0. */
    public int bytes(int block) {
        return lengths[block];
    }
}
