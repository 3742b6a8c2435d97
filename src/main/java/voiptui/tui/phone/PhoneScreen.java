package voiptui.tui.phone;

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

/** The full screen of a phone, from its first paint to the moment when the terminal is given back. Any thread. */
public final class PhoneScreen implements ShownScreen {

    private final ScreenLoop<PhoneModel> loop;

    private PhoneScreen(ScreenLoop<PhoneModel> loop) {
        this.loop = loop;
    }

    /**
     * Subscribes, paints, and goes on until the phone is off.
     *
     * @param terminal where; this owns it from now on
     * @param theme how it looks
     * @param glyphs what it is drawn with
     * @param relay the relay as the user named it
     * @param name what the phone wants to be called by
     * @param ring whether the terminal's bell rings for a call
     * @param logFile where the log goes, for the user; an empty string where it goes nowhere
     * @param zone for the times of day
     * @param bus what happens
     * @param commands takes what the user asks for; must not wait
     * @param nowMs milliseconds since 1970 that never run backwards
     * @param onCrash told of a fault of ours, after the terminal was given back
     */
    public static PhoneScreen open(
            TerminalSession terminal,
            Theme theme,
            Glyphs glyphs,
            String relay,
            String name,
            boolean ring,
            String logFile,
            ZoneId zone,
            EventBus bus,
            Consumer<Command> commands,
            LongSupplier nowMs,
            Consumer<Throwable> onCrash) {
        PhoneModel first =
                PhoneModel.first(new PhoneModel.Setting(relay, name, ring, logFile, zone, nowMs.getAsLong()));
        return new PhoneScreen(
                ScreenLoop.start(terminal, new PhoneProgram(), first, theme, glyphs, bus, commands, nowMs, onCrash));
    }

    /** Waits until the phone is off and the terminal is given back, at most three seconds. */
    @Override
    public void awaitEnd() throws InterruptedException {
        loop.awaitEnd();
    }

    /** What stays to be read when the screen is gone, line by line; empty when the phone was not off. */
    @Override
    public List<String> farewell() {
        return PhoneSummary.lines(loop.last());
    }

    /** Ends, and gives the terminal back. Again: does nothing. */
    @Override
    public void close() {
        loop.close();
    }
}
