package voiptui.tui.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The line discipline of the terminal on standard input, set up for a full screen with {@code stty}(1) and restored
 * exactly as it was.
 */
final class Tty {

    private static final long PATIENCE_MS = 2000;
    /**
     * Keys arrive one by one, without echo, and none is a signal: Ctrl+C hangs up, Ctrl+Z suspends after the terminal has been
     * restored, and Ctrl+S must not freeze the screen.
     */
    private static final String FULL_SCREEN = "-icanon -echo -isig -iexten -ixon min 1 time 0";

    private final String saved;
    private final int columns;
    private final int rows;

    private Tty(String saved, int columns, int rows) {
        this.saved = saved;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Sets up the terminal and remembers its settings.
     *
     * @throws IOException if standard input is not a terminal
     */
    static Tty acquire() throws IOException {
        List<String> lines = run("sh", "-c", "stty -g && stty size && stty " + FULL_SCREEN)
                .lines()
                .toList();
        if (lines.size() != 2) {
            throw new IOException("unexpected output of stty: " + String.join(" ", lines));
        }
        int[] size = size(lines.get(1));
        return new Tty(lines.get(0), size[0], size[1]);
    }

    /** Returns the columns at the start. */
    int columns() {
        return columns;
    }

    /** Returns the rows at the start. */
    int rows() {
        return rows;
    }

    /** Returns the current columns and rows. */
    static int[] currentSize() throws IOException {
        return size(run("stty", "size"));
    }

    private static int[] size(String rowsAndColumns) throws IOException {
        String[] words = rowsAndColumns.strip().split(" ");
        try {
            int rows = Integer.parseInt(words[0]);
            int columns = Integer.parseInt(words[1]);
            // A serial terminal reports 0 0: assume its usual size.
            return new int[] {columns > 0 ? columns : 80, rows > 0 ? rows : 24};
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException noSize) {
            throw new IOException("unexpected output of stty: " + rowsAndColumns);
        }
    }

    /** Sets up the terminal again, after a shell used it. */
    void setUpAgain() throws IOException {
        run("sh", "-c", "stty " + FULL_SCREEN);
    }

    /** Restores the settings. */
    void restore() throws IOException {
        run("stty", saved);
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IOException("stty failed: " + said.strip());
            }
            return said;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("stty was interrupted", interrupted);
        } finally {
            process.destroy();
        }
    }
}
