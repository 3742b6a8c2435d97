package voiptui.rtp;

import java.nio.ByteBuffer;

/**
 * The loss RLE report block on the wire: which packets of an interval came (RFC 3611, 4.1), without thinning.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |     BT=1      | rsvd. |  T=0  |         block length          |
 * |                        SSRC of source                         |
 * |          begin_seq            |             end_seq           |
 * |          chunk 1              |             chunk 2           |
 * chunk:  |0|R| 14 bits |  a run of packets that all came (R=1) or were all lost
 *         |1| 15 bits   |  a bit for each packet: 1 came, 0 lost
 * </pre>
 *
 * <p>Stateless.
 */
final class LossRleBlock {

    /** Block type (RFC 3611, 4.1). */
    static final int TYPE = 1;
    /** Length of the block without chunks. */
    static final int HEAD_BYTES = 12;

    private static final int BITS = 15;
    private static final int CHUNK_BYTES = 2;
    private static final int MAX_RUN = 0x3fff;

    private LossRleBlock() {}

    /** Returns the longest block about {@code packets} packets. */
    static int maxBytes(int packets) {
        return HEAD_BYTES + (packets + BITS - 1) / BITS * CHUNK_BYTES + CHUNK_BYTES;
    }

    /** Writes a block about packets {@code from} to {@code to - 1} of {@code fates}; returns the position behind it. */
    static int write(ByteBuffer packet, int at, int mediaSsrc, LossDetector fates, long from, long to) {
        packet.put(at, (byte) TYPE);
        packet.put(at + 1, (byte) 0);
        BigEndian.put32(packet, at + 4, mediaSsrc);
        BigEndian.put16(packet, at + 8, fates.onWire(from));
        BigEndian.put16(packet, at + 10, fates.onWire(to));
        int chunk = at + HEAD_BYTES;
        for (long number = from; number < to; chunk += CHUNK_BYTES) {
            int run = run(fates, number, to);
            if (run > BITS) {
                BigEndian.put16(packet, chunk, (fates.isLost(number) ? 0 : 0x4000) | run);
                number += run;
            } else {
                int bits = 0x8000;
                for (int i = 0; i < BITS && number + i < to; i++) {
                    bits |= fates.isLost(number + i) ? 0 : 0x4000 >> i;
                }
                BigEndian.put16(packet, chunk, bits);
                number += BITS;
            }
        }
        if ((chunk - at) % 4 != 0) {
            BigEndian.put16(packet, chunk, 0);
            chunk += CHUNK_BYTES;
        }
        BigEndian.put16(packet, at + 2, (chunk - at) / 4 - 1);
        return chunk;
    }

    private static int run(LossDetector fates, long from, long to) {
        boolean lost = fates.isLost(from);
        int run = 1;
        while (run < MAX_RUN && from + run < to && fates.isLost(from + run) == lost) {
            run++;
        }
        return run;
    }

    /**
     * Reads the block between {@code at} and {@code end}, whatever it holds, and reports its packets one by one.
     *
     * @param left how many packets may be reported
     * @return how many may follow
     */
    static int read(ByteBuffer datagram, int at, int end, int sender, int left, RtcpListener listener) {
        int mediaSsrc = BigEndian.get32(datagram, at + 4);
        int begin = BigEndian.get16(datagram, at + 8);
        boolean thinned = (datagram.get(at + 1) & 0x0f) != 0;
        int packets = thinned ? 0 : Math.min(left, BigEndian.get16(datagram, at + 10) - begin & 0xffff);
        int told = 0;
        for (int chunk = at + HEAD_BYTES; chunk + CHUNK_BYTES <= end && told < packets; chunk += CHUNK_BYTES) {
            int word = BigEndian.get16(datagram, chunk);
            boolean vector = (word & 0x8000) != 0;
            for (int i = vector ? BITS : word & MAX_RUN; i > 0 && told < packets; i--, told++) {
                boolean came = (word & (vector ? 1 << i - 1 : 0x4000)) != 0;
                listener.onPacketReported(sender, mediaSsrc, begin + told & 0xffff, came);
            }
        }
        return left - told;
    }
}
