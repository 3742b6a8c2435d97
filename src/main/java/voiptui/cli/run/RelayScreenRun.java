package voiptui.cli.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.ScreenLook;
import voiptui.cli.service.RelayShutdown;
import voiptui.cli.service.RelayWait;
import voiptui.cli.service.RereadOptions;
import voiptui.cli.service.ServiceManager;
import voiptui.event.Counter;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.relay.ListenException;
import voiptui.relay.Relay;
import voiptui.relay.RelayConfig;
import voiptui.relay.registrar.Drain;
import voiptui.report.EventLines;
import voiptui.report.Printable;
import voiptui.report.log.LogLevel;
import voiptui.report.log.RelayLog;
import voiptui.time.NanoClock;
import voiptui.tui.ScreenContext;
import voiptui.tui.ScreenLoop;
import voiptui.tui.top.TopScreen;

/**
 * Runs a relay with its status screen. The relay listens before the screen is drawn, so that an error about a port in use is
 * printed normally; the log goes to a file.
 *
 * <p>If the screen fails because of a bug, the relay continues without it.
 */
public final class RelayScreenRun {

    private static final String LOG_NAME = "relay.log";
    private static final int STATUS_INTERVAL_MS = 1000;

    private final RelayConfig config;
    private final RereadOptions reread;
    private final @Nullable InetSocketAddress monitoring;
    private final LogLevel level;
    private final ScreenLook look;
    private final Map<String, String> environment;
    private final RelayShutdown shutdown;

    /**
     * Creates a run; nothing is started.
     *
     * @param drain what SIGTERM does
     * @param reread reads the options again
     * @param monitoring where to answer monitoring; null: nowhere
     * @param level how much to log
     * @param look how the user wants the screen to look
     * @param environment the environment variables
     */
    public RelayScreenRun(
            RelayConfig config,
            Drain drain,
            RereadOptions reread,
            @Nullable InetSocketAddress monitoring,
            LogLevel level,
            ScreenLook look,
            Map<String, String> environment) {
        this.config = config;
        this.reread = reread;
        this.shutdown = new RelayShutdown(drain, ServiceManager.of(environment));
        this.monitoring = monitoring;
        this.level = level;
        this.look = look;
        this.environment = environment;
    }

    /** Runs the relay until the user or a signal stops it. */
    public void run() throws CommandFailure, InterruptedException, IOException {
        FullScreen.requireTerminal(environment, "leave --top out to log to standard error");
        EventBus bus = new EventBus();
        try (LogRedirect redirect = LogRedirect.to(LOG_NAME, environment)) {
            RelayLog log = new RelayLog(redirect.lines(), InstantSource.system(), false, level);
            log.takeLibraryLogs();
            try (EventLines lines = EventLines.start(bus, "relay-log", log, RelayEvent.Stopped.class::isInstance)) {
                run(bus, redirect, log, lines);
            }
        }
    }

    private void run(EventBus bus, LogRedirect log, RelayLog textLog, EventLines lines)
            throws CommandFailure, InterruptedException, IOException {
        ProcessSignals.onTerminate(shutdown::terminate);
        ProcessSignals.onInterrupt(shutdown::stop);
        try (Monitoring watcher = Monitoring.open(monitoring);
                Relay relay = Relay.start(config, bus, NanoClock.SYSTEM)) {
            shutdown.onStarted(relay);
            watcher.watch(relay, bus);
            ProcessSignals.onHangup(() -> shutdown.reload(reread.on(shutdown, textLog)), shutdown::stop);
            try (TopScreen screen = openScreen(relay, bus, log)) {
                relay.publishStatusEvery(STATUS_INTERVAL_MS);
                RelayWait.await(shutdown, relay, lines);
                relay.close();
            }
            TopScreen.farewell(relay.uptimeMs(), relay.counters().snapshot(Counter.Side.RELAY), log.path())
                    .forEach(line -> log.standardOut().println(Printable.of(line)));
        } catch (ListenException inUse) {
            throw CommandFailure.of(ExitCode.UNREACHABLE, inUse);
        } catch (IOException refused) {
            throw CommandFailure.of(ExitCode.FAILED, refused);
        }
    }

    private TopScreen openScreen(Relay relay, EventBus bus, LogRedirect log) throws CommandFailure {
        RelayEvent.Started started = new RelayEvent.Started(
                IpText.of(relay.controlAddress()),
                IpText.of(relay.mediaAddress()),
                relay.datagramsText(),
                relay.maxClients());
        try {
            ScreenContext context = FullScreen.context(
                    look, environment, bus, command -> shutdown.stop(), crash -> onCrash(bus, crash, log));
            return TopScreen.open(context, started, ZoneId.systemDefault());
        } catch (IOException noTerminal) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot use this terminal: " + noTerminal.getMessage() + "; leave --top out");
        }
    }

    private static void onCrash(EventBus bus, Throwable crash, LogRedirect log) {
        bus.publish(new RelayEvent.Warning("internal error in " + ScreenLoop.THREAD + ": " + crash));
        Printable.linesOf(crash).forEach(log.lines()::println);
        log.standardErr().println("voiptui relay: internal error in the screen, please report it" + log.reportHint());
        log.standardErr().println("voiptui relay: the relay continues without its screen; press Ctrl+C to stop it");
    }
}
