package voiptui.relay;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The local addresses that a relay listens on, all with the same ports. Immutable; any thread.
 *
 * @param addresses at most one of each family; none for all addresses of this machine
 */
public record ListenAddresses(List<InetAddress> addresses) {

    /** All addresses of this machine. */
    public static final ListenAddresses ALL = new ListenAddresses(List.of());

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it has several addresses of one family; the message is for the user
     */
    public ListenAddresses {
        addresses = List.copyOf(addresses);
        long ipv6 = addresses.stream().filter(Inet6Address.class::isInstance).count();
        boolean mixesAll = addresses.size() > 1 && addresses.stream().anyMatch(InetAddress::isAnyLocalAddress);
        if (ipv6 > 1 || addresses.size() - ipv6 > 1 || mixesAll) {
            throw new IllegalArgumentException(
                    "--bind takes one IPv4 and one IPv6 address; without it, the relay listens on all addresses");
        }
    }

    /** Returns one address; null: all. */
    public static ListenAddresses of(@Nullable InetAddress address) {
        return address == null ? ALL : new ListenAddresses(List.of(address));
    }

    /** Returns the addresses to open sockets for: each of these, or null alone for all. */
    List<@Nullable InetAddress> forSockets() {
        return addresses.isEmpty() ? Collections.singletonList(null) : Collections.unmodifiableList(addresses);
    }

    /** Returns whether packets to a local address arrive. */
    boolean include(InetAddress address) {
        return addresses.isEmpty()
                || addresses.contains(address)
                || addresses.stream()
                        .anyMatch(any -> any.isAnyLocalAddress()
                                && (any instanceof Inet6Address || address instanceof Inet4Address));
    }

    /** Returns the first address; null: all. */
    @Nullable
    InetAddress first() {
        return addresses.isEmpty() ? null : addresses.get(0);
    }
}
