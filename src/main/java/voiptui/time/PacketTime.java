package voiptui.time;

/**
 * The length of audio in one media packet: 20 ms in both protocols, for every codec (the {@code ptime} of RFC 8866, 6.4).
 */
public final class PacketTime {

    /** Milliseconds of audio in a packet. */
    public static final int MS = 20;
    /** Nanoseconds of audio in a packet. */
    public static final long NS = MS * NanoClock.NS_PER_MS;
    /** Packets per second in each direction. */
    public static final int PACKETS_PER_SECOND = 1000 / MS;

    private PacketTime() {}
}
