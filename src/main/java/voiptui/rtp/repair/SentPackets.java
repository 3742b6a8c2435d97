package voiptui.rtp.repair;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import voiptui.rtp.BigEndian;
import voiptui.rtp.RtpPacket;

/**
 * The last RTP packets sent, kept to answer NACKs (RFC 4588). Written by the capture thread, read by the network thread.
 *
 * <p>Neither thread waits for the other: a packet that is overwritten while it is read counts as gone. Allocates nothing after
 * construction.
 *
 * <p>NACKs come from outside, and a flood of them must not make us flood the peer. A packet is therefore resent at most
 * {@value #MAX_RESENDS} times, at least {@value #MIN_GAP_MS} ms apart, and the bytes resent within a second stay below a
 * share of the bytes sent within the last second.
 *
 * <p>A store {@linkplain #ofHistory of history} also answers requests for packets that are too old to be played, up to
 * {@value #HISTORY_MS} ms, with which the peer completes what it has heard. Those may be repeated more often, since a request and its
 * answer get lost as easily as the packet. They take the same share, but of all that was sent, of which up to {@value #CREDIT_SECONDS} s
 * may be saved up: nothing is sent in pauses, which leave room for them. Together with all else they stay below the limit of the bit rate.
 */
public final class SentPackets {

    /** How often a packet can be resent in time to be played. */
    public static final int MAX_RESENDS = 3;
    /** Least time between two resends of a packet, in milliseconds. */
    public static final int MIN_GAP_MS = 20;
    /** How old the oldest packet of a history is, in milliseconds. */
    public static final int HISTORY_MS = 30_000;
    /** A request for a packet older than this, in milliseconds, is not for playout: copies and ordinary repairs are over by then. */
    public static final int OLD_MS = 300;
    /** How often a packet of a history can be resent. */
    public static final int MAX_OLD_RESENDS = 24;
    /** Least time between two resends of an old packet, in milliseconds. */
    public static final int MIN_OLD_GAP_MS = 80;

    /** The part of the bit rate that is left for old packets in any case: copies give way to them. */
    static final double RESERVED_SHARE = 0.2;
    /** For how long a sender at the limit of its bit rate saves up what it may resend of a history, in seconds. */
    static final int CREDIT_SECONDS = 10;

    /** Result of {@link #copy}: never sent, or too long ago. */
    static final int NOT_STORED = 0;
    /** Result of {@link #copy}: resent too often or too much. */
    static final int REFUSED = -1;

    /** Packets of 10 ms in a history, and some more. */
    private static final int HISTORY_PACKETS = 4096;
    /** Buckets of bytes per second. */
    private static final int BUCKETS = 8;

    private static final long BUCKET_NS = 1_000_000_000L / BUCKETS;

    private final PacketRing ring;
    private final int maxPacketBytes;
    private final double share;
    /** The most that is sent in a second, in bytes with all headers; 0: there is no history. */
    private final double maxBytesPerSecond;

    private final ByteWindow sent = new ByteWindow();

    private final ByteWindow resent = new ByteWindow();
    /** All bytes sent; written by the capture thread. */
    private final AtomicLong sentBytes = new AtomicLong();
    /** Bytes resent of a history, and those that were not resent in time. */
    private double spentBytes;

