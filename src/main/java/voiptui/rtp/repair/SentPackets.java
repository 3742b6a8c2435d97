package voiptui.rtp.repair;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * The last RTP packets sent, kept to answer NACKs (RFC 4588). Written by the capture thread, read by the network thread.
 *
 * <p>Neither thread waits for the other: each slot is a sequence lock, and a packet that is overwritten while it is read
 * counts as gone. Allocates nothing after construction.
 *
 * <p>NACKs come from outside, and a flood of them must not make us flood the peer. A packet is therefore resent at most
 * {@value #MAX_RESENDS} times, at least {@value #MIN_GAP_MS} ms apart, and the bytes resent within a second stay below a
 * share of the bytes sent within the last second.
 */
public final class SentPackets {

    /** How often a packet can be resent. */
    public static final int MAX_RESENDS = 3;
    /** Least time between two resends of a packet, in milliseconds. */
    public static final int MIN_GAP_MS = 20;

    /** Result of {@link #copy}: never sent, or too long ago. */
    static final int NOT_STORED = 0;
    /** Result of {@link #copy}: resent too often or too much. */
    static final int REFUSED = -1;

    /** Buckets of bytes per second. */
    private static final int BUCKETS = 8;

    private static final long BUCKET_NS = 1_000_000_000L / BUCKETS;

    private final int mask;
    private final int maxPacketBytes;
    private final double share;
    /** Per slot: odd while it is written, twice the number of its writes otherwise. */
    private final AtomicLongArray versions;

    private final int[] sequences;
    private final int[] lengths;
    private final byte[] packets;
    private final ByteWindow sent = new ByteWindow();

    private final ByteWindow resent = new ByteWindow();
    private final long[] resentVersions;
    private final long[] lastResentNs;
    private final int[] resends;

    /**
     * Creates a store without packets.
     *
     * @param packets how many to keep, a power of two up to 32,768
     * @param maxPayloadBytes longest payload; longer packets are not kept
     * @param share bytes resent within a second, at most, as a fraction of the bytes sent; positive
     * @throws IllegalArgumentException if {@code packets} is no such power of two or {@code share} is not positive
     */
    public SentPackets(int packets, int maxPayloadBytes, double share) {
        if (Integer.bitCount(packets) != 1 || packets <= 0 || packets > 32_768) {
            throw new IllegalArgumentException("not a power of two up to 32768: " + packets);
        }
        if (!(share > 0)) {
            throw new IllegalArgumentException("share must be positive: " + share);
        }
        this.mask = packets - 1;
        this.maxPacketBytes = RtpPacket.HEADER_BYTES + maxPayloadBytes;
        this.share = share;
        this.versions = new AtomicLongArray(packets);
        this.sequences = new int[packets];
        this.lengths = new int[packets];
        this.packets = new byte[packets * maxPacketBytes];
        this.resentVersions = new long[packets];
        this.lastResentNs = new long[packets];
        this.resends = new int[packets];
    }

    /** Returns the length of the longest packet kept, header included. */
    public int maxPacketBytes() {
        return maxPacketBytes;
    }

    /**
     * Keeps a packet that is sent now. Capture thread.
     *
     * @param packet an RTP packet between position and limit, as {@link RtpPacket#writeHeader} begins it: without contributing
     *     sources, extension and padding, and not yet encrypted; neither moved nor kept
     * @param nowNs time of sending
     */
    public void onSent(ByteBuffer packet, long nowNs) {
        int at = packet.position();
        int bytes = packet.remaining();
        sent.add(bytes, nowNs);
        if (bytes < RtpPacket.HEADER_BYTES || bytes > maxPacketBytes) {
            return;
        }
        int sequence = BigEndian.get16(packet, at + 2);
        int slot = sequence & mask;
        long version = versions.getPlain(slot);
        versions.setOpaque(slot, version + 1);
        VarHandle.storeStoreFence();
        sequences[slot] = sequence;
        lengths[slot] = bytes;
        packet.get(at, packets, slot * maxPacketBytes, bytes);
        versions.setRelease(slot, version + 2);
    }

    /**
     * Copies a packet that is to be resent now, if the limits allow it, and counts it. Network thread.
     *
     * @param sequence its sequence number; the lower 16 bits count
     * @param nowNs the time
     * @param into receives the header at absolute position 0 and the payload behind it, {@code gapBytes} later
     * @return the length of the packet without the gap, or {@link #NOT_STORED} or {@link #REFUSED}; {@code into} is undefined
     *     then
     */
    int copy(int sequence, long nowNs, ByteBuffer into, int gapBytes) {
        int slot = sequence & mask;
        long version = versions.getAcquire(slot);
        if (version == 0 || (version & 1) != 0 || sequences[slot] != (sequence & 0xffff)) {
            return NOT_STORED;
        }
        boolean first = resentVersions[slot] != version;
        if (!first && (resends[slot] >= MAX_RESENDS || nowNs - lastResentNs[slot] < MIN_GAP_MS * NS_PER_MS)) {
            return REFUSED;
        }
        int bytes = lengths[slot];
        // One bucket less of what was sent, one more of what was resent: the current bucket has only begun.
        if (resent.within(BUCKETS + 1, nowNs) + bytes + gapBytes > share * sent.within(BUCKETS, nowNs)) {
            return REFUSED;
        }
        int from = slot * maxPacketBytes;
        into.put(0, packets, from, RtpPacket.HEADER_BYTES);
        into.put(
                RtpPacket.HEADER_BYTES + gapBytes,
                packets,
                from + RtpPacket.HEADER_BYTES,
                bytes - RtpPacket.HEADER_BYTES);
        VarHandle.loadLoadFence();
        if (versions.getOpaque(slot) != version) {
            return NOT_STORED;
        }
        resentVersions[slot] = version;
        resends[slot] = first ? 1 : resends[slot] + 1;
        lastResentNs[slot] = nowNs;
        resent.add(bytes + gapBytes, nowNs);
        return bytes;
    }

    /**
     * Bytes of about the last second, in buckets of an eighth of it. One thread adds, another may sum: a bucket is one
     * {@code long}, its number in the upper half and its bytes in the lower.
     */
    private static final class ByteWindow {

        private static final int RING = 2 * BUCKETS;

        private final AtomicLongArray buckets = new AtomicLongArray(RING);

        void add(int bytes, long nowNs) {
            long number = Math.floorDiv(nowNs, BUCKET_NS);
            int index = (int) Math.floorMod(number, (long) RING);
            long bucket = buckets.getPlain(index);
            long before = (int) (bucket >>> 32) == (int) number ? bucket & 0x7fff_ffffL : 0;
            buckets.setOpaque(index, number << 32 | Math.min(0x7fff_ffffL, before + bytes));
        }

        /** Returns the bytes of the last {@code count} buckets, the current one included. */
        long within(int count, long nowNs) {
            long last = Math.floorDiv(nowNs, BUCKET_NS);
            long sum = 0;
            for (long number = last - count + 1; number <= last; number++) {
                long bucket = buckets.getOpaque((int) Math.floorMod(number, (long) RING));
                if ((int) (bucket >>> 32) == (int) number) {
                    sum += bucket & 0x7fff_ffffL;
                }
            }
            return sum;
        }
    }
}
