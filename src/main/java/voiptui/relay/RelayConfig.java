package voiptui.relay;

import java.net.InetAddress;
import java.nio.file.Path;
import voiptui.protocol.ClassicProtocol;
import voiptui.relay.directory.AccessPolicy;

/**
 * How a relay is set up.
 *
 * @param bind the address to listen on, or {@code null} for all of this machine's
 * @param tcpPort where control connections are taken; 0 for any free port
 * @param udpPort where media is taken; 0 for any free port
 * @param maxClients how many clients are registered at most, at least 1
 * @param tcpTimeoutMs how long a control connection may take to say its message, in milliseconds, at least 1
 * @param clientTimeoutMs how long a client is kept without a heartbeat, in milliseconds, at least 1
 * @param sweepMs how often the clients are looked over for ones to forget, in milliseconds, at least 1
 * @param stateDir where the relay keeps its identity and whose name is whose; {@code null} for a relay that speaks classic
 *     alone
 * @param access whom it lets sign in
 */
public record RelayConfig(
        InetAddress bind,
        int tcpPort,
        int udpPort,
        int maxClients,
        int tcpTimeoutMs,
        int clientTimeoutMs,
        int sweepMs,
        Path stateDir,
        AccessPolicy access) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException with a message for the user when one is out of range
     */
    public RelayConfig {
        requirePort("TCP port", tcpPort);
        requirePort("UDP port", udpPort);
        requirePositive("number of clients", maxClients);
        requirePositive("TCP time-out", tcpTimeoutMs);
        requirePositive("client time-out", clientTimeoutMs);
        requirePositive("sweep interval", sweepMs);
    }

    /** How a relay is set up that speaks classic alone. */
    public RelayConfig(
            InetAddress bind,
            int tcpPort,
            int udpPort,
            int maxClients,
            int tcpTimeoutMs,
            int clientTimeoutMs,
            int sweepMs) {
        this(bind, tcpPort, udpPort, maxClients, tcpTimeoutMs, clientTimeoutMs, sweepMs, null, AccessPolicy.OPEN);
    }

    /** The classic relay's values, on all addresses. */
    public static RelayConfig defaults() {
        return new RelayConfig(
                null,
                ClassicProtocol.TCP_PORT,
                ClassicProtocol.UDP_PORT,
                ClassicProtocol.MAX_CLIENTS,
                ClassicProtocol.TCP_TIMEOUT_MS,
                ClassicProtocol.CLIENT_TIMEOUT_MS,
                ClassicProtocol.SWEEP_INTERVAL_MS);
    }

    /** The classic relay's values, on any free ports of one address, with what it remembers in {@code stateDir}. */
    public static RelayConfig onFreePorts(InetAddress bind, Path stateDir) {
        return new RelayConfig(
                bind,
                0,
                0,
                ClassicProtocol.MAX_CLIENTS,
                ClassicProtocol.TCP_TIMEOUT_MS,
                ClassicProtocol.CLIENT_TIMEOUT_MS,
                ClassicProtocol.SWEEP_INTERVAL_MS,
                stateDir,
                AccessPolicy.OPEN);
    }

    private static void requirePort(String what, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the " + what + " should be from 0 to 65535, not " + port);
        }
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("the " + what + " should be at least 1, not " + value);
        }
    }
}
