package voiptui.relay.admission;

import java.net.InetAddress;
import voiptui.net.IpNetwork;
import voiptui.net.NetworkMap;
import voiptui.time.NanoClock;
import voiptui.time.RateLimiter;

/**
 * Allows a limited number of events per interval for each address (each /64 network of IPv6). It remembers a bounded number
 * of addresses: the one unused for longest is forgotten. Owned by one thread.
 */
public final class AddressRateLimiter {

    private static final int MAX_ADDRESSES = 4_096;

    private final int perInterval;
    private final long intervalNs;
    private final NanoClock clock;
    private final NetworkMap<RateLimiter> limiters = new NetworkMap<>(MAX_ADDRESSES);

    /**
     * Creates a limiter.
     *
     * @param perInterval events allowed per interval and address
     * @param intervalNs length of an interval, in nanoseconds
     */
    public AddressRateLimiter(int perInterval, long intervalNs, NanoClock clock) {
        this.perInterval = perInterval;
        this.intervalNs = intervalNs;
        this.clock = clock;
    }

    /** Returns whether one more event of {@code address} is allowed now, and counts it if so. */
    public boolean allows(InetAddress address) {
        return limiters.computeIfAbsent(
                        IpNetwork.ofSite(address), added -> new RateLimiter(perInterval, intervalNs, clock))
                .allows();
    }
}
