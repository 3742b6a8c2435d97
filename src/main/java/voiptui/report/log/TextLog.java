package voiptui.report.log;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.report.EventLines;
import voiptui.report.EventText;
import voiptui.report.Printable;

/**
 * Writes the events of a client to a log: the texts that users read, with times in UTC, and stack traces of bugs. Owned by
 * the printing thread.
 */
final class TextLog implements EventLines.Printer {

    private final PrintStream out;
    private final InstantSource clock;
    private EventText text;

    /** Logs a call to {@code peer}, or a phone's calls if that is empty, and starts with the line {@code first}. */
    TextLog(PrintStream out, InstantSource clock, String relay, String peer, String first) {
        this.out = out;
        this.clock = clock;
        this.text = new EventText(relay, peer, ZoneOffset.UTC);
        print("INFO", Printable.of(first));
    }

    @Override
    public void onEvent(Event event) {
        text = text.after(event);
        String line = text.of(event);
        if (!line.isEmpty()) {
            print(EventText.isWarning(event) ? "WARN" : "INFO", line);
        }
        if (event instanceof CallEvent.Failed failed) {
            Printable.linesOf(failed.cause()).forEach(out::println);
        }
    }

    private void print(String level, String line) {
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + " " + line);
    }
}
