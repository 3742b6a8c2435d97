package voiptui.cli.run;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.ScreenLook;
import voiptui.event.Command;
import voiptui.event.EventBus;
import voiptui.time.NanoClock;
import voiptui.tui.ScreenContext;
import voiptui.tui.terminal.TerminalSession;

/** The process-wide setup that every full screen needs. */
final class FullScreen {

    private FullScreen() {}

    /**
     * Checks that there is a terminal to draw on.
     *
     * @param instead what to do without one, for the user
     * @throws CommandFailure when there is none, or it is a dumb one
     */
    static void requireTerminal(Map<String, String> environment, String instead) throws CommandFailure {
        if (!isTerminal()) {
            throw new CommandFailure(ExitCode.USAGE, "the full screen needs a terminal; " + instead);
        }
        requireUsable(environment, instead);
    }

    /** As {@link #requireTerminal}, for what the environment says about the terminal. */
    static void requireUsable(Map<String, String> environment, String instead) throws CommandFailure {
        String term = environment.getOrDefault("TERM", "");
        if (term.isEmpty() || term.equals("dumb")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "TERM is " + (term.isEmpty() ? "not set" : "dumb")
                            + ", so the full screen cannot be drawn: set TERM to the terminal's type; " + instead);
        }
    }

    /** Returns whether there is a terminal. From Java 22 on, a console may exist without one. */
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
     * Opens the terminal, follows changes of its window size, and returns what a screen on it needs.
     *
     * @param look how the user wants the screen to look
     */
    static ScreenContext context(
            ScreenLook look,
            Map<String, String> environment,
            EventBus bus,
            Consumer<Command> commands,
            Consumer<Throwable> onCrash)
            throws IOException {
        TerminalSession terminal = openTerminal(environment);
        if (look.asksForBackground(environment)) {
            terminal.askForBackground();
        }
        if (look.usesMouse(environment)) {
            terminal.useMouse();
        }
        if (look.asksForReleases(environment)) {
            terminal.askForReleases();
        }
        return new ScreenContext(
                terminal,
                look.firstTheme(environment),
                look.glyphs(environment),
                bus,
                commands,
                steadyClock(),
                look.controls(),
                onCrash);
    }

    /** Opens the terminal and follows changes of its window size. */
    private static TerminalSession openTerminal(Map<String, String> environment) throws IOException {
        TerminalSession terminal =
                TerminalSession.open(System.in, new FileOutputStream(FileDescriptor.out), environment);
        ProcessSignals.onWindowChange(terminal::windowChanged);
        ProcessSignals.onContinue(terminal::continued);
        terminal.steer(ProcessSignals.onStop(terminal::askToStop)::accept);
        return terminal;
    }

    /** Returns a wall clock that never jumps: the time at this call, advanced by the monotonic clock. */
    private static LongSupplier steadyClock() {
        long startMs = System.currentTimeMillis();
        long startNs = NanoClock.SYSTEM.nanoTime();
        return () -> startMs + (NanoClock.SYSTEM.nanoTime() - startNs) / NS_PER_MS;
    }
}
