package voiptui.tui.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The line discipline of the terminal on standard input: set for a full screen with one run of {@code stty}(1), and put
 * back exactly as it was with another.
 */
final class Tty {

    private static final long PATIENCE_MS = 2000;
    /**
     * Keys come one by one and unseen, and none of them is a signal: Ctrl+C hangs up, and a Ctrl+Z would leave a call that
     * nobody hears. Ctrl+S must not freeze the screen.
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
     * Sets the terminal, and remembers how it was.
     *
     * @throws IOException when standard input is no terminal
     */
    static Tty acquire() throws IOException {
        List<String> lines = run("sh", "-c", "stty -g && stty size && stty " + FULL_SCREEN)
                .lines()
                .toList();
        if (lines.size() != 2) {
            throw new IOException("stty said: " + String.join(" ", lines));
        }
        int[] size = size(lines.get(1));
        return new Tty(lines.get(0), size[0], size[1]);
    }

    /** How many columns it had at the beginning. */
    int columns() {
        return columns;
    }

    /** How many rows it had at the beginning. */
    int rows() {
        return rows;
    }

    /** How many columns and rows it has now. */
    static int[] currentSize() throws IOException {
        return size(run("stty", "size"));
    }

    private static int[] size(String rowsAndColumns) throws IOException {
        String[] words = rowsAndColumns.strip().split(" ");
        try {
            int rows = Integer.parseInt(words[0]);
            int columns = Integer.parseInt(words[1]);
            // A serial line says 0 0: take what such terminals have.
            return new int[] {columns > 0 ? columns : 80, rows > 0 ? rows : 24};
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException noSize) {
            throw new IOException("stty said: " + rowsAndColumns);
        }
    }

    /** Puts everything back. */
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
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IOException("stty was interrupted", hurry);
        } finally {
            process.destroy();
        }
    }
}
