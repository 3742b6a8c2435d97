package voiptui.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import voiptui.call.CallSession;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.report.CallLog;
import voiptui.report.EventLines;
import voiptui.report.LogFile;
import voiptui.tui.ColorDepth;
import voiptui.tui.ScreenLoop;
import voiptui.tui.Theme;
import voiptui.tui.call.CallScreen;

/**
 * A call with its full screen: painted first, then the microphone is opened, which may take its time; given back before
 * anything else is printed, whatever happens.
 *
 * <p>Meanwhile nothing may write to the terminal but the screen: what libraries print goes to the log.
 */
final class ScreenCall {

    private static final String LOG_NAME = "voiptui.log";

    /** Makes the call, once the screen is there. */
    @FunctionalInterface
    interface Start {

        /**
         * Opens what the call needs and prepares it.
         *
         * @throws CommandFailure when something cannot be had
         */
        CallSession session(EventBus bus) throws CommandFailure;
    }

    private final String relay;
    private final String peer;
    private final boolean ascii;
    private final Map<String, String> environment;
    private volatile CallSession session;
    /** Why it is to end although it has not begun; {@code null} while it is not. */
    private volatile EndReason leaving;

    /**
     * A call to be made.
     *
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     * @param ascii whether to draw with ASCII alone, whatever the terminal can
     */
    ScreenCall(String relay, String peer, boolean ascii, Map<String, String> environment) {
        this.relay = relay;
        this.peer = peer;
        this.ascii = ascii;
        this.environment = environment;
    }

    /** Fails where there is no terminal to draw on. */
    static void requireTerminal(Map<String, String> environment) throws CommandFailure {
        FullScreen.requireTerminal(environment, "without one use --plain, or --json for scripts");
    }

    /** Makes the call, and returns the exit status. */
    int run(EventBus bus, Start start) throws CommandFailure, InterruptedException {
        PrintStream standardOut = System.out;
        PrintStream standardErr = System.err;
        try (LogFile log = FullScreen.openLog(LOG_NAME, environment)) {
            PrintStream logLines = FullScreen.linesOf(log);
            EventLines logging = EventLines.start(bus, "voiptui-log",
                    new CallLog(logLines, InstantSource.system(), relay, peer), CallEvent.Summary.class::isInstance);
            System.setOut(logLines);
            System.setErr(logLines);
            try (CallScreen screen = openScreen(bus, log == null ? "" : log.path().toString())) {
                return run(bus, start, screen, logging, standardOut, standardErr, log);
            } finally {
                System.setOut(standardOut);
                System.setErr(standardErr);
                logging.close();
            }
        } catch (IOException noTerminal) {
            throw new CommandFailure(ExitCode.USAGE, "cannot use this terminal: " + noTerminal.getMessage()
                    + "; --plain does without");
        }
    }

    private int run(EventBus bus, Start start, CallScreen screen, EventLines logging, PrintStream out, PrintStream err,
            LogFile log) throws CommandFailure, InterruptedException {
        ProcessSignals.onInterrupt(() -> leave(EndReason.INTERRUPTED));
        ProcessSignals.onTerminate(() -> leave(EndReason.QUIT));
        CallSession call = start.session(bus);
        session = call;
        call.start();
        if (leaving != null) {
            call.hangUp(leaving);
        }
        CallEvent.Summary summary = call.awaitEnd();
        logging.awaitLast();
        screen.awaitEnd();
        screen.close();
        int status = ExitCode.of(summary.reason());
        PrintStream to = status == ExitCode.OK || status == ExitCode.INTERRUPTED ? out : err;
        screen.farewell().forEach(to::println);
        if (status == ExitCode.FAILED) {
            err.println("voiptui call: internal error, please report it" + (log == null ? "" : " with " + log.path()));
        }
        return status;
    }

    private CallScreen openScreen(EventBus bus, String logFile) throws IOException {
        return CallScreen.open(FullScreen.openTerminal(), new Theme(ColorDepth.of(environment)),
                FullScreen.glyphs(ascii, environment), relay, peer, logFile, ZoneId.systemDefault(), bus,
                this::onCommand, FullScreen.steadyClock(), crash -> onCrash(bus, crash));
    }

    private void onCommand(Command command) {
        CallSession call = session;
        if (call != null) {
            call.command(command);
        } else if (command instanceof Command.HangUp) {
            leaving = EndReason.QUIT;
        }
    }

    private void leave(EndReason reason) {
        CallSession call = session;
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
