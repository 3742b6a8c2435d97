package voiptui.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads the lines of standard input on its own thread. Closed or empty input is ignored. */
final class StandardInput {

    private StandardInput() {}

    /** Starts the thread, which passes each line to {@code handler}. */
    static void eachLine(Consumer<String> handler) {
        Thread thread = new Thread(() -> read(handler), "voiptui-stdin");
        thread.setDaemon(true);
        thread.start();
    }

    private static void read(Consumer<String> handler) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                handler.accept(line);
            }
        } catch (IOException closed) {
            // no more input; the call continues
        }
    }
}
