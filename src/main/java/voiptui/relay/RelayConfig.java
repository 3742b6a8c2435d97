package voiptui.relay;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.net.IpNetwork;
import voiptui.protocol.classic.ClassicProtocol;
import voiptui.relay.admission.ClassicAccess;
import voiptui.relay.admission.ClientLimits;
import voiptui.relay.cluster.ClusterConfig;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.DirectorySettings;
import voiptui.relay.media.SenderRate;
import voiptui.relay.media.ThreadCount;
import voiptui.relay.media.socket.UdpBatch;
import voiptui.relay.registrar.RegistrarConfig;

/**
 * A relay's settings.
 *
 * @param bind the addresses to listen on
 * @param tcpPort the port for control connections, 0 to 65535; 0: any free port
 * @param udpPort the port for media, 0 to 65535; 0: any free port
 * @param media where clients send media, and how much
 * @param admission who is admitted, and how many
 * @param times time limits
 * @param directory the folder of the relay's state, who may sign in, and limits for names
 * @param cluster the other relays; null: there are none
 */
public record RelayConfig(
        ListenAddresses bind,
        int tcpPort,
        int udpPort,
        Media media,
        Admission admission,
        Times times,
        DirectorySettings directory,
        @Nullable ClusterConfig cluster) {

    /**
     * The media of the clients.
     *
     * @param udpHost the address that clients send it to; null: the one that they connected to
     * @param senderRate how much each client may send
     * @param batch whether datagrams are read and written in batches
     * @param threads how many threads do that
     */
    public record Media(@Nullable InetAddress udpHost, SenderRate senderRate, UdpBatch batch, ThreadCount threads) {

        /** To the address that clients connected to, at the default rate. */
        public static final Media DEFAULT =
                new Media(null, SenderRate.DEFAULT, UdpBatch.AUTO, ThreadCount.ofThisMachine());
    }

    /**
     * Who is admitted besides those that the directory names, how many, and how fast they may connect.
     *
     * @param classic from where classic clients are admitted
     * @param limits how many clients there may be
     * @param connections limits for v2 connections
     * @param balancers load balancers, whose connections begin with a header of the PROXY protocol
     */
    public record Admission(
            ClassicAccess classic, ClientLimits limits, ConnectionLimits connections, List<IpNetwork> balancers) {

        /** Everybody, up to the default limits. */
        public static final Admission OPEN =
                new Admission(ClassicAccess.ON, ClientLimits.DEFAULT, ConnectionLimits.defaults());

        /** Copies the list. */
        public Admission {
            balancers = List.copyOf(balancers);
        }

        /** Without load balancers. */
        public Admission(ClassicAccess classic, ClientLimits limits, ConnectionLimits connections) {
            this(classic, limits, connections, List.of());
        }

        private Admission with(ClientLimits other) {
            return new Admission(classic, other, connections, balancers);
        }
    }

    /**
     * Time limits.
     *
     * @param classic those for classic clients
     * @param ringLimitMs how long a call may ring, in milliseconds, 1,000 to 120,000
     */
    public record Times(ClassicTimes classic, int ringLimitMs) {

        /** The classic relay's, and 60 s for ringing. */
        public static final Times DEFAULT = new Times(ClassicTimes.DEFAULT, RegistrarConfig.RING_LIMIT_MS);

        /** Clients stop ringing a little later by themselves. */
        private static final int MAX_RING_LIMIT_MS = 120_000;

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of range; the message is for the user
         */
        public Times {
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
     * Checks the ranges, and that media of other relays arrives.
     *
     * @throws IllegalArgumentException if a value is out of range; the message is for the user
     */
    public RelayConfig {
        requirePort("TCP port", tcpPort);
        requirePort("UDP port", udpPort);
        if (cluster != null) {
            InetAddress listen = cluster.addresses().listen().getAddress();
            if (!bind.include(listen)) {
                throw new IllegalArgumentException("--cluster-listen " + listen.getHostAddress()
                        + " is not an address of --bind: media of the other relays would not arrive; bind to it, too");
            }
        }
    }

    /** Settings without other relays. */
    public RelayConfig(
            ListenAddresses bind,
            int tcpPort,
            int udpPort,
            Media media,
            Admission admission,
            Times times,
            DirectorySettings directory) {
        this(bind, tcpPort, udpPort, media, admission, times, directory, null);
    }

    /** Returns these settings with other relays. */
    public RelayConfig inCluster(ClusterConfig others) {
        return new RelayConfig(bind, tcpPort, udpPort, media, admission, times, directory, others);
    }

    /** Returns the classic relay's settings for all addresses, open to everybody. */
    public static RelayConfig defaults(Path stateDir) {
        return new RelayConfig(
                ListenAddresses.ALL,
                ClassicProtocol.TCP_PORT,
                ClassicProtocol.UDP_PORT,
                Media.DEFAULT,
                Admission.OPEN,
                Times.DEFAULT,
                DirectorySettings.of(stateDir, AccessPolicy.OPEN));
    }

    /** Returns the classic relay's settings, but for any free ports of one address. */
    public static RelayConfig onFreePorts(InetAddress bind, Path stateDir) {
        return defaults(stateDir).listeningOn(bind, 0, 0);
    }

    /** Returns the folder of the relay's identity and of the names that it knows; created when missing. */
    public Path stateDir() {
        return directory.stateDir();
    }

    /** Returns these settings with other addresses. */
    public RelayConfig listeningOn(ListenAddresses addresses) {
        return new RelayConfig(addresses, tcpPort, udpPort, media, admission, times, directory, cluster);
    }

    /** Returns these settings with another address and other ports. */
    public RelayConfig listeningOn(@Nullable InetAddress address, int tcp, int udp) {
        return new RelayConfig(ListenAddresses.of(address), tcp, udp, media, admission, times, directory, cluster);
    }

    /** Returns these settings with another limit on the number of clients, whichever kind, and other times. */
    public RelayConfig withLimits(int clients, ClassicTimes classicTimes) {
        return new RelayConfig(
                bind,
                tcpPort,
                udpPort,
                media,
                admission.with(ClientLimits.of(clients)),
                new Times(classicTimes, times.ringLimitMs()),
                directory,
                cluster);
    }

    private RelayConfig admitting(Admission whom) {
        return new RelayConfig(bind, tcpPort, udpPort, media, whom, times, directory, cluster);
    }

    /** Returns these settings with another limit on the media of each client. */
    public RelayConfig withSenderRate(SenderRate rate) {
        return withMedia(new Media(media.udpHost(), rate, media.batch(), media.threads()));
    }

    /** Returns these settings with another way to read and write datagrams. */
    public RelayConfig withUdpBatch(UdpBatch batch) {
        return withMedia(new Media(media.udpHost(), media.senderRate(), batch, media.threads()));
    }

    /** Returns these settings with another number of media threads. */
    public RelayConfig withMediaThreads(ThreadCount threads) {
        return withMedia(new Media(media.udpHost(), media.senderRate(), media.batch(), threads));
    }

    private RelayConfig withMedia(Media changed) {
        return new RelayConfig(bind, tcpPort, udpPort, changed, admission, times, directory, cluster);
    }

    /** Returns these settings with default limits replaced by what {@code descriptors} file descriptors suffice for. */
    RelayConfig within(int descriptors) {
        return maxClients() == ClientLimits.DEFAULT.maxClients()
                ? admitting(admission.with(admission.limits().atMost(descriptors)))
                : this;
    }

    /** Returns the time limits for classic clients. */
    public ClassicTimes classic() {
        return times.classic();
    }

    /** Returns the greatest number of clients, classic and v2 together. */
    public int maxClients() {
        return admission.limits().maxClients();
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
