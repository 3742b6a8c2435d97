package voiptui.relay;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.media.socket.MediaSockets;

/**
 * How the file descriptors that the process may open are divided, so that neither idle connections nor many clients
 * can use up what the others need; and the limits for v2 connections. Set by the machine, not by the user.
 *
 * @param maxControlConnections the greatest number of open control connections that nobody has signed in on
 * @param maxClientSockets the greatest number of clients with a UDP socket of their own; 0: all use the shared one
 * @param connections the limits for v2 connections
 */
record DescriptorBudget(int maxControlConnections, int maxClientSockets, ConnectionLimits connections) {

    private static final int MIN_CONNECTIONS = 16;
    /** Each costs 5 kB of heap (measured), which also lengthens collections. */
    private static final int MAX_CONNECTIONS = 2_048;
    /** Descriptors for everything else the program opens, and for accepted connections over the limit. */
    private static final int RESERVE = 32;
    /** The number of free descriptors to assume if the system does not report it. */
    private static final long UNKNOWN_FREE = 8_192;

    /**
     * Returns the budget for this machine, with room for {@code maxClients} v2 connections, and no more connected UDP sockets
     * than the system finds quickly.
     */
    static DescriptorBudget forThisMachine(int maxClients) {
        return ofFreeDescriptors(freeDescriptors(), maxClients).withClientSocketsUpTo(MediaSockets.maxConnected());
    }

    /** Returns this budget with at most that many connected UDP sockets; clients without one share a socket. */
    DescriptorBudget withClientSocketsUpTo(int most) {
        return new DescriptorBudget(maxControlConnections, Math.min(maxClientSockets, most), connections);
    }

    /** Returns how many clients this machine has descriptors for: one each, from a third of what is usable; at least 1. */
    static int maxClientsOfThisMachine() {
        return maxClients(freeDescriptors());
    }

    /** Returns how many clients {@code free} descriptors suffice for. */
    static int maxClients(long free) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (free - RESERVE) / 3));
    }

    /** Creates a budget with the default limits for v2 connections. */
    DescriptorBudget(int maxControlConnections, int maxClientSockets) {
        this(maxControlConnections, maxClientSockets, ConnectionLimits.defaults());
    }

    /** Returns this budget with other limits for v2 connections. */
    DescriptorBudget with(ConnectionLimits limits) {
        return new DescriptorBudget(maxControlConnections, maxClientSockets, limits);
    }

    /**
     * Divides {@code free} descriptors: one for each v2 client, up to a third of what is usable; half of the rest for
     * control connections that nobody has signed in on (16 to 2,048), the other half for media sockets.
     */
    static DescriptorBudget ofFreeDescriptors(long free, int maxClients) {
        long usable = Math.max(0, free - RESERVE);
        long available = usable - Math.min(maxClients, usable / 3);
        long connections = Math.max(MIN_CONNECTIONS, Math.min(MAX_CONNECTIONS, available / 2));
        long sockets = Math.max(0, Math.min(Integer.MAX_VALUE, available - connections));
        return new DescriptorBudget((int) connections, (int) sockets);
    }

    private static long freeDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : UNKNOWN_FREE;
    }
}
