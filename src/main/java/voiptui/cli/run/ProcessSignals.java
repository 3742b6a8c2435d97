package voiptui.cli.run;

import sun.misc.Signal;
import voiptui.cli.exit.ExitCode;

/**
 * Ctrl+C and its kin, as something to do rather than the end of everything: the Java machine's own shutdown hooks can
 * neither tell one signal from another nor choose the exit status.
 *
 * <p>A signal that this system does not have is passed over. What is done runs on a thread of the Java machine and must
 * not wait.
 */
public final class ProcessSignals {

    private ProcessSignals() {}

    /** Does {@code action} at Ctrl+C; the second time the process ends at once, giving back a terminal that it has taken. */
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

    /** Does {@code action} when the process is asked to end, or its terminal is gone. */
    public static void onTerminate(Runnable action) {
        on("TERM", action);
        on("HUP", action);
    }

    /** Does {@code action} when the terminal's window has another size. */
    static void onWindowChange(Runnable action) {
        on("WINCH", action);
    }

    private static void on(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), signal -> action.run());
        } catch (IllegalArgumentException notOnThisSystem) {
            // then nobody can send it
        }
    }
}
