package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import voiptui.event.CallEvent;
import voiptui.event.Event;

/**
 * What a client sees, as lines of a log, each with its time in UTC: the words that a person reads, and of a fault of ours all
 * that is known. Owned by its printing thread.
 */
final class TextLog implements EventLines.Printer {

    private final PrintStream out;
    private final InstantSource clock;
    private EventText words;

    /** Logs a call with {@code peer}, or a phone's calls where that is empty, and begins with a line of its own. */
    TextLog(PrintStream out, InstantSource clock, String relay, String peer, String first) {
        this.out = out;
        this.clock = clock;
        this.words = new EventText(relay, peer, ZoneOffset.UTC);
        print("INFO", Printable.of(first));
    }

    @Override
    public void onEvent(Event event) {
        words = words.after(event);
        String line = words.of(event);
        if (!line.isEmpty()) {
            print(EventText.isWarning(event) ? "WARN" : "INFO", line);
        }
        if (event instanceof CallEvent.Failed failed) {
            failed.cause().printStackTrace(out);
        }
    }

    private void print(String level, String line) {
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + " " + line);
    }
}
