package voiptui.cli.run;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import voiptui.call.CallSetupException;
import voiptui.call.RunningCall;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.report.EventLines;
import voiptui.report.LogFile;
import voiptui.tui.ScreenLoop;
import voiptui.tui.ShownScreen;

/**
 * A call or a phone with its full screen: painted first, then devices are opened, which may take its time; given back
 * before anything else is printed, whatever happens.
 *
 * <p>Meanwhile nothing may write to the terminal but the screen: what libraries print goes to the log.
 */
public final class ScreenRun {

    private static final String LOG_NAME = "voiptui.log";

    /** What is run behind the screen. */
    @FunctionalInterface
    public interface Start {

        /**
         * Opens what is needed and prepares it.
         *
         * @throws CommandFailure when something cannot be had
         */
        public RunningCall run(EventBus bus) throws CommandFailure;
    }

    /** What is shown. */
    interface Kind {

        /** The command's name, for messages. */
        String command();

        /** Writes the log. */
        EventLines.Printer log(PrintStream lines);

        /** Tells the event after which nothing more comes. */
        Predicate<Event> isLast();

        /**
         * Opens the screen.
         *
         * @param logFile where the log goes, for the user; an empty string where it goes nowhere
         */
        ShownScreen open(String logFile, EventBus bus, Consumer<Command> commands, Consumer<Throwable> onCrash)
                throws IOException;
    }

    private final Kind kind;
    private final Map<String, String> environment;
    private volatile RunningCall running;
    /** Why it is to end although it has not begun; {@code null} while it is not. */
    private volatile EndReason leaving;

    public ScreenRun(Kind kind, Map<String, String> environment) {
        this.kind = kind;
        this.environment = environment;
    }

    /** Fails where there is no terminal to draw on. */
    public static void requireTerminal(Map<String, String> environment) throws CommandFailure {
        FullScreen.requireTerminal(environment, "without one use --plain, or --json for scripts");
    }

    /** Runs it, and returns the exit status. */
    public int run(EventBus bus, Start start) throws CommandFailure, InterruptedException {
        PrintStream standardOut = System.out;
        PrintStream standardErr = System.err;
        try (LogFile log = FullScreen.openLog(LOG_NAME, environment)) {
            PrintStream logLines = FullScreen.linesOf(log);
            EventLines logging = EventLines.start(bus, "voiptui-log", kind.log(logLines), kind.isLast());
            System.setOut(logLines);
            System.setErr(logLines);
            try (ShownScreen screen = kind.open(
                    log == null ? "" : log.path().toString(), bus, this::onCommand, crash -> onCrash(bus, crash))) {
                return run(bus, start, screen, logging, standardOut, standardErr, log);
            } finally {
                System.setOut(standardOut);
                System.setErr(standardErr);
                logging.close();
            }
        } catch (IOException noTerminal) {
            throw new CommandFailure(
                    ExitCode.USAGE, "cannot use this terminal: " + noTerminal.getMessage() + "; --plain does without");
        }
    }

    private int run(
            EventBus bus,
            Start start,
            ShownScreen screen,
            EventLines logging,
            PrintStream out,
            PrintStream err,
            LogFile log)
            throws CommandFailure, InterruptedException {
        ProcessSignals.onInterrupt(() -> leave(EndReason.INTERRUPTED));
        ProcessSignals.onTerminate(() -> leave(EndReason.QUIT));
        RunningCall run = start.run(bus);
        running = run;
        run.start();
        if (leaving != null) {
            run.hangUp(leaving);
        }
        EndReason reason = awaitEnd(run);
        logging.awaitLast();
        screen.awaitEnd();
        screen.close();
        int status = ExitCode.of(reason);
        PrintStream to = status == ExitCode.OK || status == ExitCode.INTERRUPTED ? out : err;
        screen.farewell().forEach(to::println);
        if (status == ExitCode.FAILED) {
            err.println("voiptui " + kind.command() + ": internal error, please report it"
                    + (log == null ? "" : " with " + log.path()));
        }
        return status;
    }

    static EndReason awaitEnd(RunningCall call) throws CommandFailure, InterruptedException {
        try {
            return call.awaitEnd();
        } catch (CallSetupException problem) {
            throw CommandFailure.of(problem);
        }
    }

    private void onCommand(Command command) {
        RunningCall run = running;
        if (run != null) {
            run.command(command);
        } else if (command instanceof Command.HangUp || command instanceof Command.LeavePhone) {
            leaving = EndReason.QUIT;
        }
    }

    private void leave(EndReason reason) {
        RunningCall run = running;
        if (run != null) {
            run.hangUp(reason);
        } else {
            leaving = reason;
        }
    }

    private void onCrash(EventBus bus, Throwable crash) {
        bus.publish(new CallEvent.Failed(ScreenLoop.THREAD, crash));
        leave(EndReason.FAILED);
    }
}
