package voiptui.relay.control.limit;

import java.util.List;
import voiptui.net.IpNetwork;

/**
 * Limits for v2 connections. An address is what one customer of a network has: an IPv4 address, or the 64-bit prefix of
 * an IPv6 address.
 *
 * @param timeouts how long one connection may be silent
 * @param handshakes how many handshakes one address may make
 * @param exempt networks whose addresses may make any number of handshakes
 */
public record ConnectionLimits(Timeouts timeouts, Handshakes handshakes, List<IpNetwork> exempt) {

    /** The default of {@link Handshakes#burst}. */
    public static final int DEFAULT_HANDSHAKES = 300;

    /** The sustained rate, per second, is this fraction of the burst. */
    private static final int SECONDS_PER_BURST = 15;
    /** Of a burst, this fraction may fail. */
    private static final int FAILURES_PER_BURST = 10;

    /** Copies the list. */
    public ConnectionLimits {
        exempt = List.copyOf(exempt);
    }

    /** Creates limits for everybody. */
    public ConnectionLimits(Timeouts timeouts, Handshakes handshakes) {
        this(timeouts, handshakes, List.of());
    }

    /**
     * How long one connection may be silent, in milliseconds.
     *
     * @param handshakeMs the time for the TLS handshake
     * @param helloMs the time from the end of the handshake to {@code hello}
     * @param idleMs the silence after which a signed-in connection is closed
     */
    public record Timeouts(int handshakeMs, int helloMs, int idleMs) {}

    /**
     * How many handshakes one address may make. The IPv6 networks of the next sizes, /56 and /48, may each make twice as
     * many as one of their parts.
     *
     * @param perSecond the sustained rate, in connections per second
     * @param burst how many may come at once
     * @param concurrent how many may be in progress or wait at a time
     * @param failures how many may fail within {@code blockMs}
     * @param blockMs how long an address with more failures is blocked, in milliseconds
     * @param addresses how many addresses are remembered; the one unused for longest is forgotten
     */
    public record Handshakes(int perSecond, int burst, int concurrent, int failures, int blockMs, int addresses) {}

    /**
     * Returns limits that suit an office of some hundred phones behind one NAT that all reconnect at once after the
     * relay was restarted: a phone that is refused tries again within seconds. A handshake costs about 7 ms of processor
     * time, and holds 100 kB of memory while it is in progress; hence few of one address may be.
     */
    public static ConnectionLimits defaults() {
        return of(DEFAULT_HANDSHAKES, List.of());
    }

    /**
     * Returns the default limits with another number of handshakes.
     *
     * @param handshakes how many handshakes one address may make at once, at least 1; a fifteenth of it each second, and a
     *     tenth may fail within a minute
     * @param exempt networks without these limits
     * @throws IllegalArgumentException if the number is out of range; the message is for the user
     */
    public static ConnectionLimits of(int handshakes, List<IpNetwork> exempt) {
        if (handshakes < 1) {
            throw new IllegalArgumentException("the handshake limit must be at least 1, not " + handshakes);
        }
        return new ConnectionLimits(
                new Timeouts(5_000, 5_000, 35_000),
                new Handshakes(
                        Math.max(1, handshakes / SECONDS_PER_BURST),
                        handshakes,
                        32,
                        Math.max(1, handshakes / FAILURES_PER_BURST),
                        60_000,
                        4_096),
                exempt);
    }
}
