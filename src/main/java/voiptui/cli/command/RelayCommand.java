package voiptui.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voiptui.cli.config.Configuration;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.operator.RelayAllowCommand;
import voiptui.cli.operator.RelayBlockCommand;
import voiptui.cli.operator.RelayDrainCommand;
import voiptui.cli.operator.RelayExportIdentityCommand;
import voiptui.cli.operator.RelayImportIdentityCommand;
import voiptui.cli.operator.RelayKickCommand;
import voiptui.cli.operator.RelayNamesCommand;
import voiptui.cli.operator.RelayNewIdentityCommand;
import voiptui.cli.operator.RelayRemoveCommand;
import voiptui.cli.operator.RelayStatusCommand;
import voiptui.cli.operator.RelayUnblockCommand;
import voiptui.cli.option.ClusterOptions;
import voiptui.cli.option.DrainTarget;
import voiptui.cli.option.LongDurationConverter;
import voiptui.cli.option.MetricsOptions;
import voiptui.cli.option.ScreenLook;
import voiptui.cli.option.StateDirOption;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.cli.run.Monitoring;
import voiptui.cli.run.ProcessSignals;
import voiptui.cli.run.RelayScreenRun;
import voiptui.cli.service.JournalStream;
import voiptui.cli.service.RelayShutdown;
import voiptui.cli.service.RelayWait;
import voiptui.cli.service.ServiceManager;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.net.LinkLocal;
import voiptui.protocol.classic.ClassicProtocol;
import voiptui.relay.ListenAddresses;
import voiptui.relay.ListenException;
import voiptui.relay.Relay;
import voiptui.relay.RelayConfig;
import voiptui.relay.admission.ClassicAccess;
import voiptui.relay.admission.ClientLimits;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.DirectorySettings;
import voiptui.relay.media.SenderRate;
import voiptui.relay.media.ThreadCount;
import voiptui.relay.media.socket.UdpBatch;
import voiptui.relay.registrar.Drain;
import voiptui.report.EventLines;
import voiptui.report.log.LogLevel;
import voiptui.report.log.RelayLog;
import voiptui.time.NanoClock;
import voiptui.tui.key.Controls;

/** {@code voiptui relay}: runs a relay until it is stopped. */
@Command(
        name = "relay",
        description = "Runs a relay, through which clients call each other.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        subcommands = {
            RelayStatusCommand.class,
            RelayNamesCommand.class,
            RelayAllowCommand.class,
            RelayRemoveCommand.class,
            RelayKickCommand.class,
            RelayDrainCommand.class,
            RelayBlockCommand.class,
            RelayUnblockCommand.class,
            RelayExportIdentityCommand.class,
            RelayImportIdentityCommand.class,
            RelayNewIdentityCommand.class
        },
        footer = {
            "",
            "Stops at Ctrl+C or SIGTERM; SIGHUP rereads configuration, certificate, names and blocks.",
            "Exit status: 0 stopped, 1 failed, 2 wrong usage, 3 port in use."
        })
public final class RelayCommand implements Callable<Integer> {

    @Option(
            names = "--bind",
            split = ",",
            paramLabel = "ADDR",
            description = "Address to listen on; may be given for IPv4 and for IPv6. Default: all addresses.")
    private List<String> bind = new ArrayList<>();

