package voiptui.rtp.rtcp;

import java.nio.ByteBuffer;
import voiptui.rtp.BigEndian;

/**
 * Which packets of a stretch of a stream were received: the Loss RLE block of an extended report (RFC 3611, 4.1).
 *
 * <p>Written as bit vectors only; read as whatever runs and vectors a peer sends, up to {@value #MAX_PACKETS} packets. Reusable. Owned by
 * one thread. Allocates nothing after construction.
 */
public final class LossMap {

    /** The most packets in a map: five seconds. */
    public static final int MAX_PACKETS = 255;

    static final int TYPE = 1;
    static final int HEADER_BYTES = 12;
    private static final int VECTOR_PACKETS = 15;
    /** The longest block written. */
    static final int MAX_BYTES = HEADER_BYTES + 2 * (MAX_PACKETS / VECTOR_PACKETS + 1);

    private static final int VECTOR_FLAG = 0x8000;
    private static final int ONES_FLAG = 0x4000;
    private static final int RUN_MASK = 0x3fff;

    private final boolean[] received = new boolean[MAX_PACKETS];
    private int ssrc;
    private int begin;
    private int packets;

    /**
     * Empties the map.
     *
     * @param newSsrc the source reported on
     * @param beginSequence sequence number of the first packet; the lower 16 bits count
     */
    public void clear(int newSsrc, int beginSequence) {
        ssrc = newSsrc;
        begin = beginSequence & 0xffff;
        packets = 0;
    }

    /** Adds the next packet. Does nothing if the map is full. */
    public void add(boolean isReceived) {
        if (packets < MAX_PACKETS) {
            received[packets++] = isReceived;
        }
    }

    /** Returns the source reported on. */
    public int ssrc() {
        return ssrc;
    }

    /** Returns the sequence number of the first packet, 0 to 65,535. */
    public int beginSequence() {
        return begin;
    }

    /** Returns the number of packets. */
    public int packets() {
        return packets;
    }

    /** Returns whether packet {@code index} of the map was received. */
    public boolean isReceived(int index) {
        return received[index];
    }

    /** Writes the block at absolute position {@code at}; returns the position after it. */
    int write(ByteBuffer packet, int at) {
        packet.put(at, (byte) TYPE);
        packet.put(at + 1, (byte) 0);
        BigEndian.put32(packet, at + 4, ssrc);
        BigEndian.put16(packet, at + 8, begin);
        BigEndian.put16(packet, at + 10, begin + packets);
        int end = at + HEADER_BYTES;
        for (int from = 0; from < packets; from += VECTOR_PACKETS, end += 2) {
            int vector = VECTOR_FLAG;
            for (int i = 0; i < VECTOR_PACKETS; i++) {
                // Beyond the end the bits are ignored (RFC 3611, 4.1.2).
                if (from + i < packets && received[from + i]) {
                    vector |= 1 << VECTOR_PACKETS - 1 - i;
                }
            }
            BigEndian.put16(packet, end, vector);
        }
        if ((end - at) % 4 != 0) {
            BigEndian.put16(packet, end, 0);
            end += 2;
        }
        BigEndian.put16(packet, at + 2, (end - at) / 4 - 1);
        return end;
    }

    /** Reads the block between two absolute positions; returns false if it is malformed. */
    boolean read(ByteBuffer datagram, int at, int end) {
        // Thinned reports (T > 0) leave packets out and so say nothing about runs.
        if (end - at < HEADER_BYTES || (datagram.get(at + 1) & 0x0f) != 0) {
            return false;
        }
        clear(BigEndian.get32(datagram, at + 4), BigEndian.get16(datagram, at + 8));
        int expected = Math.min(MAX_PACKETS, BigEndian.get16(datagram, at + 10) - begin & 0xffff);
        for (int chunk = at + HEADER_BYTES; chunk + 2 <= end && packets < expected; chunk += 2) {
            int bits = BigEndian.get16(datagram, chunk);
            if (bits == 0) {
                break;
            }
            boolean isVector = (bits & VECTOR_FLAG) != 0;
            int count = isVector ? VECTOR_PACKETS : bits & RUN_MASK;
            for (int i = 0; i < count && packets < expected; i++) {
                add(isVector ? (bits & 1 << VECTOR_PACKETS - 1 - i) != 0 : (bits & ONES_FLAG) != 0);
            }
        }
        return packets > 0;
    }
}
