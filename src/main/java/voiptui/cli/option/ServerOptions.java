package voiptui.cli.option;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.ConfigFolder;
import voiptui.identity.Identity;
import voiptui.net.HostAddresses;
import voiptui.net.HostPort;
import voiptui.net.IpText;
import voiptui.net.LinkLocal;
import voiptui.net.NameService;
import voiptui.net.ssh.SshConfiguration;
import voiptui.net.ssh.SshHost;
import voiptui.protocol.ClientName;
import voiptui.protocol.classic.ClassicProtocol;
import voiptui.report.Printable;
import voiptui.session.RelayChoice;
import voiptui.session.SessionConfig;
import voiptui.session.SshAccess;

/** The options about the relay, its address and the name of the client. */
public final class ServerOptions {

    /** How long the resolver may take at the start, in milliseconds; its own limit is mostly shorter. */
    private static final long RESOLVER_TIMEOUT_MS = 30_000;
    /** The most relays that one client tries. */
    private static final int MAX_RELAYS = 16;

    @Option(
            names = "--server",
            required = true,
            paramLabel = "HOST[:PORT]",
            description = "The relay; TCP port " + ClassicProtocol.TCP_PORT
                    + " by default. ssh://[USER@]HOST[:PORT] is the one on that host, reached through ssh. Of several relays that "
                    + "work together, separated by commas, the next is tried when one fails.")
    private String server;

    @Option(names = "--name", paramLabel = "NAME", description = "Your name at the relay. Default: your user name.")
    private @Nullable String name;

    @Option(
            names = "--accept-new",
            fallbackValue = "true",
            description = "Trust an unknown relay without asking, and save its fingerprint.")
    private boolean acceptNew;

    @Option(
            names = "--relay-udp-port",
            paramLabel = "PORT",
            description = "The relay's UDP port. Default: set by the relay; " + ClassicProtocol.UDP_PORT
                    + " with a classic relay.")
    private @Nullable Integer relayUdpPort;

    @Option(
            names = "--relay-tcp-port",
            paramLabel = "PORT",
            description = "With ssh://: the relay's TCP port on its host. Default: " + ClassicProtocol.TCP_PORT + ".")
    private @Nullable Integer relayTcpPort;

    @Option(names = "--bind", paramLabel = "ADDR", description = "Local address to use. Default: chosen by the system.")
    private @Nullable String bind;

