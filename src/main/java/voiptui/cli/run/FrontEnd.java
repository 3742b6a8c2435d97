package voiptui.cli.run;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import voiptui.call.CallSetupException;
import voiptui.call.RunningCall;
import voiptui.cli.exit.CommandFailure;
import voiptui.event.Command;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.report.EventLines;
import voiptui.tui.ShownScreen;

/** How a command presents its events: as plain lines, on a full screen and in a log file. */
public interface FrontEnd {

    /**
     * The plain lines of a command.
     *
     * @param printer prints the events
     * @param commands creates the commands that can be typed
     */
    record Narration(EventLines.Printer printer, Function<RunningCall, TypedCommands> commands) {}

    /** Returns the name of the command, for messages. */
    String command();

    /** Returns the test for the last event. */
    Predicate<Event> isLast();

    /** Creates the plain lines, which are printed to {@code err}. */
    Narration narrate(PrintStream err, InstantSource wallClock);

    /** Creates the printer of the log file. */
    EventLines.Printer log(PrintStream lines);

    /**
     * Opens the full screen.
     *
     * @param logFile the path of the log file, for the user; empty: there is none
     * @param commands carries out what the user asks for
     * @param onCrash is called when the screen fails because of a bug
     */
    ShownScreen open(String logFile, EventBus bus, Consumer<Command> commands, Consumer<Throwable> onCrash)
            throws IOException;

    /** Waits for the end of a call. */
    static EndReason awaitEnd(RunningCall call) throws CommandFailure, InterruptedException {
        try {
            return call.awaitEnd();
        } catch (CallSetupException problem) {
            throw CommandFailure.of(problem);
        }
    }
}
