package voiptui.relay;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import voiptui.relay.control.ConnectionLimits;

/**
 * What the machine decides rather than the user: how the file descriptors that the process may open are shared out, so
 * that neither idle connections nor many clients can use up what the others need.
 *
 * @param maxControlConnections how many control connections may be open at once
 * @param maxClientSockets how many clients get a UDP socket of their own; 0 for none, all then use the shared one
 * @param stations what it bears from those who speak the second protocol
 */
record DescriptorBudget(int maxControlConnections, int maxClientSockets, ConnectionLimits stations) {

    private static final int MIN_CONNECTIONS = 16;
    private static final int MAX_CONNECTIONS = 4_096;
    /** Left for what else the program opens, and for connections just accepted that are one too many. */
    private static final int RESERVE = 32;
    /** What is taken to be free where the system does not tell. */
    private static final long UNKNOWN_FREE = 2L * MAX_CONNECTIONS;

    /**
     * What fits here, with room for so many stations. Several connected sockets on one port are tried and known to work on Linux; other systems differ
     * in what they make of them, and get along with the shared socket.
     */
    static DescriptorBudget forThisMachine(int maxStations) {
        DescriptorBudget shares = ofFreeDescriptors(freeDescriptors(), maxStations);
        return "Linux".equals(System.getProperty("os.name"))
                ? shares
                : new DescriptorBudget(shares.maxControlConnections, 0);
    }

    DescriptorBudget(int maxControlConnections, int maxClientSockets) {
        this(maxControlConnections, maxClientSockets, ConnectionLimits.defaults());
    }

    /**
     * One for each station that may stay connected, a third of what is free at most; half of the rest for control
     * connections that nobody has signed in on (16 to 4,096), the other half for clients' media.
     */
    static DescriptorBudget ofFreeDescriptors(long free, int maxStations) {
        long usable = Math.max(0, free - RESERVE);
        long available = usable - Math.min(maxStations, usable / 3);
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
