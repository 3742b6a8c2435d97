package voiptui.report.log;

import java.io.PrintStream;
import java.time.InstantSource;
import voiptui.event.Event;
import voiptui.event.Subscription.Readings;
import voiptui.report.EventLines;

/**
 * Writes a phone and its calls to a log: the texts that users read, with times in UTC, and stack traces of bugs.
 *
 * <p>Owned by the printing thread.
 */
public final class PhoneLog implements EventLines.Printer {

    private final TextLog log;

    /**
     * Creates a log.
     *
     * @param out where the lines go
     * @param clock for the time at the start of each line
     * @param relay the relay as the user named it
     */
    public PhoneLog(PrintStream out, InstantSource clock, String relay) {
        this.log = new TextLog(out, clock, relay, "", "phone at relay " + relay);
    }

    @Override
    public Readings readings() {
        return Readings.NONE;
    }

    @Override
    public void onEvent(Event event) {
        log.onEvent(event);
    }
}
