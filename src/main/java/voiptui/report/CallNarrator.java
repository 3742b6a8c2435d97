package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import voiptui.event.CallEvent;
import voiptui.event.Event;

/**
 * Tells a call in plain lines, one for each change of state or warning, and what it knows when asked.
 *
 * <p>Owned by its printing thread, but for {@link #askForStats}.
 */
public final class CallNarrator implements EventLines.Printer {

    private final TimestampedLines lines;
    private final CallStatsLine figures = new CallStatsLine();
    private EventText words;
    private volatile boolean statsAsked;

    /**
     * Tells a call.
     *
     * @param out where the lines go
     * @param clock for the time in front of each line, in the machine's time zone
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     */
    public CallNarrator(PrintStream out, InstantSource clock, String relay, String peer) {
        this.lines = new TimestampedLines(out, clock, ZoneId.systemDefault());
        this.words = new EventText(relay, peer, ZoneId.systemDefault());
    }

    @Override
    public void onEvent(Event event) {
        figures.onEvent(event);
        if (event instanceof CallEvent.DevicesListed listed) {
            lines.sayDevices(listed);
        }
        words = words.after(event);
        lines.say(words.of(event));
    }

    /** Asks for a line with the numbers of the moment. Any thread. */
    public void askForStats() {
        statsAsked = true;
    }

    @Override
    public void onIdle() {
        if (statsAsked) {
            statsAsked = false;
            lines.say(figures.line());
        }
    }
}
