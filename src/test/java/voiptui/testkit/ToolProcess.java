package voiptui.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another program of the machine, which runs beside a test, with all that it says in a file. One thread at a time. */
final class ToolProcess implements AutoCloseable {

    private static final long END_S = 60;

    private final List<String> command;
    private final Path log;
    private final Process process;

    /** Starts {@code command}, whose first words may be a wrapper such as {@code ip netns exec HOST}. */
    ToolProcess(List<String> wrapper, List<String> command) throws IOException {
        this.command = new ArrayList<>(wrapper);
        // A test run in the background ignores Ctrl+C, and would hand that down.
        this.command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        this.command.addAll(command);
        log = Files.createTempFile("voiptui-tool", ".log");
        process = CleanEnvironment.apply(new ProcessBuilder(this.command), Map.of())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
    }

    /** All that it has said by now. */
    String said() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "(its log is gone)";
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** Waits until it has said {@code text}. */
    void awaitSaid(long timeoutMs, String text) {
        Deadline.require(
                timeoutMs, () -> "'" + text + "' of " + this, () -> said().contains(text) || !process.isAlive());
        if (!said().contains(text)) {
            throw new AssertionError("ended before it said '" + text + "': " + this);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, which has to be in good order. */
    void awaitSuccess(long timeoutMs) throws InterruptedException {
        if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
            throw new AssertionError("did not end well within " + timeoutMs + " ms: " + this);
        }
    }

    /** Asks it to end by Ctrl+C, so that its files are whole, and waits until it has. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end at Ctrl+C: " + this);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(END_S, TimeUnit.SECONDS);
            Files.deleteIfExists(log);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException leftBehind) {
            // a file in the folder for temporary ones
        }
    }

    @Override
    public String toString() {
        return String.join(" ", command) + (process.isAlive() ? "" : " (exited with " + process.exitValue() + ")")
                + " said:\n" + said();
    }
}
