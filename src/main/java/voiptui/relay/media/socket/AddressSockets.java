package voiptui.relay.media.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The unconnected sockets of a relay that listens on all addresses: one for each of the machine's addresses, and for each
 * other address that a client reached the relay at, such as 127.0.0.2, which no interface lists.
 *
 * <p>The control thread opens them, the media thread decides which are still needed; both may look them up.
 */
public final class AddressSockets {

    /** Refreshes after which a socket that nobody needs is closed: it may have been opened for a client that is yet to come. */
    private static final int SPARE_REFRESHES = 2;

    private final MediaSockets sockets;
    private final RelaySocket main;
    private final Map<InetAddress, RelaySocket> byAddress = new ConcurrentHashMap<>();
    /** The addresses of the machine's interfaces. Replaced by the control thread. */
    private volatile Set<InetAddress> listed = Set.of();

    /**
     * Creates an empty set.
     *
     * @param main the socket that serves where there is no other
     */
    public AddressSockets(MediaSockets sockets, RelaySocket main) {
        this.sockets = sockets;
        this.main = main;
    }

    /** Returns the socket at {@code local}, else the main one. Any thread. */
    public RelaySocket at(InetAddress local) {
        RelaySocket socket = byAddress.get(local);
        return socket == null ? main : socket;
    }

    /**
     * Returns a new socket at {@code local}; null if there is one already, none is needed, or none can be had: the main one
     * then has to do. Control thread.
     *
     * @param failed told why the system refused
     */
    @Nullable
    public RelaySocket open(InetAddress local, Consumer<Exception> failed) {
        if (!sockets.hasSocketPerAddress()
                || local.isAnyLocalAddress()
                || local.equals(main.local)
                || local.isMulticastAddress()
                || byAddress.containsKey(local)
                || byAddress.size() >= MediaSockets.MAX_ADDRESSES) {
            return null;
        }
        try {
            DatagramChannel channel = sockets.openAt(local);
            RelaySocket socket = new RelaySocket(channel, local, null);
            byAddress.put(local, socket);
            return socket;
        } catch (IOException | RuntimeException refused) {
            failed.accept(refused);
            return null;
        }
    }

    /** Notes the addresses of the machine's interfaces; returns those without a socket. Control thread. */
    public Set<InetAddress> onListed(Collection<InetAddress> addresses) {
        listed = Set.copyOf(addresses);
        Set<InetAddress> missing = new HashSet<>(listed);
        missing.removeAll(byAddress.keySet());
        return missing;
    }

    /** Passes each socket that nobody needs any more to {@code close}: no interface has its address, no flow uses it. Media thread. */
    public void closeUnused(Consumer<RelaySocket> close) {
        byAddress.values().removeIf(socket -> {
            boolean isSpare = socket.users == 0 && !listed.contains(socket.local);
            socket.spareRefreshes = isSpare ? socket.spareRefreshes + 1 : 0;
            if (socket.spareRefreshes < SPARE_REFRESHES) {
                return false;
            }
            close.accept(socket);
            return true;
        });
    }

    /** Passes all sockets but the main one to {@code close}. Media thread. */
    public void closeAll(Consumer<RelaySocket> close) {
        byAddress.values().forEach(close);
        byAddress.clear();
    }
}
