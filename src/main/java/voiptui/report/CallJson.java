package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import voiptui.event.Event;

/** Prints every event of a call as a line of JSON; the last one is the summary. */
public final class CallJson implements EventLines.Printer {

    private final PrintStream out;
    private final InstantSource clock;

    /** Prints to {@code out}, with times from {@code clock}. */
    public CallJson(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void onEvent(Event event) {
        out.println(EventJson.line(event, clock.instant()));
        out.flush();
    }
}
