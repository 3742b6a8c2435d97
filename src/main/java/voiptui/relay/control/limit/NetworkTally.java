package voiptui.relay.control.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voiptui.net.IpNetwork;

/**
 * Counts what each network holds, so that whoever holds most can give way. IPv4 addresses belong to a /24, the smallest
 * network that is routed; IPv6 addresses are counted as /64, which belong to a /56, which belongs to a /48: the sizes that
 * customers get (RFC 6177).
 *
 * <p>Every operation takes time logarithmic in the number of items. Owned by one thread.
 *
 * @param <T> what is held
 */
final class NetworkTally<T> {

    /** The prefixes of IPv6 networks that are limited, the smallest network first, in bits. */
    private static final int[] IPV6_PREFIXES = {64, 56, 48};

    /** The IPv4 network that addresses are counted in besides, in bits. */
    private static final int IPV4_PREFIX = 24;

    private final Node<T> root = new Node<>(null);
    private final Map<T, Node<T>> leaves = new HashMap<>();

    /** A network, or all of them. */
    private static final class Node<T> {
        private final @Nullable Node<T> parent;
        private final Map<IpNetwork, Node<T>> parts = new HashMap<>();
        /** The parts by what they hold; among equals, the one that has held that for longest comes first. */
        private final TreeMap<Integer, Set<Node<T>>> partsByCount = new TreeMap<>();
        /** What a network without parts holds, oldest first. */
        private final Set<T> items = new LinkedHashSet<>();

        private @Nullable IpNetwork network;
        private int count;

        Node(@Nullable Node<T> parent) {
            this.parent = parent;
        }

        Node<T> part(IpNetwork of) {
            return parts.computeIfAbsent(of, created -> {
                Node<T> part = new Node<>(this);
                part.network = created;
                return part;
            });
        }

        /** Changes the count of this network and of those that it is a part of. */
        void change(int by) {
            Node<T> whole = parent;
            if (whole != null) {
                whole.move(this, count, count + by);
                whole.change(by);
            }
            count += by;
        }

        private void move(Node<T> part, int from, int to) {
            Set<Node<T>> former = partsByCount.get(from);
            if (former != null && former.remove(part) && former.isEmpty()) {
                partsByCount.remove(from);
            }
            if (to > 0) {
                partsByCount.computeIfAbsent(to, none -> new LinkedHashSet<>()).add(part);
            } else if (part.network != null) {
                parts.remove(part.network);
            }
        }
    }

    /** Returns the networks that {@code address} belongs to and that are limited, the smallest first. */
    static List<IpNetwork> networks(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return List.of(IpNetwork.ofSite(address));
        }
        return List.of(
                new IpNetwork(address, IPV6_PREFIXES[0]),
                new IpNetwork(address, IPV6_PREFIXES[1]),
                new IpNetwork(address, IPV6_PREFIXES[2]));
    }

    /** Returns the networks that what comes from {@code address} is counted in, the smallest first. */
    private static List<IpNetwork> counted(InetAddress address) {
        return address instanceof Inet6Address
                ? networks(address)
                : List.of(IpNetwork.ofSite(address), new IpNetwork(address, IPV4_PREFIX));
    }

    /**
     * Returns how crowded the networks of {@code address} are: what the address (IPv6: the /64) holds, half of what the
     * network of the next size holds, or a quarter of the one after that, whichever is most.
     */
    int crowd(InetAddress address) {
        List<IpNetwork> networks = counted(address);
        Node<T> node = root;
        int most = 0;
        for (int level = networks.size() - 1; level >= 0; level--) {
            node = node.parts.get(networks.get(level));
            if (node == null) {
                return most;
            }
            most = Math.max(most, node.count >> level);
        }
        return most;
    }

    /** Adds an item; one that is there already keeps its place. */
    void add(T item, InetAddress address) {
        if (leaves.containsKey(item)) {
            return;
        }
        Node<T> leaf = root;
        List<IpNetwork> networks = counted(address);
        for (int level = networks.size() - 1; level >= 0; level--) {
            leaf = leaf.part(networks.get(level));
        }
        leaf.items.add(item);
        leaves.put(item, leaf);
        leaf.change(1);
    }

    /** Removes an item, if it is there. */
    void remove(T item) {
        Node<T> leaf = leaves.remove(item);
        if (leaf != null) {
            leaf.items.remove(item);
            leaf.change(-1);
        }
    }

    /**
     * Returns the oldest item of the network that holds most: of the greatest /48 the greatest /56, and of that the greatest
     * /64; of the greatest IPv4 /24 the greatest address. If all hold the same, of the one that has held that for longest.
     */
    Optional<T> oldestOfGreatest() {
        Node<T> node = root;
        while (!node.partsByCount.isEmpty()) {
            node = node.partsByCount.lastEntry().getValue().iterator().next();
        }
        Iterator<T> oldest = node.items.iterator();
        return oldest.hasNext() ? Optional.of(oldest.next()) : Optional.empty();
    }

    /** Returns the number of items. */
    int size() {
        return leaves.size();
    }
}
