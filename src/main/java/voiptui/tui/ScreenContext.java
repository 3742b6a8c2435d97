package voiptui.tui;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import voiptui.event.Command;
import voiptui.event.EventBus;
import voiptui.tui.key.Controls;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.TerminalSession;
import voiptui.tui.terminal.Theme;

/**
 * What every full screen needs from the program around it.
 *
 * @param terminal the terminal; the screen owns it from now on
 * @param theme colors and attributes, until the terminal says what its background is
 * @param glyphs the characters for lines, bars and signs
 * @param bus the events to show
 * @param commands takes the user's commands on the UI thread; must not block
 * @param nowMs the time in milliseconds since 1970; never runs backwards
 * @param controls how the user controls the screen
 * @param onCrash called with a bug in the screen, after the terminal has been restored
 */
public record ScreenContext(
        TerminalSession terminal,
        Theme theme,
        Glyphs glyphs,
        EventBus bus,
        Consumer<Command> commands,
        LongSupplier nowMs,
        Controls controls,
        Consumer<Throwable> onCrash) {}
