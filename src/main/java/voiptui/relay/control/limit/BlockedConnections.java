package voiptui.relay.control.limit;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.net.InetAddress;
import java.util.function.Predicate;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.net.IpNetwork;
import voiptui.net.NetworkMap;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Refuses connections from addresses that the operator has blocked, when they are accepted. A few of them go on, at most
 * {@value #TOLD_PER_SECOND} a second of each address (each /64 network of IPv6) and {@value #TOLD_IN_ALL} in all, so that they
 * are told in words; the others cost neither a handshake nor a line in the log. Owned by the control thread.
 */
public final class BlockedConnections {

    static final int TOLD_PER_SECOND = 2;
    static final int TOLD_IN_ALL = 10;

    private static final long SECOND_NS = 1_000 * NS_PER_MS;
    private static final int MAX_ADDRESSES = 1_024;

    private final Predicate<InetAddress> isBlocked;
    private final Counters counters;
    private final NanoClock clock;
    private final NetworkMap<RateLimiter> told = new NetworkMap<>(MAX_ADDRESSES);
    private final RateLimiter toldInAll;

    /**
     * Creates the filter of a relay that is starting.
     *
     * @param isBlocked whether the operator has blocked an address
     */
    public BlockedConnections(Predicate<InetAddress> isBlocked, Counters counters, NanoClock clock) {
        this.isBlocked = isBlocked;
        this.counters = counters;
        this.clock = clock;
        this.toldInAll = new RateLimiter(TOLD_IN_ALL, SECOND_NS, clock);
    }

    /** Returns whether a connection from {@code address} is to be closed unread, and counts it if so. */
    public boolean refuses(InetAddress address) {
        if (!isBlocked.test(address) || mayBeTold(address)) {
            return false;
        }
        counters.increment(Counter.REFUSED_BLOCKED);
        return true;
    }

    private boolean mayBeTold(InetAddress address) {
        RateLimiter own = told.computeIfAbsent(
                IpNetwork.ofSite(address), added -> new RateLimiter(TOLD_PER_SECOND, SECOND_NS, clock));
        return own.allows() && toldInAll.allows();
    }
}
