package voiptui.tui.top;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.tui.ScreenContext;
import voiptui.tui.ScreenLoop;
import voiptui.tui.widget.NumberText;

/** The full screen of a relay, from the first frame until the terminal is restored. Any thread. */
public final class TopScreen implements AutoCloseable {

    private final ScreenLoop<TopModel> loop;

    private TopScreen(ScreenLoop<TopModel> loop) {
        this.loop = loop;
    }

    /**
     * Opens the screen and shows the relay until it stops.
     *
     * @param context its commands get {@link voiptui.event.Command.HangUp} when the user wants to stop the relay
     * @param started the relay's addresses
     * @param zone time zone for the times of day
     */
    public static TopScreen open(ScreenContext context, RelayEvent.Started started, ZoneId zone) {
        TopModel first =
                TopUpdate.onEvent(TopModel.INITIAL, started, context.nowMs().getAsLong());
        return new TopScreen(ScreenLoop.start(
                context, new TopProgram(zone, context.controls().keys()), first));
    }

    /**
     * Returns the summary to print on the restored terminal, line by line.
     *
     * @param uptimeMs how long the relay ran, in milliseconds
     * @param totals its counters
     * @param logFile path of the log file, for display; empty if there is none
     */
    public static List<String> farewell(long uptimeMs, Map<Counter, Long> totals, String logFile) {
        long dropped = CounterTable.DROPS.keySet().stream()
                .mapToLong(drop -> totals.getOrDefault(drop, 0L))
                .sum();
        List<String> lines = new ArrayList<>();
        lines.add("Relay stopped after " + NumberText.duration(uptimeMs) + ", "
                + NumberText.count(totals.getOrDefault(Counter.SIGN_INS, 0L)) + " sign-ins, "
                + NumberText.count(totals.getOrDefault(Counter.REGISTRATIONS, 0L)) + " classic registrations");
        lines.add("  media      " + NumberText.count(totals.getOrDefault(Counter.FORWARDED, 0L))
                + " datagrams forwarded (" + TopText.bytes(totals.getOrDefault(Counter.FORWARDED_BYTES, 0L)) + "), "
                + NumberText.count(dropped) + " dropped");
        if (!logFile.isEmpty()) {
            lines.add("  log        " + logFile);
        }
        return lines;
    }

    /** Closes the screen and restores the terminal. Does nothing the second time. */
    @Override
    public void close() {
        loop.close();
    }
}
