package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import voiptui.event.CallEvent;
import voiptui.event.Event;

/**
 * A call as lines of a log, each with its time in UTC: the words that a person reads, and of a fault of ours all that is
 * known.
 *
 * <p>Owned by its printing thread.
 */
public final class CallLog implements EventLines.Printer {

    private final PrintStream out;
    private final InstantSource clock;
    private final CallWords words;

    /**
     * Logs a call.
     *
     * @param out where the lines go
     * @param clock for the time in front of each line
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     */
    public CallLog(PrintStream out, InstantSource clock, String relay, String peer) {
        this.out = out;
        this.clock = clock;
        this.words = new CallWords(relay, peer);
        print("INFO", "call to " + Printable.of(peer) + " through " + Printable.of(relay));
    }

    @Override
    public void onEvent(Event event) {
        if (event instanceof CallEvent callEvent) {
            String line = words.of(callEvent);
            if (!line.isEmpty()) {
                print(CallWords.isWarning(callEvent) ? "WARN" : "INFO", line);
            }
            if (event instanceof CallEvent.Failed failed) {
                failed.cause().printStackTrace(out);
            }
        }
    }

    private void print(String level, String line) {
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + level + " " + line);
    }
}
