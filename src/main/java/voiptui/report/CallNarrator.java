package voiptui.report;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.Subscription.Readings;

/**
 * Prints a line for each state change and warning of a call, and statistics on request.
 *
 * <p>Owned by the printing thread, except {@link #askForStats}.
 */
public final class CallNarrator implements EventLines.Printer {

    private final TimestampedLines lines;
    private final CallStatsLine stats = new CallStatsLine();
    private EventText text;
    private volatile boolean statsAsked;

    /**
     * Creates a narrator.
     *
     * @param out where the lines go
     * @param clock for the time of day at the start of each line, in the system's time zone
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     */
    public CallNarrator(PrintStream out, InstantSource clock, String relay, String peer) {
        this.lines = new TimestampedLines(out, clock, ZoneId.systemDefault());
        this.text = new EventText(relay, peer, ZoneId.systemDefault());
    }

    @Override
    public Readings readings() {
        return Readings.WHEN_POLLED;
    }

    @Override
    public void onEvent(Event event) {
        stats.onEvent(event);
        if (event instanceof CallEvent.DevicesListed listed) {
            lines.printDevices(listed);
        }
        text = text.after(event);
        lines.print(text.of(event) + (event instanceof CallEvent callEvent ? CallText.typed(callEvent) : ""));
    }

    /** Requests a line of statistics. Any thread. */
    public void askForStats() {
        statsAsked = true;
    }

    @Override
    public void onIdle() {
        if (statsAsked) {
            statsAsked = false;
            lines.print(stats.line());
        }
    }
}
