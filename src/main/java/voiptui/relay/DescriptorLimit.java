package voiptui.relay;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets this process may have open, and what of that control connections may take. */
final class DescriptorLimit {

    private static final int MIN_CONNECTIONS = 16;
    private static final int MAX_CONNECTIONS = 4_096;

    private DescriptorLimit() {
    }

    /** Half of what the process may open, from 16 to 4,096; the other half is for media and the program itself. */
    static int maxControlConnections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? maxControlConnections(unix.getMaxFileDescriptorCount())
                : MAX_CONNECTIONS;
    }

    static int maxControlConnections(long descriptors) {
        return (int) Math.max(MIN_CONNECTIONS, Math.min(MAX_CONNECTIONS, descriptors / 2));
    }
}
