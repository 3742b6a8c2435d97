package voiptui.cli.run;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import voiptui.event.Command;
import voiptui.event.EventBus;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.report.LogFile;
import voiptui.time.NanoClock;
import voiptui.tui.ScreenContext;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.TerminalSession;
import voiptui.tui.terminal.Theme;

/** What each full screen needs of the process that it runs in. */
final class FullScreen {

    private FullScreen() {}

    /**
     * Fails where there is no terminal to draw on.
     *
     * @param instead what to do without one, for the user
     */
    static void requireTerminal(Map<String, String> environment, String instead) throws CommandFailure {
        if (!isTerminal() || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            throw new CommandFailure(ExitCode.USAGE, "the full screen needs a terminal; " + instead);
        }
    }

    /** From Java 22 on there may be a console without a terminal, which only newer methods tell. */
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Takes the terminal, follows the size of its window, and returns what a screen on it needs.
     *
     * @param ascii whether to draw with ASCII alone, whatever the terminal can show
     */
    static ScreenContext context(
            boolean ascii,
            Map<String, String> environment,
            EventBus bus,
            Consumer<Command> commands,
            Consumer<Throwable> onCrash)
            throws IOException {
        return new ScreenContext(
                openTerminal(),
                new Theme(ColorDepth.of(environment)),
                ascii ? Glyphs.ASCII : Glyphs.of(environment),
                bus,
                commands,
                steadyClock(),
                onCrash);
    }

    /** Takes the terminal, and follows the size of its window. */
    private static TerminalSession openTerminal() throws IOException {
        TerminalSession terminal = TerminalSession.open(System.in, new FileOutputStream(FileDescriptor.out));
        ProcessSignals.onWindowChange(terminal::windowChanged);
        return terminal;
    }

    /**
     * The log beside a screen.
     *
     * @return {@code null} where it cannot be written, which keeps nobody from anything
     */
    static LogFile openLog(String name, Map<String, String> environment) {
        try {
            return LogFile.open(name, environment);
        } catch (IOException notWritable) {
            return null;
        }
    }

    /** What prints into {@code log}; nowhere where that is {@code null}. */
    static PrintStream linesOf(LogFile log) {
        return log == null
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : log.lines();
    }

    /** The time of day as it was at the beginning, going on with the clock that is never set. */
    private static LongSupplier steadyClock() {
        long startMs = System.currentTimeMillis();
        long startNs = NanoClock.SYSTEM.nanoTime();
        return () -> startMs + (NanoClock.SYSTEM.nanoTime() - startNs) / NS_PER_MS;
    }
}
