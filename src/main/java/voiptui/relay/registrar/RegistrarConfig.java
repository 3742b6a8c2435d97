package voiptui.relay.registrar;

import org.jspecify.annotations.Nullable;
import voiptui.relay.directory.Directory;

/**
 * The settings of a {@link Registrar}.
 *
 * @param maxClients the greatest number of clients, classic and v2 together, at least 1
 * @param directory the names and blocks
 * @param heartbeatMs the interval at which clients are asked to send, in milliseconds, at least 1
 * @param graceMs how long a session outlives its connection, in milliseconds, at least 1
 * @param ringLimitMs how long a call may ring, in milliseconds, at least 1
 * @param media where clients send media
 */
public record RegistrarConfig(
        int maxClients, Directory directory, int heartbeatMs, int graceMs, int ringLimitMs, MediaAddress media) {

    /** The heartbeat interval of {@code protocol.md}, section 3. */
    static final int HEARTBEAT_MS = 10_000;
    /** The longest interval that a client may wish. */
    static final int MAX_HEARTBEAT_MS = 60_000;
    /** The grace time of {@code protocol.md}, section 3. */
    static final int GRACE_MS = 60_000;

    /** The default ring limit of {@code protocol.md}, section 3. */
    public static final int RING_LIMIT_MS = 60_000;

    /**
     * Where clients send media, and how the relay tells its sessions from those of other relays.
     *
     * @param udpPort the relay's media port
     * @param udpHost the IP address of the port; null: the one that the client connected to
     * @param relayPrefix the first 16 bits of every session number: 0 to 65535
     */
    public record MediaAddress(int udpPort, @Nullable String udpHost, int relayPrefix) {

        private static final int PREFIX_SHIFT = 48;

        /** Returns a session number with the relay's prefix and the last 48 bits of {@code random}. */
        long sessionId(long random) {
            return (long) relayPrefix << PREFIX_SHIFT | random & (1L << PREFIX_SHIFT) - 1;
        }
    }

    /** Returns the heartbeat interval for a client that wishes {@code wishedMs}: the longer one, within bounds. */
    int heartbeatMs(long wishedMs) {
        return (int) Math.max(heartbeatMs, Math.min(wishedMs, MAX_HEARTBEAT_MS));
    }

    /** Creates settings with the times of the protocol document. */
    public RegistrarConfig(int maxClients, Directory directory, MediaAddress media) {
        this(maxClients, directory, RING_LIMIT_MS, media);
    }

    /** Creates settings with the times of the protocol document and another ring limit. */
    public RegistrarConfig(int maxClients, Directory directory, int ringLimitMs, MediaAddress media) {
        this(maxClients, directory, HEARTBEAT_MS, GRACE_MS, ringLimitMs, media);
    }

    /** Creates settings with the times of the protocol document, for media to the address that clients connect to. */
    public RegistrarConfig(int maxClients, Directory directory, int udpPort) {
        this(maxClients, directory, new MediaAddress(udpPort, null, 0));
    }
}
