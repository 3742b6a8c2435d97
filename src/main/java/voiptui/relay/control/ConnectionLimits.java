package voiptui.relay.control;

/**
 * What the relay bears from connections of the second protocol, each and all of one address. An address is what one
 * customer of a network has: an IPv4 address, or the 64 bits that an IPv6 address begins with.
 *
 * @param handshakeMs how long a TLS handshake may take, in milliseconds
 * @param helloMs how long {@code hello} may take after that, in milliseconds
 * @param idleMs after how much silence a connection is closed, in milliseconds
 * @param perSecond how many connections of one address are taken in the long run, in a second
 * @param burst how many of them may come at once
 * @param handshakesAtOnce how many handshakes of one address may be under way at a time
 * @param failures how many handshakes of one address may fail within {@code awayMs}
 * @param awayMs for how long an address with more failures than that is turned away, in milliseconds
 * @param addresses how many addresses are remembered at most; the one not heard of for longest is forgotten
 */
public record ConnectionLimits(
        int handshakeMs,
        int helloMs,
        int idleMs,
        int perSecond,
        int burst,
        int handshakesAtOnce,
        int failures,
        int awayMs,
        int addresses) {

    /**
     * What fits an office of some hundred phones behind one NAT that all come back at once after the relay was
     * restarted: who finds no place tries again within seconds. A handshake costs some 7 ms of processor time, and a half one
     * 100 kB of memory while it lasts, which is why so few of one address may be under way.
     */
    public static ConnectionLimits defaults() {
        return new ConnectionLimits(5_000, 5_000, 35_000, 20, 300, 32, 30, 60_000, 4_096);
    }
}
