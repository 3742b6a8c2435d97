package voiptui.relay.directory;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import voiptui.net.IpNetwork;
import voiptui.net.NetworkMap;
import voiptui.time.NanoClock;
import voiptui.time.TokenBucket;

/**
 * Limits how many new names one place can register, so that nobody fills the directory: per IPv4 address, per IPv6 /64 and,
 * four times as many, per IPv6 /48. What a place has used up comes back over six hours.
 *
 * <p>Owned by the control thread.
 */
final class NewNameLimit {

    /** How many places are remembered; the one unused for longest is forgotten. */
    static final int MAX_PLACES = 4_096;

    private static final double REFILL_SECONDS = 6 * 3600;
    private static final int SITE_FACTOR = 4;
    private static final int SUBNET_BITS = 64;
    private static final int SITE_BITS = 48;

    private final int burst;
    private final NanoClock clock;
    private final NetworkMap<TokenBucket> places = new NetworkMap<>(MAX_PLACES);

    /**
     * Creates a limit.
     *
     * @param burst how many new names one address may register at once; 0: any number
     */
    NewNameLimit(int burst, NanoClock clock) {
        this.burst = burst;
        this.clock = clock;
    }

    /** Returns whether a client at {@code address} may register a new name now. Counts nothing. */
    boolean allows(InetAddress address) {
        return burst == 0 || allowances(address).stream().allMatch(allowance -> allowance.has(1));
    }

    /** Counts a new name. */
    void count(InetAddress address) {
        if (burst > 0) {
            allowances(address).forEach(allowance -> allowance.spend(1));
        }
    }

    private List<TokenBucket> allowances(InetAddress address) {
        return address instanceof Inet6Address
                ? List.of(
                        allowance(new IpNetwork(address, SUBNET_BITS), burst),
                        allowance(new IpNetwork(address, SITE_BITS), (double) burst * SITE_FACTOR))
                : List.of(allowance(IpNetwork.ofSite(address), burst));
    }

    private TokenBucket allowance(IpNetwork place, double most) {
        return places.computeIfAbsent(place, added -> new TokenBucket(most / REFILL_SECONDS, most, clock));
    }
}
