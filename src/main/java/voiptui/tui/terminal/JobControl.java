package voiptui.tui.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The job that this process belongs to, as a shell with job control sees it (POSIX.1-2017, section 11.1). UI thread. */
final class JobControl {

    private static final Path STATUS = Path.of("/proc/self/stat");
    private static final long PATIENCE_MS = 2000;
    private static final long LOOK_MS = 50;
    /** Of the fields after the command's name in proc(5): the process group, and that in the terminal's foreground. */
    private static final int PROCESS_GROUP = 2;

    private static final int FOREGROUND_GROUP = 5;

    private JobControl() {}

    /**
     * Stops this process, or all processes of this job, as the terminal does it at Ctrl+Z, and returns when it continues; or at
     * once, where no shell could continue it. SIGTSTP must have its default action.
     *
     * @param wholeJob whether to stop the other processes of the job, too
     * @param continued whether this process has been continued, maybe alone
     */
    static void suspend(boolean wholeJob, BooleanSupplier continued) throws IOException {
        String target = wholeJob ? "0" : Long.toString(ProcessHandle.current().pid());
        Process kill = new ProcessBuilder("sh", "-c", "kill -TSTP " + target).start();
        try {
            while (!kill.waitFor(LOOK_MS, TimeUnit.MILLISECONDS) && !continued.getAsBoolean()) {
                // The signal stops both processes; only the one that was continued gets here.
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            kill.destroyForcibly();
        }
    }

    /** Returns whether the job may use the terminal; true if that cannot be found out. */
    static boolean isForeground() {
        try {
            String status = Files.exists(STATUS) ? Files.readString(STATUS, StandardCharsets.ISO_8859_1) : ofPs();
            return isForeground(status);
        } catch (IOException unknown) {
            return true;
        }
    }

    /** As {@link #isForeground()}, from a line of {@code /proc/PID/stat}. */
    static boolean isForeground(String status) {
        String[] fields = status.substring(status.lastIndexOf(')') + 1).strip().split("\\s+");
        return fields.length <= FOREGROUND_GROUP
                || fields[FOREGROUND_GROUP].equals("-1")
                || fields[FOREGROUND_GROUP].equals(fields[PROCESS_GROUP]);
    }

    /** Asks ps(1) where there is no proc(5), and returns its answer in that form. */
    private static String ofPs() throws IOException {
        Process ps = new ProcessBuilder(
                        "ps",
                        "-o",
                        "stat=,ppid=,pgid=,sess=,tty=,tpgid=",
                        "-p",
                        Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!ps.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS) || ps.exitValue() != 0) {
                throw new IOException("ps failed");
            }
            return said;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("ps was interrupted", interrupted);
        } finally {
            ps.destroy();
        }
    }
}
