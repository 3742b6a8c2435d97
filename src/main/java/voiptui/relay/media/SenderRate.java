package voiptui.relay.media;

/**
 * How much media one client may send. A call never comes near the default: it sends at most 400 packets (2.5 ms each) or
 * 105 kB a second, and retransmissions.
 *
 * @param packetsPerSecond datagrams per second on average, at least 1
 * @param bytesPerSecond payload bytes per second on average, at least {@value #MIN_BYTES_PER_SECOND}
 */
public record SenderRate(int packetsPerSecond, int bytesPerSecond) {

    /** The default: 1,000 datagrams and 500,000 bytes a second. */
    public static final SenderRate DEFAULT = new SenderRate(1_000, 500_000);

    /** The smallest rate in bytes: below it, the longest datagram would never pass. */
    public static final int MIN_BYTES_PER_SECOND = 1_200;

    /** What may come at once after a pause of the network: this many milliseconds at the full rate. */
    static final int BURST_MS = 2_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range; the message is for the user
     */
    public SenderRate {
        if (packetsPerSecond < 1) {
            throw new IllegalArgumentException("the packet rate must be at least 1, not " + packetsPerSecond);
        }
        if (bytesPerSecond < MIN_BYTES_PER_SECOND) {
            throw new IllegalArgumentException(
                    "the byte rate must be at least " + MIN_BYTES_PER_SECOND + ", not " + bytesPerSecond);
        }
    }
}