    @Option(
            names = "--timeout",
            defaultValue = ClassicProtocol.ANSWER_TIMEOUT_MS / 1000 + "s",
            paramLabel = "TIME",
            description = "How long to wait for an answer from the relay. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    /**
     * The addresses that the options name.
     *
     * @param relay the relay with its port, as the user named it
     * @param control its addresses for control connections; through {@code ssh}, those of its host
     * @param others further relays, which are tried if that one fails
     * @param bind the local address to use; null: chosen by the system
     * @param ssh the way through {@code ssh}; null: by TCP
     */
    public record Resolved(
            String relay,
            HostAddresses control,
            List<RelayChoice.Relay> others,
            @Nullable InetAddress bind,
            @Nullable SshAccess ssh) {

        private RelayChoice choice() {
            List<RelayChoice.Relay> relays = new ArrayList<>(others);
            relays.add(0, new RelayChoice.Relay(relay, control));
            return new RelayChoice(relays);
        }
    }

    /** Checks the values, without contacting anybody. */
    public void check(Usage usage) {
        if (isThroughSsh()) {
            sshHost(usage);
        } else {
            relays(usage);
        }
        usage.check(
                relayTcpPort == null || isThroughSsh(),
                "--relay-tcp-port requires --server ssh://HOST; otherwise write --server HOST:PORT");
        usage.check(
                relayTcpPort == null || relayTcpPort >= 1 && relayTcpPort <= 65_535,
                "--relay-tcp-port must be from 1 to 65535");
        usage.check(
                relayUdpPort == null || relayUdpPort >= 1 && relayUdpPort <= 65_535,
                "--relay-udp-port must be from 1 to 65535");
        usage.check(timeout.toMillis() >= 10, "--timeout must be 10ms or more");
        usage.check(
                name == null || ClientName.parse(name).isPresent(),
                "--name: invalid name '" + name + "'; use 1 to " + ClientName.MAX_LENGTH
                        + " letters a-z, digits, dots, dashes or underscores, and not an IP address");
    }

    private List<HostPort> relays(Usage usage) {
        List<HostPort> relays = new ArrayList<>();
        for (String relay : server.split(",", -1)) {
            relays.add(usage.parse("--server", () -> HostPort.parse(relay.strip(), ClassicProtocol.TCP_PORT)));
        }
        usage.check(relays.size() <= MAX_RELAYS, "--server: " + MAX_RELAYS + " relays at most");
        return relays;
    }

    private SshHost sshHost(Usage usage) {
        return usage.parse("--server", () -> SshHost.parse(server));
    }

    /** Returns whether the relay is reached through {@code ssh}. */
    public boolean isThroughSsh() {
        return SshHost.isMeant(server);
    }

    /** Resolves the addresses; may query DNS. */
    public Resolved resolve(Usage usage) throws CommandFailure {
        return resolve(usage, false);
    }

    /**
     * As {@link #resolve(Usage)}, but the relay's name may be unknown: a service may start before the name service answers. Each
     * attempt to connect looks it up again.
     */
    Resolved resolveIfPossible(Usage usage) throws CommandFailure {
        return resolve(usage, true);
    }

    private Resolved resolve(Usage usage, boolean later) throws CommandFailure {
        InetAddress from = bind == null ? null : resolve(bind, ExitCode.USAGE, "--bind");
        if (isThroughSsh()) {
            return resolveSsh(sshHost(usage), from, later);
        }
        List<HostPort> relays = relays(usage);
        HostPort relay = relays.get(0);
        List<RelayChoice.Relay> others = relays.stream()
                .skip(1)
                .map(other ->
                        new RelayChoice.Relay(other.toString(), new HostAddresses(other, from, NameService.SYSTEM)))
                .toList();
        HostAddresses addresses = new HostAddresses(relay, from, NameService.SYSTEM);
        try {
            addresses.find(later ? timeoutMs() : RESOLVER_TIMEOUT_MS);
        } catch (HostAddresses.WrongFamilyException wrong) {
            usage.check(false, "relay: " + wrong.getMessage());
        } catch (UnknownHostException unknown) {
            if (!later && others.isEmpty()) {
                throw new CommandFailure(ExitCode.UNREACHABLE, "relay: " + unknown.getMessage());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNREACHABLE, "relay: interrupted");
        }
        return new Resolved(relay.toString(), addresses, others, from, null);
    }

    /** Finds out where the host is, to which media goes directly. That it stays unknown is no problem: only {@code ssh} needs it. */
    private Resolved resolveSsh(SshHost host, @Nullable InetAddress from, boolean later) throws CommandFailure {
        int port = relayTcpPort == null ? ClassicProtocol.TCP_PORT : relayTcpPort;
        try {
            HostAddresses addresses = new HostAddresses(
                    new HostPort(SshConfiguration.hostNameOf(host, timeoutMs()), port), from, NameService.SYSTEM);
            if (!later) {
                findIfKnown(addresses);
            }
            return new Resolved(
                    host.name() + (relayTcpPort == null ? "" : "/" + port),
                    addresses,
                    List.of(),
                    from,
                    new SshAccess(host, port, from));
        } catch (IOException noSsh) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "ssh is not installed, or not in PATH: install the OpenSSH client");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNREACHABLE, "relay: interrupted");
        }
    }

    private void findIfKnown(HostAddresses host) throws InterruptedException {
        try {
            host.find(timeoutMs());
        } catch (UnknownHostException unknown) {
            // Then it has no addresses.
        }
    }

    /**
     * Resolves a host name or address; may query DNS.
     *
     * @param exitCode the exit status if that fails
     * @param what the option or thing that names the host, for the message
     * @throws CommandFailure when the host is unknown
     */
    public static InetAddress resolve(String host, int exitCode, String what) throws CommandFailure {
        if (host.isBlank()) {
            throw failure(exitCode, what + " is empty: give a name or an address");
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            if (LinkLocal.lacksZone(address)) {
                throw failure(exitCode, what + ": " + LinkLocal.advice(address));
            }
            return address;
        } catch (UnknownHostException unknown) {
            throw failure(exitCode, what + ": unknown host '" + host + "'; check the name, or give its address");
        }
    }

    private static CommandFailure failure(int exitCode, String line) {
        return exitCode == ExitCode.USAGE ? CommandFailure.ofOption(line) : new CommandFailure(exitCode, line);
    }

    /**
     * Resolves the target of a call; may query DNS. An address may have a zone, which the relay knows anyway.
     *
     * @param exitCode the exit status if that fails
     * @throws CommandFailure when the host is unknown
     */
    public static InetAddress resolveTarget(String target, int exitCode) throws CommandFailure {
        Optional<InetAddress> address = IpText.parse(target);
        return address.isPresent() ? address.get() : resolve(target, exitCode, "target");
    }

    /**
     * Returns the configuration of a v2 session. Creates an identity if there is none.
     *
     * @param port the local UDP port; 0 for any free one
     * @param attempts the number of attempts to reach the relay at the start
     * @param heartbeatMs time between heartbeats; 0: set by the relay
     * @param answers whether incoming calls are accepted
     */
    public SessionConfig sessionConfig(Resolved resolved, int port, int attempts, int heartbeatMs, boolean answers)
            throws CommandFailure {
        try {
            ConfigFolder folder = ConfigFolder.ofUser();
            return new SessionConfig(
                    new SessionConfig.Endpoint(resolved.choice(), resolved.bind(), port, udpPort(0), resolved.ssh()),
                    new SessionConfig.Timing(attempts, timeoutMs(), heartbeatMs),
                    new SessionConfig.Credentials(
                            clientName(),
                            answers,
                            Identity.loadOrCreate(
                                    folder.identityFile(),
                                    warning -> System.err.println("voiptui: " + Printable.of(warning))),
                            folder.knownRelays(),
                            // Who answers on the host itself is as authentic as the host, which ssh has verified.
                            acceptNew || isThroughSsh()));
        } catch (IOException unusable) {
            throw CommandFailure.of(ExitCode.FAILED, unusable);
        }
    }

    private String clientName() {
        return name == null
                ? ClientName.derivedFrom(System.getProperty("user.name", ""))
                : ClientName.parse(name).orElseThrow();
    }

    /** Returns the relay as the user typed it. */
    String server() {
        return server;
    }

    /** Returns the local address as the user typed it; null: not given. */
    @Nullable
    String bind() {
        return bind;
    }

    /** Returns the relay's UDP port, or {@code otherwise} if it is not given. */
    int udpPort(int otherwise) {
        return relayUdpPort == null ? otherwise : relayUdpPort;
    }

    /** Returns how long to wait for an answer of the relay, in milliseconds. */
    int timeoutMs() {
        return (int) timeout.toMillis();
    }
}
