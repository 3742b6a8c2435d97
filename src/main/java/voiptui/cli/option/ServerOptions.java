package voiptui.cli.option;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import picocli.CommandLine.Option;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.identity.ConfigFolder;
import voiptui.identity.Identity;
import voiptui.net.HostPort;
import voiptui.net.IpText;
import voiptui.protocol.ClassicProtocol;
import voiptui.protocol.ClientName;
import voiptui.session.SessionConfig;

/** The options that say which relay, how it is reached, and who we are there; and what becomes of them. */
public final class ServerOptions {

    @Option(
            names = "--server",
            required = true,
            paramLabel = "HOST[:PORT]",
            description = "The relay, and its TCP port if it is not " + ClassicProtocol.TCP_PORT + ".")
    private String server;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to be called by at the relay. Default: the user's name.")
    private String name;

    @Option(
            names = "--accept-new",
            description = "Trust a relay that is not known yet, and remember its fingerprint, without asking.")
    private boolean acceptNew;

    @Option(
            names = "--relay-udp-port",
            paramLabel = "PORT",
            description = "The relay's UDP port. Default: as the relay says; " + ClassicProtocol.UDP_PORT
                    + " with a classic one.")
    private Integer relayUdpPort;

    @Option(
            names = "--bind",
            paramLabel = "ADDR",
            description = "Local address to speak from. Default: as the system routes.")
    private String bind;

    @Option(
            names = "--timeout",
            defaultValue = ClassicProtocol.ANSWER_TIMEOUT_MS / 1000 + "s",
            paramLabel = "TIME",
            description = "How long to wait for an answer of the relay. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    /** The relay, as what the options mean on this machine. */
    public record Resolved(HostPort relay, InetSocketAddress control, InetAddress bind) {}

    /** Checks what can be checked without asking anybody. */
    public void check(Usage usage) {
        relay(usage);
        usage.check(
                relayUdpPort == null || relayUdpPort >= 1 && relayUdpPort <= 65_535,
                "--relay-udp-port should be from 1 to 65535");
        usage.check(timeout.toMillis() >= 10, "--timeout should be 10ms or more");
        usage.check(
                name == null || ClientName.parse(name).isPresent(),
                "--name: '" + name
                        + "' cannot be a name: it should be 1 to " + ClientName.MAX_LENGTH
                        + " letters a-z, digits, dots, dashes or underscores, and no IP address");
    }

    private HostPort relay(Usage usage) {
        return usage.parse("--server", () -> HostPort.parse(server, ClassicProtocol.TCP_PORT));
    }

    /** Finds the addresses; asks a name server where it has to. */
    public Resolved resolve(Usage usage) throws CommandFailure {
        HostPort relay = relay(usage);
        InetAddress address = resolve(relay.host(), ExitCode.UNREACHABLE, "relay");
        InetAddress from = bind == null ? null : resolve(bind, ExitCode.USAGE, "--bind");
        usage.check(
                from == null || from instanceof Inet6Address == address instanceof Inet6Address,
                "--bind " + bind + " and the relay at " + IpText.of(address, relay.port())
                        + " should both be IPv4 or both IPv6");
        return new Resolved(relay, new InetSocketAddress(address, relay.port()), from);
    }

    public static InetAddress resolve(String host, int exitCode, String what) throws CommandFailure {
        if (host.isBlank()) {
            throw new CommandFailure(exitCode, what + " names no host");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new CommandFailure(
                    exitCode, what + " '" + host + "' is unknown: check the name, or give its address");
        }
    }

    /**
     * What a line of the second protocol is made with: with our identity, which is made now if there is none, and the relays
     * that are known.
     *
     * @param port the local UDP port; 0 for any free one
     * @param attempts how often to try to reach the relay at first
     * @param heartbeatMs time between heartbeats; 0 for what the relay wants
     * @param answers whether calls may come in
     */
    public SessionConfig lineConfig(Resolved resolved, int port, int attempts, int heartbeatMs, boolean answers)
            throws CommandFailure {
        ConfigFolder folder = ConfigFolder.ofUser();
        try {
            return new SessionConfig(
                    resolved.relay().toString(),
                    resolved.control(),
                    resolved.bind(),
                    port,
                    udpPort(0),
                    attempts,
                    timeoutMs(),
                    heartbeatMs,
                    clientName(),
                    answers,
                    Identity.loadOrCreate(folder.identityFile()),
                    folder.knownRelays(),
                    acceptNew);
        } catch (IOException unusable) {
            throw new CommandFailure(ExitCode.FAILED, unusable.getMessage());
        }
    }

    private String clientName() {
        return name == null
                ? ClientName.derivedFrom(System.getProperty("user.name", ""))
                : ClientName.parse(name).orElseThrow();
    }

    /** The relay as the user typed it. */
    String server() {
        return server;
    }

    /** The local address as the user typed it, or {@code null}. */
    String bind() {
        return bind;
    }

    /** The relay's UDP port, or {@code otherwise} where the user did not say. */
    int udpPort(int otherwise) {
        return relayUdpPort == null ? otherwise : relayUdpPort;
    }

    int timeoutMs() {
        return (int) timeout.toMillis();
    }
}
