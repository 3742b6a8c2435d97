package voiptui.cli.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;
import voiptui.cli.exit.ExitCode;

/**
 * Handlers for signals such as SIGINT. Unlike shutdown hooks they know which signal arrived and leave the exit status to the
 * program.
 *
 * <p>Signals that the system does not have are ignored. Handlers run on a thread of the virtual machine and must not block.
 */
public final class ProcessSignals {

    private static final Path TERMINAL = Path.of("/dev/tty");

    private ProcessSignals() {}

    /** Runs {@code action} at the first Ctrl+C; a second one ends the process at once, after restoring the terminal. */
    public static void onInterrupt(Runnable action) {
        boolean[] again = {false};
        on("INT", () -> {
            if (again[0]) {
                System.exit(ExitCode.INTERRUPTED);
            }
            again[0] = true;
            action.run();
        });
    }

    /** Runs {@code action} at SIGTERM or SIGHUP. */
    public static void onTerminate(Runnable action) {
        on("TERM", action);
        on("HUP", action);
    }

    /**
     * Runs {@code reread} at SIGHUP or, if this process had a terminal that is gone now, {@code stop}: then the signal means
     * that the window was closed.
     */
    public static void onHangup(Runnable reread, Runnable stop) {
        boolean hadTerminal = hasTerminal();
        on("HUP", () -> (hadTerminal && !hasTerminal() ? stop : reread).run());
    }

    private static boolean hasTerminal() {
        try (FileChannel terminal = FileChannel.open(TERMINAL, StandardOpenOption.READ)) {
            return terminal.isOpen();
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * Makes SIGUSR1 and SIGUSR2 harmless, which otherwise end the process and crash Java. The start script does so for the
     * time until this is called. It also lets Java use another signal ({@code _JAVA_SR_SIGNUM}) for what it uses SIGUSR2 for,
     * the sampling of its flight recorder; without the script, that does not work from here on.
     */
    public static void ignoreUserSignals() {
        on("USR1", () -> {});
        on("USR2", () -> {});
    }

    /** Runs {@code action} when the size of the terminal window changes. */
    static void onWindowChange(Runnable action) {
        on("WINCH", action);
    }

    /**
     * Runs {@code action} when this process continues after it was stopped. From here on, SIGTTOU is ignored, so that what is
     * printed in the background does not stop it.
     */
    static void onContinue(Runnable action) {
        on("CONT", action);
        ignore("TTOU");
    }

    /**
     * Runs {@code action} instead of stopping when another process sends SIGTSTP, unless that is ignored here.
     *
     * @return takes whether the default action, stopping, is to happen from now on instead
     */
    static Consumer<Boolean> onStop(Runnable action) {
        try {
            Signal stop = new Signal("TSTP");
            SignalHandler handler = signal -> action.run();
            if (Signal.handle(stop, handler) == SignalHandler.SIG_IGN) {
                Signal.handle(stop, SignalHandler.SIG_IGN);
                return ignored -> {};
            }
            return defaultAction -> Signal.handle(stop, defaultAction ? SignalHandler.SIG_DFL : handler);
        } catch (IllegalArgumentException notOnThisSystem) {
            return ignored -> {};
        }
    }

    /**
     * Lets this process run on in the background of a terminal: reading from it fails instead of stopping the process, and
     * printing works whatever {@code stty tostop} says.
     */
    static void surviveBackground() {
        ignore("TTIN");
        ignore("TTOU");
    }

    private static void ignore(String name) {
        try {
            Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
        } catch (IllegalArgumentException notOnThisSystem) {
            // it cannot be sent either
        }
    }

    private static void on(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), signal -> action.run());
        } catch (IllegalArgumentException notOnThisSystem) {
            // it cannot be sent either
        }
    }
}
