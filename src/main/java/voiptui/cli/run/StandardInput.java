package voiptui.cli.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads the lines of standard input on its own thread. Closed or empty input is ignored.
 *
 * <p>In the background of a terminal, reading fails; it works again once the process is in the foreground.
 */
final class StandardInput {

    private static final long RETRY_MS = 1000;
    /** Longer lines are cut: no command is that long. */
    private static final int MAX_BYTES = 4096;

    private final InputStream in;
    private final Consumer<String> handler;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    StandardInput(InputStream in, Consumer<String> handler) {
        this.in = in;
        this.handler = handler;
    }

    /** Starts the thread, which passes each line to {@code handler}. */
    static void eachLine(Consumer<String> handler) {
        StandardInput input = new StandardInput(System.in, handler);
        Thread thread = new Thread(input::run, "voiptui-stdin");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!readToEnd()) {
            try {
                Thread.sleep(RETRY_MS);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /** Reads until the end of the input; returns false if it cannot be read now. */
    boolean readToEnd() {
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (octet == '\n') {
                    pass();
                } else if (line.size() < MAX_BYTES) {
                    line.write(octet);
                }
            }
            if (line.size() > 0) {
                pass();
            }
            return true;
        } catch (IOException notNow) {
            return false;
        }
    }

    private void pass() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        handler.accept(text);
    }
}
