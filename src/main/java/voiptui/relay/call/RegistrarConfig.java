package voiptui.relay.call;

import java.nio.file.Path;
import voiptui.relay.directory.AccessPolicy;

/**
 * The settings of a {@link Registrar}.
 *
 * @param maxClients the greatest number of clients, classic and v2 together, at least 1
 * @param stateDir where names and last-seen times are kept across restarts
 * @param access who may sign in
 * @param heartbeatMs the interval at which clients are asked to send, in milliseconds, at least 1
 * @param graceMs how long a session outlives its connection, in milliseconds, at least 1
 * @param ringLimitMs how long a call may ring, in milliseconds, at least 1
 * @param udpPort the relay's media port, sent to clients
 */
public record RegistrarConfig(
        int maxClients,
        Path stateDir,
        AccessPolicy access,
        int heartbeatMs,
        int graceMs,
        int ringLimitMs,
        int udpPort) {

    /** The heartbeat interval of {@code protocol.md}, section 3. */
    static final int HEARTBEAT_MS = 10_000;
    /** The grace time of {@code protocol.md}, section 3. */
    static final int GRACE_MS = 60_000;

    /** The default ring limit of {@code protocol.md}, section 3. */
    public static final int RING_LIMIT_MS = 60_000;

    /** Creates settings with the times of the protocol document. */
    public RegistrarConfig(int maxClients, Path stateDir, AccessPolicy access, int udpPort) {
        this(maxClients, stateDir, access, RING_LIMIT_MS, udpPort);
    }

    /** Creates settings with the times of the protocol document and another ring limit. */
    public RegistrarConfig(int maxClients, Path stateDir, AccessPolicy access, int ringLimitMs, int udpPort) {
        this(maxClients, stateDir, access, HEARTBEAT_MS, GRACE_MS, ringLimitMs, udpPort);
    }
}
