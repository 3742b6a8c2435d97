package voiptui.relay.call;

import voiptui.relay.directory.Directory;

/**
 * The settings of a {@link Registrar}.
 *
 * @param maxClients the greatest number of clients, classic and v2 together, at least 1
 * @param directory the names and blocks
 * @param heartbeatMs the interval at which clients are asked to send, in milliseconds, at least 1
 * @param graceMs how long a session outlives its connection, in milliseconds, at least 1
 * @param udpPort the relay's media port, sent to clients
 */
public record RegistrarConfig(int maxClients, Directory directory, int heartbeatMs, int graceMs, int udpPort) {

    /** The heartbeat interval of {@code protocol.md}, section 3. */
    static final int HEARTBEAT_MS = 10_000;
    /** The grace time of {@code protocol.md}, section 3. */
    static final int GRACE_MS = 60_000;

    /** Creates settings with the times of the protocol document. */
    public RegistrarConfig(int maxClients, Directory directory, int udpPort) {
        this(maxClients, directory, HEARTBEAT_MS, GRACE_MS, udpPort);
    }
}
