package voiptui.cli.run;

import java.time.InstantSource;
import voiptui.call.RunningCall;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.report.CallJson;
import voiptui.report.EventLines;

/** Runs a call or a phone without a screen: prints its events and carries out what the user types. */
public final class PlainRun {

    private PlainRun() {}

    /**
     * Runs a call until it ends, and returns the exit status.
     *
     * @param json whether to print the events as JSON Lines
     * @param start prepares the call
     */
    public static int run(FrontEnd frontEnd, boolean json, CallStart start)
            throws CommandFailure, InterruptedException {
        EventBus bus = new EventBus();
        InstantSource wallClock = InstantSource.system();
        FrontEnd.Narration narration = frontEnd.narrate(System.err, wallClock);
        EventLines.Printer printer = json ? new CallJson(System.out, wallClock) : narration.printer();
        ProcessSignals.surviveBackground();
        try (EventLines lines = EventLines.start(bus, "voiptui-report", printer, frontEnd.isLast())) {
            RunningCall call = start.open(bus);
            ProcessSignals.onInterrupt(() -> call.hangUp(EndReason.INTERRUPTED));
            ProcessSignals.onTerminate(() -> call.hangUp(EndReason.QUIT));
            call.start();
            StandardInput.eachLine(narration.commands().apply(call)::onLine);
            EndReason reason = FrontEnd.awaitEnd(call);
            lines.awaitLast();
            return ExitCode.of(reason);
        }
    }
}
