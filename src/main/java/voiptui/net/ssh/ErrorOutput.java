package voiptui.net.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what a process prints as errors, on a thread of its own, {@code voiptui-ssh}, which ends with the output. Keeps the
 * last lines, shortened, with everything but printable ASCII replaced by question marks: a server's banner is among them.
 */
final class ErrorOutput {

    static final int MAX_LINES = 8;
    static final int MAX_LENGTH = 200;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread reader;

    /** How often, and after how many milliseconds, the output is looked at once more after the end of its process. */
    private static final int LAST_LOOKS = 5;

    private static final int LAST_LOOK_MS = 20;

    private ErrorOutput(Process process, Consumer<String> heard) {
        this.reader = new Thread(() -> readAll(process, heard), "voiptui-ssh");
        reader.setDaemon(true);
    }

    /**
     * Begins to read.
     *
     * @param heard receives each line; on the reading thread
     */
    static ErrorOutput of(Process process, Consumer<String> heard) {
        ErrorOutput output = new ErrorOutput(process, heard);
        output.reader.start();
        return output;
    }

    /**
     * Reads to the end. When a process ends, Java takes what is left in its pipes, from under a read in progress, and gives it to
     * later ones; hence the last looks.
     */
    private void readAll(Process process, Consumer<String> heard) {
        StringBuilder line = new StringBuilder();
        try {
            read(process.getErrorStream(), line, heard);
            process.waitFor();
            for (int look = 0; look < LAST_LOOKS; look++) {
                Thread.sleep(LAST_LOOK_MS);
                read(process.getErrorStream(), line, heard);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        end(line, heard);
    }

    private void read(InputStream from, StringBuilder line, Consumer<String> heard) {
        byte[] bytes = new byte[1024];
        try {
            for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
                for (char c : new String(bytes, 0, count, StandardCharsets.ISO_8859_1).toCharArray()) {
                    if (c == '\n') {
                        end(line, heard);
                    } else if (c != '\r' && line.length() < MAX_LENGTH) {
                        line.append(c >= ' ' && c <= '~' ? c : '?');
                    }
                }
            }
        } catch (IOException gone) {
            // Java has closed it, as the process has ended.
        }
    }

    private void end(StringBuilder line, Consumer<String> heard) {
        String whole = line.toString().strip();
        line.setLength(0);
        if (whole.isEmpty()) {
            return;
        }
        synchronized (lines) {
            if (lines.size() == MAX_LINES) {
                lines.removeFirst();
            }
            lines.addLast(whole);
        }
        heard.accept(whole);
    }

    /** Waits for the end of the output, for at most {@code timeoutMs}. */
    void awaitEnd(long timeoutMs) throws InterruptedException {
        reader.join(timeoutMs);
    }

    /** Returns the last lines, the last one at the end; a copy. */
    List<String> lastLines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
