package voiptui.cli.run;

import java.util.function.Function;
import java.util.function.Predicate;
import voiptui.call.RunningCall;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.report.EventLines;

/** A call or a phone without a screen: its events are printed, and what is typed is done. */
public final class PlainRun {

    private PlainRun() {}

    /**
     * Runs it, and returns the exit status.
     *
     * @param printer prints the events
     * @param isLast tells the event after which nothing more comes
     * @param typed makes sense of the lines that are typed
     */
    public static int run(
            EventBus bus,
            ScreenRun.Start start,
            EventLines.Printer printer,
            Predicate<Event> isLast,
            Function<RunningCall, TypedCommands> typed)
            throws CommandFailure, InterruptedException {
        try (EventLines lines = EventLines.start(bus, "voiptui-report", printer, isLast)) {
            RunningCall run = start.run(bus);
            ProcessSignals.onInterrupt(() -> run.hangUp(EndReason.INTERRUPTED));
            ProcessSignals.onTerminate(() -> run.hangUp(EndReason.QUIT));
            run.start();
            StandardInput.eachLine(typed.apply(run)::onLine);
            EndReason reason = ScreenRun.awaitEnd(run);
            lines.awaitLast();
            return ExitCode.of(reason);
        }
    }
}
