package voiptui.relay.control;

/**
 * Limits for v2 connections. An address is what one customer of a network has: an IPv4 address, or the 64-bit prefix of
 * an IPv6 address.
 *
 * @param timeouts how long one connection may be silent
 * @param handshakes how many handshakes one address may make
 */
public record ConnectionLimits(Timeouts timeouts, Handshakes handshakes) {

    /**
     * How long one connection may be silent, in milliseconds.
     *
     * @param handshakeMs the time for the TLS handshake
     * @param helloMs the time from the end of the handshake to {@code hello}
     * @param idleMs the silence after which a signed-in connection is closed
     */
    public record Timeouts(int handshakeMs, int helloMs, int idleMs) {}

    /**
     * How many handshakes one address may make.
     *
     * @param perSecond the sustained rate, in connections per second
     * @param burst how many may come at once
     * @param concurrent how many may be in progress at a time
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
        return new ConnectionLimits(new Timeouts(5_000, 5_000, 35_000), new Handshakes(20, 300, 32, 30, 60_000, 4_096));
    }
}
