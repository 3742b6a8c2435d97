package voiptui.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.cli.run.ProcessSignals;
import voiptui.cli.run.RelayScreenRun;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.protocol.ClassicProtocol;
import voiptui.relay.ListenException;
import voiptui.relay.Relay;
import voiptui.relay.RelayConfig;
import voiptui.relay.directory.AccessPolicy;
import voiptui.report.EventLines;
import voiptui.report.LogFile;
import voiptui.report.RelayLog;
import voiptui.time.NanoClock;

/** {@code voiptui relay}: runs a relay until it is stopped. */
@Command(
        name = "relay",
        description = "Runs a relay, through which clients call each other.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        subcommands = RelayAllowCommand.class,
        footer = {"", "Stops at Ctrl+C or SIGTERM.", "Exit status: 0 stopped, 1 failed, 2 wrong usage, 3 port in use."})
public final class RelayCommand implements Callable<Integer> {

    @Option(names = "--bind", paramLabel = "ADDR", description = "Address to listen on. Default: all addresses.")
    private @Nullable String bind;

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
            defaultValue = "" + ClassicProtocol.MAX_CLIENTS,
            paramLabel = "N",
            description = "The maximum number of clients. Default: ${DEFAULT-VALUE}.")
    private int maxClients;

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

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Folder of the relay's identity and of the registered names. "
                    + "Default: $XDG_STATE_HOME/voiptui/relay.")
    private @Nullable Path stateDir;

    @Option(
            names = "--access",
            defaultValue = "open",
            paramLabel = "WHO",
            description = "Who may sign in: open (everybody) or known (only names added with "
                    + "'voiptui relay allow'). Default: ${DEFAULT-VALUE}.")
    private AccessPolicy access;

    @Option(
            names = "--ring-limit",
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "End a call that nobody answers within this time, 2m at most. Default: ${DEFAULT-VALUE}.")
    private Duration ringLimit;

    @Option(names = "--json", description = "Log as JSON Lines.")
    private boolean json;

    @Option(names = "--top", description = "Show clients and calls on a full screen; the log goes to a file.")
    private boolean top;

    @Option(names = "--ascii", description = "With --top: draw with ASCII characters only.")
    private boolean ascii;

    @Option(
            names = {"-v", "--verbose"},
            description = "Also log routine events such as heartbeats.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException, IOException {
        RelayConfig config = config();
        Usage usage = new Usage(spec);
        usage.check(!top || !json, "--top and --json cannot be combined: use one of them");
        usage.check(top || !ascii, "--ascii requires --top");
        if (top) {
            new RelayScreenRun(config, verbose, ascii, System.getenv()).run();
        } else {
            runHeadless(config);
        }
        return ExitCode.OK;
    }

    private void runHeadless(RelayConfig config) throws CommandFailure, InterruptedException, IOException {
        EventBus bus = new EventBus();
        RelayLog log = new RelayLog(System.err, InstantSource.system(), json, verbose);
        log.takeLibraryLogs();
        try (EventLines lines = EventLines.start(bus, "relay-log", log, RelayEvent.Stopped.class::isInstance)) {
            CountDownLatch stop = new CountDownLatch(1);
            ProcessSignals.onTerminate(stop::countDown);
            ProcessSignals.onInterrupt(stop::countDown);
            try (Relay relay = Relay.start(config, bus, NanoClock.SYSTEM)) {
                stop.await();
            } catch (ListenException inUse) {
                throw CommandFailure.of(ExitCode.UNREACHABLE, inUse);
            } catch (IOException refused) {
                throw CommandFailure.of(ExitCode.FAILED, refused);
            }
        }
    }

    /** Returns the default of {@code --state-dir}. */
    static Path defaultStateDir() {
        return LogFile.folder(System.getenv()).resolve("relay");
    }

    private RelayConfig config() throws CommandFailure {
        try {
            return new RelayConfig(
                    bind == null ? null : InetAddress.getByName(bind),
                    tcpPort,
                    udpPort,
                    maxClients,
                    new RelayConfig.ClassicTimes(
                            (int) tcpTimeout.toMillis(), (int) clientTimeout.toMillis(), (int) sweep.toMillis()),
                    stateDir == null ? defaultStateDir() : stateDir,
                    new RelayConfig.V2Rules(access, (int) ringLimit.toMillis()));
        } catch (UnknownHostException unknown) {
            throw new CommandFailure(ExitCode.USAGE, "--bind: unknown address '" + bind + "'");
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(spec.commandLine(), outOfRange.getMessage());
        }
    }
}
