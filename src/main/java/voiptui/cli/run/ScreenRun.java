package voiptui.cli.run;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.call.RunningCall;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.report.EventLines;
import voiptui.report.Printable;
import voiptui.tui.ScreenLoop;
import voiptui.tui.ShownScreen;

/**
 * Runs a call or a phone on the full screen. The screen is drawn before devices are opened, which may take a while, and is
 * closed before anything else is printed, whatever happens. Meanwhile nothing else may write to the terminal.
 */
public final class ScreenRun {

    private static final String LOG_NAME = "voiptui.log";

    private final FrontEnd frontEnd;
    private final Map<String, String> environment;
    /** Null until the call is open. */
    private volatile @Nullable RunningCall running;
    /** Why to end a call that is not open yet; null: it goes on. */
    private volatile @Nullable EndReason leaving;

    /**
     * Creates a run; nothing is drawn.
     *
     * @param environment the environment variables
     */
    public ScreenRun(FrontEnd frontEnd, Map<String, String> environment) {
        this.frontEnd = frontEnd;
        this.environment = environment;
    }

    /**
     * Checks that there is a terminal to draw on.
     *
     * @throws CommandFailure when there is none
     */
    public static void requireTerminal(Map<String, String> environment) throws CommandFailure {
        FullScreen.requireTerminal(environment, "without one use --plain, or --json for scripts");
    }

    /** Runs a call until it ends, and returns the exit status. */
    public int run(EventBus bus, CallStart start) throws CommandFailure, InterruptedException {
        try (LogRedirect log = LogRedirect.to(LOG_NAME, environment);
                EventLines logging =
                        EventLines.start(bus, "voiptui-log", frontEnd.log(log.lines()), frontEnd.isLast());
                ShownScreen screen = frontEnd.open(log.path(), bus, this::onCommand, crash -> onCrash(bus, crash))) {
            return run(bus, start, screen, logging, log);
        } catch (IOException noTerminal) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot use this terminal: " + noTerminal.getMessage() + "; use --plain");
        }
    }

    private int run(EventBus bus, CallStart start, ShownScreen screen, EventLines logging, LogRedirect log)
            throws CommandFailure, InterruptedException {
        ProcessSignals.onInterrupt(() -> leave(EndReason.INTERRUPTED));
        ProcessSignals.onTerminate(() -> leave(EndReason.QUIT));
        RunningCall call = start.open(bus);
        running = call;
        call.start();
        EndReason early = leaving;
        if (early != null) {
            call.hangUp(early);
        }
        EndReason reason = FrontEnd.awaitEnd(call);
        logging.awaitLast();
        screen.awaitEnd();
        screen.close();
        int status = ExitCode.of(reason);
        PrintStream out =
                status == ExitCode.OK || status == ExitCode.INTERRUPTED ? log.standardOut() : log.standardErr();
        screen.farewell().forEach(line -> out.println(Printable.of(line)));
        if (status == ExitCode.FAILED) {
            log.standardErr()
                    .println("voiptui " + frontEnd.command() + ": internal error, please report it" + log.reportHint());
        }
        return status;
    }

    private void onCommand(Command command) {
        RunningCall call = running;
        if (call != null) {
            call.command(command);
        } else if (command instanceof Command.HangUp || command instanceof Command.LeavePhone) {
            leaving = EndReason.QUIT;
        }
    }

    private void leave(EndReason reason) {
        RunningCall call = running;
        if (call != null) {
            call.hangUp(reason);
        } else {
            leaving = reason;
        }
    }

    private void onCrash(EventBus bus, Throwable crash) {
        bus.publish(new CallEvent.Failed(ScreenLoop.THREAD, crash));
        leave(EndReason.FAILED);
    }
}
