package voiptui.relay.media;

/**
 * Holds one sender to a {@link SenderRate}. Two token buckets, each kept as the time at which it will be full again (the
 * virtual scheduling of ITU-T I.371, annex A): two additions per packet, no division. Owned by the media thread.
 */
final class SenderLimit {

    private static final double SECOND_NS = 1_000_000_000.0;
    private static final long BURST_NS = SenderRate.BURST_MS * 1_000_000L;
    /** Fractions of a nanosecond, so that high rates do not round to a cost of nothing. */
    private static final int FRACTION_BITS = 4;

    private final long packetCost;
    private final long byteCost;
    /** When the buckets are full again, in sixteenths of a nanosecond after {@link #originNs}. */
    private long packetsFullAt;

    private long bytesFullAt;
    private final long originNs;

    /** Datagrams cut since the last line about this sender. */
    long cut;
    /** The earliest time of the next line about this sender. */
    long nextLineNs;

    /** Creates full buckets. */
    SenderLimit(SenderRate rate, long nowNs) {
        this.packetCost = cost(rate.packetsPerSecond());
        this.byteCost = cost(rate.bytesPerSecond());
        this.originNs = nowNs;
        this.nextLineNs = nowNs;
    }

    private static long cost(int perSecond) {
        return Math.round(SECOND_NS * (1 << FRACTION_BITS) / perSecond);
    }

    /** Returns whether a datagram of {@code bytes} bytes may pass, and counts it if so. */
    boolean allows(int bytes, long nowNs) {
        long now = nowNs - originNs << FRACTION_BITS;
        long most = now + (BURST_NS << FRACTION_BITS);
        long packets = Math.max(packetsFullAt, now) + packetCost;
        long volume = Math.max(bytesFullAt, now) + bytes * byteCost;
        if (packets > most || volume > most) {
            return false;
        }
        packetsFullAt = packets;
        bytesFullAt = volume;
        return true;
    }
}
