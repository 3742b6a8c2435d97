package voiptui.tui.call;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import voiptui.event.Command;
import voiptui.event.EventBus;
import voiptui.tui.ScreenLoop;
import voiptui.tui.ShownScreen;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.TerminalSession;
import voiptui.tui.terminal.Theme;

/** The full screen of a call, from its first paint to the moment when the terminal is given back. Any thread. */
public final class CallScreen implements ShownScreen {

    private final ScreenLoop<CallModel> loop;

    private CallScreen(ScreenLoop<CallModel> loop) {
        this.loop = loop;
    }

    /**
     * Subscribes, paints, and goes on until the call's summary has come.
     *
     * @param terminal where; this owns it from now on
     * @param theme how it looks
     * @param glyphs what it is drawn with
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     * @param logFile where the log goes, for the user; an empty string where it goes nowhere
     * @param zone for the times of day
     * @param bus what happens
     * @param commands takes what the user asks for; must not wait
     * @param nowMs milliseconds since 1970 that never run backwards
     * @param onCrash told of a fault of ours, after the terminal was given back
     */
    public static CallScreen open(
            TerminalSession terminal,
            Theme theme,
            Glyphs glyphs,
            String relay,
            String peer,
            String logFile,
            ZoneId zone,
            EventBus bus,
            Consumer<Command> commands,
            LongSupplier nowMs,
            Consumer<Throwable> onCrash) {
        CallModel.Setting setting = new CallModel.Setting(relay, peer, logFile, zone, false);
        return new CallScreen(ScreenLoop.start(
                terminal,
                new CallProgram(),
                CallModel.first(setting, nowMs.getAsLong()),
                theme,
                glyphs,
                bus,
                commands,
                nowMs,
                onCrash));
    }

    /** Waits until the summary has come and the terminal is given back. */
    @Override
    public void awaitEnd() throws InterruptedException {
        loop.awaitEnd();
    }

    /** What stays to be read when the screen is gone, line by line; empty when the call was not over. */
    @Override
    public List<String> farewell() {
        return CallSummary.lines(loop.last());
    }

    /** Ends, and gives the terminal back. Again: does nothing. */
    @Override
    public void close() {
        loop.close();
    }
}
