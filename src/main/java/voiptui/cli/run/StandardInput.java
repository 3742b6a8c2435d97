package voiptui.cli.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands the lines of standard input over, on a thread of its own. An input that is closed or empty is no trouble. */
final class StandardInput {

    private StandardInput() {}

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
            // nobody can type any more; the call goes on
        }
    }
}
