package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import voiptui.event.Event;

/**
 * A phone and its calls as lines of a log, each with its time in UTC: the words that a person reads, and of a fault of ours
 * all that is known.
 *
 * <p>Owned by its printing thread.
 */
public final class PhoneLog implements EventLines.Printer {

    private final TextLog log;

    /**
     * Logs a phone.
     *
     * @param out where the lines go
     * @param clock for the time in front of each line
     * @param relay the relay as the user named it
     */
    public PhoneLog(PrintStream out, InstantSource clock, String relay) {
        this.log = new TextLog(out, clock, relay, "", "phone at relay " + relay);
    }

    @Override
    public void onEvent(Event event) {
        log.onEvent(event);
    }
}
