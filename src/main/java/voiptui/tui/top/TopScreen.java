package voiptui.tui.top;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import voiptui.event.Command;
import voiptui.event.Counter;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.tui.ScreenLoop;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.TerminalSession;
import voiptui.tui.terminal.Theme;
import voiptui.tui.widget.NumberText;

/** A relay's own screen, from its first paint to the moment when the terminal is given back. Any thread. */
public final class TopScreen implements AutoCloseable {

    private final ScreenLoop<TopModel> loop;

    private TopScreen(ScreenLoop<TopModel> loop) {
        this.loop = loop;
    }

    /**
     * Subscribes, paints, and goes on until the relay has stopped.
     *
     * @param terminal where; this owns it from now on
     * @param theme how it looks
     * @param glyphs what it is drawn with
     * @param started where the relay listens
     * @param zone for the times of day
     * @param bus what happens; {@link RelayEvent.Status} among it
     * @param commands takes {@link Command.HangUp} when the user wants the relay stopped; must not wait
     * @param nowMs milliseconds since 1970 that never run backwards
     * @param onCrash told of a fault of ours, after the terminal was given back
     */
    public static TopScreen open(
            TerminalSession terminal,
            Theme theme,
            Glyphs glyphs,
            RelayEvent.Started started,
            ZoneId zone,
            EventBus bus,
            Consumer<Command> commands,
            LongSupplier nowMs,
            Consumer<Throwable> onCrash) {
        TopModel first = TopUpdate.onEvent(TopModel.INITIAL, started, nowMs.getAsLong());
        return new TopScreen(
                ScreenLoop.start(terminal, new TopProgram(zone), first, theme, glyphs, bus, commands, nowMs, onCrash));
    }

    /**
     * What stays to be read when the screen is gone, line by line.
     *
     * @param uptimeMs how long the relay ran, in milliseconds
     * @param totals what it counted
     * @param logFile where the log is, for the user; an empty string where it is nowhere
     */
    public static List<String> farewell(long uptimeMs, Map<Counter, Long> totals, String logFile) {
        long dropped = TopView.DROPS.keySet().stream().mapToLong(totals::get).sum();
        List<String> lines = new ArrayList<>();
        lines.add("Relay stopped after " + NumberText.duration(uptimeMs) + ", "
                + NumberText.count(totals.get(Counter.REGISTRATIONS)) + " registrations");
        lines.add("  media      " + NumberText.count(totals.get(Counter.FORWARDED)) + " datagrams passed on ("
                + TopText.bytes(totals.get(Counter.FORWARDED_BYTES)) + "), " + NumberText.count(dropped) + " dropped");
        if (!logFile.isEmpty()) {
            lines.add("  log        " + logFile);
        }
        return lines;
    }

    /** Ends, and gives the terminal back. Again: does nothing. */
    @Override
    public void close() {
        loop.close();
    }
}
