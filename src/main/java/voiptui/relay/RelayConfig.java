package voiptui.relay;

import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.ClassicProtocol;
import voiptui.relay.call.RegistrarConfig;
import voiptui.relay.directory.AccessPolicy;

/**
 * A relay's settings.
 *
 * @param bind the address to listen on; null: all addresses of this machine
 * @param tcpPort the port for control connections, 0 to 65535; 0: any free port
 * @param udpPort the port for media, 0 to 65535; 0: any free port
 * @param maxClients the greatest number of clients, classic and v2 together, at least 1
 * @param classic the time limits for classic clients
 * @param stateDir the folder of the relay's identity and of the names that it knows; created when missing
 * @param v2 the rules for v2 clients
 */
public record RelayConfig(
        @Nullable InetAddress bind,
        int tcpPort,
        int udpPort,
        int maxClients,
        ClassicTimes classic,
        Path stateDir,
        V2Rules v2) {

    /** The longest ring limit, in milliseconds; clients stop ringing a little later by themselves. */
    private static final int MAX_RING_LIMIT_MS = 120_000;

    /**
     * Rules for v2 clients.
     *
     * @param access who may sign in
     * @param ringLimitMs how long a call may ring, in milliseconds, 1,000 to 120,000
     */
    public record V2Rules(AccessPolicy access, int ringLimitMs) {

        /** Everybody may sign in; calls ring for 60 s. */
        public static final V2Rules DEFAULT = new V2Rules(AccessPolicy.OPEN, RegistrarConfig.RING_LIMIT_MS);

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of range; the message is for the user
         */
        public V2Rules {
            if (ringLimitMs < 1_000 || ringLimitMs > MAX_RING_LIMIT_MS) {
                throw new IllegalArgumentException("the ring limit must be from 1s to 2m");
            }
        }
    }

    /**
     * Time limits for classic clients, in milliseconds, each at least 1.
     *
     * @param controlTimeoutMs how long a control connection may take to send its message
     * @param clientTimeoutMs how long a client stays registered without a heartbeat
     * @param sweepMs the interval between searches for expired clients
     */
    public record ClassicTimes(int controlTimeoutMs, int clientTimeoutMs, int sweepMs) {

        /** The classic relay's values: 30 s, 120 s (four heartbeats) and 10 s. */
        public static final ClassicTimes DEFAULT = new ClassicTimes(
                ClassicProtocol.TCP_TIMEOUT_MS, ClassicProtocol.CLIENT_TIMEOUT_MS, ClassicProtocol.SWEEP_INTERVAL_MS);

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of range; the message is for the user
         */
        public ClassicTimes {
            requirePositive("TCP timeout", controlTimeoutMs);
            requirePositive("client timeout", clientTimeoutMs);
            requirePositive("sweep interval", sweepMs);
        }
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range; the message is for the user
     */
    public RelayConfig {
        requirePort("TCP port", tcpPort);
        requirePort("UDP port", udpPort);
        requirePositive("number of clients", maxClients);
    }

    /** Returns the classic relay's settings for all addresses, open to everybody. */
    public static RelayConfig defaults(Path stateDir) {
        return new RelayConfig(
                null,
                ClassicProtocol.TCP_PORT,
                ClassicProtocol.UDP_PORT,
                ClassicProtocol.MAX_CLIENTS,
                ClassicTimes.DEFAULT,
                stateDir,
                V2Rules.DEFAULT);
    }

    /** Returns the classic relay's settings, but for any free ports of one address. */
    public static RelayConfig onFreePorts(InetAddress bind, Path stateDir) {
        return defaults(stateDir).listeningOn(bind, 0, 0);
    }

    /** Returns these settings with another address and other ports. */
    public RelayConfig listeningOn(@Nullable InetAddress address, int tcp, int udp) {
        return new RelayConfig(address, tcp, udp, maxClients, classic, stateDir, v2);
    }

    /** Returns these settings with another limit on the number of clients and other times. */
    public RelayConfig withLimits(int clients, ClassicTimes times) {
        return new RelayConfig(bind, tcpPort, udpPort, clients, times, stateDir, v2);
    }

    private static void requirePort(String what, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the " + what + " must be from 0 to 65535, not " + port);
        }
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("the " + what + " must be at least 1, not " + value);
        }
    }
}
