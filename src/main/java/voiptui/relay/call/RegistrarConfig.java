package voiptui.relay.call;

import java.nio.file.Path;
import voiptui.relay.directory.AccessPolicy;

/**
 * How the second protocol's side of a relay is set up.
 *
 * @param maxClients how many clients are known at most, stations and classic ones together, at least 1
 * @param stateDir where names and times are kept over restarts; {@code null} to keep them in memory only
 * @param access whom the relay takes
 * @param heartbeatMs how often a station is asked to say that it is there, in milliseconds, at least 1
 * @param graceMs how long a station is kept whose connection is gone, in milliseconds, at least 1
 * @param udpPort where media goes, as stations are told
 */
public record RegistrarConfig(
        int maxClients, Path stateDir, AccessPolicy access, int heartbeatMs, int graceMs, int udpPort) {

    /** How often a station says that it is there; {@code protocol.md}, section 3. */
    static final int HEARTBEAT_MS = 10_000;
    /** How long a station may be away; {@code protocol.md}, section 3. */
    static final int GRACE_MS = 60_000;

    public RegistrarConfig(int maxClients, Path stateDir, AccessPolicy access, int udpPort) {
        this(maxClients, stateDir, access, HEARTBEAT_MS, GRACE_MS, udpPort);
    }
}
