package voiptui.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The order in which the addresses of a host are tried: after RFC 6724 (section 6, rules 1 and 6: what can be reached first,
 * then by precedence), with the families taking turns (RFC 8305, section 4). Pure functions.
 */
public final class AddressOrder {

    private AddressOrder() {}

    /**
     * Sorts the addresses of a host.
     *
     * @param hasRoute whether this machine has a route to an address
     */
    static List<InetAddress> sort(List<InetAddress> addresses, Predicate<InetAddress> hasRoute) {
        List<InetAddress> reachable = new ArrayList<>();
        List<InetAddress> rest = new ArrayList<>();
        for (InetAddress address : addresses) {
            (hasRoute.test(address) ? reachable : rest).add(address);
        }
        reachable.sort(Comparator.comparingInt(AddressOrder::rank));
        List<InetAddress> sorted = alternate(reachable);
        sorted.addAll(rest);
        return sorted;
    }

    /** Moves the addresses of the family of {@code like} to the front. */
    static List<InetAddress> familyFirst(List<InetAddress> addresses, InetAddress like) {
        List<InetAddress> sorted = new ArrayList<>(addresses);
        sorted.sort(Comparator.comparing(address -> !isSameFamily(address, like)));
        return sorted;
    }

    /** Returns whether both are IPv4, or both IPv6. */
    public static boolean isSameFamily(InetAddress one, InetAddress other) {
        return one instanceof Inet6Address == other instanceof Inet6Address;
    }

    /** Returns the place by precedence (RFC 6724, 2.1): IPv6, then IPv4, then what rarely leads far. */
    private static int rank(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return 1;
        }
        byte[] bytes = address.getAddress();
        boolean isUniqueLocal = (bytes[0] & 0xfe) == 0xfc;
        boolean is6to4 = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean isTeredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        return isUniqueLocal || is6to4 || isTeredo ? 2 : 0;
    }

    private static List<InetAddress> alternate(List<InetAddress> sorted) {
        Deque<InetAddress> first = new ArrayDeque<>();
        Deque<InetAddress> second = new ArrayDeque<>();
        for (InetAddress address : sorted) {
            (isSameFamily(address, sorted.get(0)) ? first : second).add(address);
        }
        List<InetAddress> alternating = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            for (Deque<InetAddress> family : List.of(first, second)) {
                if (!family.isEmpty()) {
                    alternating.add(family.remove());
                }
            }
        }
        return alternating;
    }
}
