package voiptui.relay.directory;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import voiptui.time.NanoClock;

/**
 * Limits how many new names one place can register, so that nobody fills the directory: per IPv4 address, per IPv6 /64 and,
 * four times as many, per IPv6 /48. What a place has used up comes back over six hours.
 *
 * <p>Owned by the control thread.
 */
final class NewNameLimit {

    /** How many places are remembered; the one unused for longest is forgotten. */
    static final int MAX_PLACES = 4_096;

    private static final double REFILL_NS = 6 * 3600e9;
    private static final int SITE_FACTOR = 4;
    private static final int SUBNET_BYTES = 8;
    private static final int SITE_BYTES = 6;

    /** A part of the Internet that one customer has. */
    private record Place(List<Byte> prefix, int factor) {
        static Place of(byte[] address, int bytes, int factor) {
            Byte[] prefix = new Byte[bytes];
            Arrays.setAll(prefix, i -> address[i]);
            return new Place(List.of(prefix), factor);
        }
    }

    /** How many names a place may register now. */
    private static final class Allowance {
        private double left;
        private long asOfNs;
    }

    private final int burst;
    private final NanoClock clock;
    private final Map<Place, Allowance> places = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Allowance> oldest) {
            return size() > MAX_PLACES;
        }
    };

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
        return burst == 0 || places(address).stream().allMatch(place -> allowance(place).left >= 1);
    }

    /** Counts a new name. */
    void count(InetAddress address) {
        if (burst > 0) {
            places(address).forEach(place -> allowance(place).left--);
        }
    }

    private static List<Place> places(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? List.of(Place.of(bytes, SUBNET_BYTES, 1), Place.of(bytes, SITE_BYTES, SITE_FACTOR))
                : List.of(Place.of(bytes, bytes.length, 1));
    }

    private Allowance allowance(Place place) {
        long nowNs = clock.nanoTime();
        double most = (double) burst * place.factor;
        Allowance allowance = places.computeIfAbsent(place, added -> {
            Allowance full = new Allowance();
            full.left = most;
            full.asOfNs = nowNs;
            return full;
        });
        allowance.left = Math.min(most, allowance.left + (nowNs - allowance.asOfNs) / REFILL_NS * most);
        allowance.asOfNs = nowNs;
        return allowance;
    }
}
