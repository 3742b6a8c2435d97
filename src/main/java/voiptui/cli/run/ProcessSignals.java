package voiptui.cli.run;

import sun.misc.Signal;
import voiptui.cli.exit.ExitCode;

/**
 * Handlers for signals such as SIGINT. Unlike shutdown hooks they know which signal arrived and leave the exit status to the
 * program.
 *
 * <p>Signals that the system does not have are ignored. Handlers run on a thread of the virtual machine and must not block.
 */
public final class ProcessSignals {

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

    /** Runs {@code action} when the size of the terminal window changes. */
    static void onWindowChange(Runnable action) {
        on("WINCH", action);
    }

    private static void on(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), signal -> action.run());
        } catch (IllegalArgumentException notOnThisSystem) {
            // it cannot be sent either
        }
    }
}