    @Option(
            names = "--tcp-port",
            defaultValue = "" + ClassicProtocol.TCP_PORT,
            paramLabel = "PORT",
            description = "TCP port for control connections, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int tcpPort;

    @Option(
            names = "--udp-port",
            defaultValue = "" + ClassicProtocol.UDP_PORT,
            paramLabel = "PORT",
            description = "UDP port for media, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int udpPort;

    @Option(
            names = "--max-clients",
            paramLabel = "N",
            description =
                    "The maximum number of clients, classic ones included. Default: 2000, or as many as there are "
                            + "file descriptors for.")
    private @Nullable Integer maxClients;

    @Option(
            names = "--max-classic",
            paramLabel = "N",
            description = "The maximum number of classic clients, at most that of --max-clients. Default: "
                    + ClassicProtocol.MAX_CLIENTS + ", or fewer if --max-clients is.")
    private @Nullable Integer maxClassic;

    @Option(
            names = "--tcp-timeout",
            defaultValue = ClassicProtocol.TCP_TIMEOUT_MS / 1000 + "s",
            paramLabel = "TIME",
            description = "How long to wait for a message on a control connection. Default: ${DEFAULT-VALUE}.")
    private Duration tcpTimeout;

    @Option(
            names = "--client-timeout",
            defaultValue = ClassicProtocol.CLIENT_TIMEOUT_MS / 1000 + "s",
            paramLabel = "TIME",
            description = "Remove a client that sends no heartbeat for this time. Default: ${DEFAULT-VALUE}.")
    private Duration clientTimeout;

    @Option(
            names = "--sweep",
            defaultValue = ClassicProtocol.SWEEP_INTERVAL_MS / 1000 + "s",
            paramLabel = "TIME",
            description = "How often to look for clients to remove. Default: ${DEFAULT-VALUE}.")
    private Duration sweep;

    @Mixin
    private StateDirOption stateDir;

    @Option(
            names = "--access",
            defaultValue = "open",
            paramLabel = "WHO",
            description = "Who may sign in: open (everybody) or known (only those whom "
                    + "'voiptui relay names' lists). Default: ${DEFAULT-VALUE}.")
    private AccessPolicy access;

    @Option(
            names = "--max-packet-rate",
            defaultValue = "1000",
            paramLabel = "N",
            description = "The media packets per second that one client may send. Default: ${DEFAULT-VALUE}.")
    private int maxPacketRate;

    @Option(
            names = "--max-byte-rate",
            defaultValue = "500000",
            paramLabel = "N",
            description = "The bytes of media per second that one client may send. Default: ${DEFAULT-VALUE}.")
    private int maxByteRate;

    @Option(
            names = "--classic",
            paramLabel = "WHO",
            description = "Classic clients to admit, who are anonymous: on (all), off (none), or those at "
                    + "ADDRESS[/PREFIX],... Default: off with --access known, otherwise on.")
    private @Nullable String classic;

    @Option(
            names = "--udp-batch",
            defaultValue = "auto",
            paramLabel = "WHEN",
            description = "Read and write datagrams in batches, through one socket for all clients: on, off, or auto "
                    + "(where the system can do that, and grants a large buffer). Default: ${DEFAULT-VALUE}.")
    private UdpBatch udpBatch;

    @Option(
            names = "--media-threads",
            paramLabel = "N",
            description = "The threads that forward media, 1 to 8, where datagrams are read in batches; else there is "
                    + "one. Default: one less than there are processors.")
    private @Nullable Integer mediaThreads;

    @Option(
            names = "--udp-host",
            paramLabel = "ADDR",
            description = "IP address that clients send media to. Default: the one that they connect to.")
    private @Nullable String udpHost;

    @Option(
            names = "--name-expiry",
            defaultValue = "180d",
            converter = LongDurationConverter.class,
            paramLabel = "TIME",
            description = "Free a name that a client registered itself and has not used for this time, 0 for never. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Duration nameExpiry;

    @Option(
            names = "--new-names",
            defaultValue = "60",
            paramLabel = "N",
            description = "How many new names one address may register, within six hours; 0 for any number. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int newNames;

    @Option(
            names = "--handshake-limit",
            defaultValue = "" + ConnectionLimits.DEFAULT_HANDSHAKES,
            paramLabel = "N",
            description = "The TLS handshakes that one address may make at once; a fifteenth of it per second, and a "
                    + "tenth may fail within a minute. Default: ${DEFAULT-VALUE}.")
    private int handshakeLimit;

    @Option(
            names = "--exempt",
            split = ",",
            paramLabel = "NET",
            description = "Addresses or networks, such as 192.0.2.0/24, that --handshake-limit does not apply to.")
    private List<String> exempt = List.of();

    @Option(
            names = "--proxy-protocol",
            split = ",",
            paramLabel = "NET",
            description = "Addresses or networks of load balancers, whose connections begin with a header of the PROXY "
                    + "protocol, version 2.")
    private List<String> balancers = List.of();

    @Option(
            names = "--ring-limit",
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "End a call that nobody answers within this time, 2m at most. Default: ${DEFAULT-VALUE}.")
    private Duration ringLimit;

    @Option(
            names = "--drain",
            defaultValue = "0",
            paramLabel = "TIME",
            description =
                    "At SIGTERM, refuse new clients and calls, and stop when the calls that there are have ended, or "
                            + "after this time; 0 to stop at once. Default: ${DEFAULT-VALUE}.")
    private Duration drain;

    @Option(
            names = "--drain-to",
            paramLabel = "HOST[:PORT]",
            description = "With --drain: another relay that clients are told to use.")
    private @Nullable String drainTo;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private MetricsOptions metrics;

    @Option(names = "--json", fallbackValue = "true", description = "Log as JSON Lines.")
    private boolean json;

    @Option(
            names = "--top",
            fallbackValue = "true",
            description = "Show clients and calls on a full screen; the log goes to a file.")
    private boolean top;

    @Option(
            names = "--no-mouse",
            fallbackValue = "true",
            description = "With --top: leave the mouse to the terminal, to select text.")
    private boolean noMouse;

    @Option(names = "--ascii", fallbackValue = "true", description = "With --top: draw with ASCII characters only.")
    private boolean ascii;

    @Option(
            names = "--theme",
            converter = ScreenLook.ThemeValues.class,
            completionCandidates = ScreenLook.ThemeValues.class,
            paramLabel = "THEME",
            description = "With --top: colors for a dark or light background: auto (the default), dark, light, or 16 "
                    + "for the terminal's sixteen colors.")
    private ScreenLook.@Nullable ThemeChoice theme;

    @Option(
            names = "--log-level",
            defaultValue = "info",
            paramLabel = "LEVEL",
            description = "What to log: error, warn, info or debug. Default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel;

    @Option(
            names = {"-v", "--verbose"},
            fallbackValue = "true",
            description = "Also log routine events such as heartbeats: --log-level debug.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException, IOException {
        RelayConfig config = config();
        InetSocketAddress monitoring = metrics.listenAddress();
        Usage usage = new Usage(spec);
        usage.check(!top || !json, "--top and --json cannot be combined: use one of them");
        usage.check(top || !ascii || !usage.isTyped("--ascii"), "--ascii requires --top");
        usage.check(top || !noMouse || !usage.isTyped("--no-mouse"), "--no-mouse requires --top");
        usage.check(top || theme == null || !usage.isTyped("--theme"), "--theme requires --top");
        if (top) {
            ScreenLook look = new ScreenLook(
                    ascii,
                    theme == null ? ScreenLook.ThemeChoice.AUTO : theme,
                    new Controls(Configuration.keysOf(spec), false, !noMouse));
            new RelayScreenRun(config, drain(), this::reread, monitoring, logLevel(), look, System.getenv()).run();
        } else {
            runHeadless(config, drain(), monitoring);
        }
        return ExitCode.OK;
    }

    private void runHeadless(RelayConfig config, Drain drain, @Nullable InetSocketAddress monitoring)
            throws CommandFailure, InterruptedException, IOException {
        EventBus bus = new EventBus();
        RelayLog log = new RelayLog(
                System.err, InstantSource.system(), json, logLevel(), JournalStream.isStandardError(System.getenv()));
        log.takeLibraryLogs();
        try (EventLines lines = EventLines.start(bus, "relay-log", log, RelayEvent.Stopped.class::isInstance)) {
            RelayShutdown shutdown = new RelayShutdown(drain, ServiceManager.of(System.getenv()));
            ProcessSignals.onTerminate(shutdown::terminate);
            ProcessSignals.onInterrupt(shutdown::stop);
            ProcessSignals.onHangup(() -> shutdown.reload(reread(shutdown, log)), shutdown::stop);
            try (Monitoring watcher = Monitoring.open(monitoring);
                    Relay relay = Relay.start(config, bus, NanoClock.SYSTEM)) {
                shutdown.onStarted(relay);
                watcher.watch(relay, bus);
                RelayWait.await(shutdown, relay, lines);
            } catch (ListenException inUse) {
                throw CommandFailure.of(ExitCode.UNREACHABLE, inUse);
            } catch (IOException refused) {
                throw CommandFailure.of(ExitCode.FAILED, refused);
            }
        }
    }

    private Relay.ConfigSource reread(RelayShutdown shutdown, RelayLog log) {
        return () -> {
            RelayCommand again = (RelayCommand) Configuration.reread(spec);
            try {
                RelayConfig config = again.config();
                Drain changed = again.drain();
                shutdown.use(changed);
                log.use(again.logLevel());
                return config;
            } catch (CommandFailure | ParameterException wrong) {
                String message = String.valueOf(wrong.getMessage());
                throw new IOException(message + Configuration.originsOf(again.spec, message), wrong);
            }
        };
    }

    /** Returns what SIGTERM does. */
    private Drain drain() throws CommandFailure {
        return new Drain(drainTo == null ? null : DrainTarget.parse("--drain-to", drainTo), drain.toMillis());
    }

    private ClassicAccess classicAccess() throws CommandFailure {
        if (classic == null) {
            return access == AccessPolicy.KNOWN ? ClassicAccess.OFF : ClassicAccess.ON;
        }
        try {
            return ClassicAccess.parse(classic);
        } catch (IllegalArgumentException malformed) {
            throw CommandFailure.ofOption("--classic: " + malformed.getMessage());
        }
    }

    private @Nullable InetAddress udpAddress() throws CommandFailure {
        if (udpHost == null) {
            return null;
        }
        return IpText.parse(udpHost)
                .filter(address -> !address.isAnyLocalAddress())
                .orElseThrow(() ->
                        CommandFailure.ofOption("--udp-host: '" + udpHost + "' is not an IP address of this relay"));
    }

    private ListenAddresses listenAddresses() throws CommandFailure {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : bind) {
            addresses.add(listenAddress(text));
        }
        return new ListenAddresses(addresses);
    }

    private static InetAddress listenAddress(String text) throws CommandFailure {
        try {
            InetAddress address = InetAddress.getByName(text);
            if (LinkLocal.lacksZone(address)) {
                throw CommandFailure.ofOption("--bind: " + LinkLocal.advice(address));
            }
            return address;
        } catch (UnknownHostException unknown) {
            throw CommandFailure.ofOption("--bind: unknown address '" + text + "'");
        }
    }

    /** Returns how much to log. */
    LogLevel logLevel() {
        return verbose ? LogLevel.DEBUG : logLevel;
    }

    private static List<IpNetwork> networks(String option, List<String> texts) throws CommandFailure {
        List<IpNetwork> networks = new ArrayList<>();
        for (String text : texts) {
            networks.add(IpNetwork.parse(text.strip())
                    .orElseThrow(() -> CommandFailure.ofOption(
                            option + ": '" + text + "' is not a network; write ADDRESS or ADDRESS/PREFIX")));
        }
        return networks;
    }

    /**
     * Returns the settings that the options ask for.
     *
     * @throws CommandFailure if an option is not understood; the message is for the user
     */
    RelayConfig config() throws CommandFailure {
        try {
            return new RelayConfig(
                    listenAddresses(),
                    tcpPort,
                    udpPort,
                    new RelayConfig.Media(
                            udpAddress(),
                            new SenderRate(maxPacketRate, maxByteRate),
                            udpBatch,
                            mediaThreads == null ? ThreadCount.ofThisMachine() : ThreadCount.of(mediaThreads)),
                    new RelayConfig.Admission(
                            classicAccess(),
                            ClientLimits.of(maxClients, maxClassic),
                            ConnectionLimits.of(handshakeLimit, networks("--exempt", exempt)),
                            networks("--proxy-protocol", balancers)),
                    new RelayConfig.Times(
                            new RelayConfig.ClassicTimes(
                                    (int) tcpTimeout.toMillis(), (int) clientTimeout.toMillis(), (int)
                                            sweep.toMillis()),
                            (int) ringLimit.toMillis()),
                    new DirectorySettings(
                            stateDir.path(), access, new DirectorySettings.NameLimits(nameExpiry.toMillis(), newNames)),
                    cluster.config());
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage());
        }
    }
}