    /** Bytes resent of a history since the capture thread asked. */
    private final AtomicInteger untoldBytes = new AtomicInteger();

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
        this(packets, packets * (RtpPacket.HEADER_BYTES + maxPayloadBytes), maxPayloadBytes, share, 0);
    }

    private SentPackets(int packets, int capacityBytes, int maxPayloadBytes, double share, int maxBitRateBps) {
        if (packets > 32_768) {
            throw new IllegalArgumentException("not a power of two up to 32768: " + packets);
        }
        if (!(share > 0)) {
            throw new IllegalArgumentException("share must be positive: " + share);
        }
        this.maxPacketBytes = RtpPacket.HEADER_BYTES + maxPayloadBytes;
        this.ring = new PacketRing(packets, maxPacketBytes, capacityBytes);
        this.share = share;
        this.maxBytesPerSecond = maxBitRateBps / (double) Byte.SIZE;
        this.resentVersions = new long[packets];
        this.lastResentNs = new long[packets];
        this.resends = new int[packets];
    }

    /**
     * Creates a store that keeps {@value #HISTORY_MS} ms, as long as that fits.
     *
     * @param capacityBytes bytes of all packets kept; a stream that sends more within {@value #HISTORY_MS} ms is kept for a shorter time
     * @param maxPayloadBytes longest payload; longer packets are not kept
     * @param share bytes resent within a second, at most, as a fraction of the bytes sent; positive
     * @param maxBitRateBps old packets are resent only while everything together stays below, in bit/s with IPv4, UDP and RTP headers
     */
    public static SentPackets ofHistory(int capacityBytes, int maxPayloadBytes, double share, int maxBitRateBps) {
        return new SentPackets(HISTORY_PACKETS, capacityBytes, maxPayloadBytes, share, maxBitRateBps);
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
        sent.add(bytes + RtpPacket.LOWER_LAYER_BYTES, nowNs);
        sentBytes.lazySet(sentBytes.getPlain() + bytes + RtpPacket.LOWER_LAYER_BYTES);
        if (bytes < RtpPacket.HEADER_BYTES || bytes > maxPacketBytes) {
            return;
        }
        ring.put(BigEndian.get16(packet, at + 2), 0, 0, nowNs, packet, at, bytes);
    }

    /**
     * Copies a packet that is to be resent now, if the limits allow it, and counts it. Network thread.
     *
     * @param sequence its sequence number; the lower 16 bits count
     * @param onlyOld whether to refuse packets that could still be played
     * @param nowNs the time
     * @param into receives the header at absolute position 0 and the payload behind it, {@code gapBytes} later
     * @return the length of the packet without the gap, or {@link #NOT_STORED} or {@link #REFUSED}; {@code into} is undefined
     *     then
     */
    int copy(int sequence, boolean onlyOld, long nowNs, ByteBuffer into, int gapBytes) {
        long number = sequence & 0xffff;
        int slot = ring.slot(number);
        long version = ring.version(number);
        if (version == 0) {
            return NOT_STORED;
        }
        long ageNs = nowNs - ring.timeNs(slot);
        boolean old = maxBytesPerSecond > 0 && ageNs > OLD_MS * NS_PER_MS;
        if (old && ageNs > HISTORY_MS * NS_PER_MS) {
            return NOT_STORED;
        }
        int bytes = ring.length(slot);
        boolean again = resentVersions[slot] == version;
        if (onlyOld && !old || again && isTooSoon(slot, old, nowNs) || !fits(bytes + gapBytes, old, nowNs)) {
            return REFUSED;
        }
        ring.copy(slot, 0, RtpPacket.HEADER_BYTES, into, 0);
        ring.copy(
                slot, RtpPacket.HEADER_BYTES, bytes - RtpPacket.HEADER_BYTES, into, RtpPacket.HEADER_BYTES + gapBytes);
        if (!ring.isIntact(slot, version)) {
            return NOT_STORED;
        }
        resentVersions[slot] = version;
        resends[slot] = again ? resends[slot] + 1 : 1;
        lastResentNs[slot] = nowNs;
        resent.add(bytes + gapBytes + RtpPacket.LOWER_LAYER_BYTES, nowNs);
        if (old) {
            spentBytes += bytes + gapBytes + RtpPacket.LOWER_LAYER_BYTES;
            untoldBytes.addAndGet(bytes + gapBytes + RtpPacket.LOWER_LAYER_BYTES);
        }
        return bytes;
    }

    /** Returns the bytes of old packets resent since the last call, headers included: what is sent otherwise gives way. Capture thread. */
    public int takeResentBytes() {
        return untoldBytes.get() == 0 ? 0 : untoldBytes.getAndSet(0);
    }

    private boolean isTooSoon(int slot, boolean old, long nowNs) {
        int most = old ? MAX_OLD_RESENDS : MAX_RESENDS;
        return resends[slot] >= most || nowNs - lastResentNs[slot] < (old ? MIN_OLD_GAP_MS : MIN_GAP_MS) * NS_PER_MS;
    }

    private boolean fits(int rtpBytes, boolean old, long nowNs) {
        int bytes = rtpBytes + RtpPacket.LOWER_LAYER_BYTES;
        // The current bucket has only begun: one more of what counts against the limits, one less of what counts for
        // them.
        long after = resent.within(BUCKETS + 1, nowNs) + bytes;
        if (!old) {
            return after <= share * sent.within(BUCKETS, nowNs);
        }
        double earned = share * sentBytes.get();
        spentBytes = Math.max(spentBytes, earned - share * CREDIT_SECONDS * maxBytesPerSecond);
        // Evenly: speech may begin again at any time, and needs its part of the second then.
        boolean isBurst = resent.within(2, nowNs) + bytes > maxBytesPerSecond * 2 / BUCKETS;
        boolean isReserved = after <= RESERVED_SHARE * maxBytesPerSecond;
        boolean isWithinLimit = after + sent.within(BUCKETS + 1, nowNs) <= maxBytesPerSecond;
        return !isBurst && spentBytes + bytes <= earned && (isReserved || isWithinLimit);
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
