package voiptui.cli.run;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.Counter;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.net.IpText;
import voiptui.relay.ListenException;
import voiptui.relay.Relay;
import voiptui.relay.RelayConfig;
import voiptui.report.EventLines;
import voiptui.report.LogFile;
import voiptui.report.RelayLog;
import voiptui.time.NanoClock;
import voiptui.tui.ScreenContext;
import voiptui.tui.ScreenLoop;
import voiptui.tui.top.TopScreen;

/**
 * A relay with its own screen: it listens first, so that a port that is taken is told on an untouched terminal, and its
 * log goes to a file.
 *
 * <p>Calls are worth more than their picture: when the screen dies of a fault of ours, the relay goes on without it.
 */
public final class ScreenRelay {

    private static final String LOG_NAME = "relay.log";
    private static final int STATUS_INTERVAL_MS = 1000;

    private final RelayConfig config;
    private final boolean verbose;
    private final boolean ascii;
    private final Map<String, String> environment;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;

    /**
     * A relay to be run.
     *
     * @param verbose whether to log routine events too
     * @param ascii whether to draw with ASCII alone, whatever the terminal can
     */
    public ScreenRelay(RelayConfig config, boolean verbose, boolean ascii, Map<String, String> environment) {
        this.config = config;
        this.verbose = verbose;
        this.ascii = ascii;
        this.environment = environment;
    }

    /** Runs it until it is told to stop. */
    public void run() throws CommandFailure, InterruptedException, IOException {
        FullScreen.requireTerminal(environment, "leave --top out to log to standard error");
        EventBus bus = new EventBus();
        try (LogFile file = FullScreen.openLog(LOG_NAME, environment)) {
            PrintStream logLines = FullScreen.linesOf(file);
            RelayLog log = new RelayLog(logLines, InstantSource.system(), false, verbose);
            log.takeLibraryLogs();
            System.setOut(logLines);
            System.setErr(logLines);
            try (EventLines lines = EventLines.start(bus, "relay-log", log, RelayEvent.Stopped.class::isInstance)) {
                run(bus, file == null ? "" : file.path().toString());
            } finally {
                System.setOut(standardOut);
                System.setErr(standardErr);
            }
        }
    }

    private void run(EventBus bus, String logFile) throws CommandFailure, InterruptedException, IOException {
        ProcessSignals.onTerminate(stop::countDown);
        ProcessSignals.onInterrupt(stop::countDown);
        try (Relay relay = Relay.start(config, bus, NanoClock.SYSTEM)) {
            try (TopScreen screen = openScreen(relay, bus, logFile)) {
                relay.publishStatusEvery(STATUS_INTERVAL_MS);
                stop.await();
                relay.close();
            }
            TopScreen.farewell(relay.uptimeMs(), relay.counters().snapshot(Counter.Side.RELAY), logFile)
                    .forEach(standardOut::println);
        } catch (ListenException taken) {
            throw new CommandFailure(ExitCode.UNREACHABLE, taken.getMessage());
        } catch (IOException refused) {
            throw new CommandFailure(ExitCode.FAILED, refused.getMessage());
        }
    }

    private TopScreen openScreen(Relay relay, EventBus bus, String logFile) throws CommandFailure {
        RelayEvent.Started started = new RelayEvent.Started(
                IpText.of(relay.controlAddress()), IpText.of(relay.mediaAddress()), config.maxClients());
        try {
            ScreenContext context = FullScreen.context(
                    ascii, environment, bus, command -> stop.countDown(), crash -> onCrash(bus, crash, logFile));
            return TopScreen.open(context, started, ZoneId.systemDefault());
        } catch (IOException noTerminal) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "cannot use this terminal: " + noTerminal.getMessage() + "; leave --top out to do without");
        }
    }

    private void onCrash(EventBus bus, Throwable crash, String logFile) {
        bus.publish(new RelayEvent.Warning("internal error in " + ScreenLoop.THREAD + ": " + crash));
        crash.printStackTrace(System.err);
        standardErr.println("voiptui relay: the screen met an internal error, please report it"
                + (logFile.isEmpty() ? "" : " with " + logFile));
        standardErr.println("voiptui relay: the relay goes on without its screen; Ctrl+C stops it");
    }
}
