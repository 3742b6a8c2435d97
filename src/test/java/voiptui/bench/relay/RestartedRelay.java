package voiptui.bench.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import voiptui.testkit.Deadline;

/** Ends a relay and starts it again with the same command line on the same port. Needs Linux's {@code /proc}. One thread. */
final class RestartedRelay implements AutoCloseable {

    private final Process process;

    private RestartedRelay(Process process) {
        this.process = process;
    }

    /** Restarts the relay that runs as {@code pid} and was told to choose its port; returns when it accepts connections. */
    static RestartedRelay restart(long pid, InetSocketAddress relay) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.UTF_8)
                        .split("\0")));
        command.set(command.indexOf("--tcp-port") + 1, Integer.toString(relay.getPort()));
        ProcessHandle old = ProcessHandle.of(pid).orElseThrow();
        old.destroy();
        old.onExit().get(30, TimeUnit.SECONDS);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Deadline.require(30_000, () -> "the relay accepts connections again", () -> accepts(relay));
        return new RestartedRelay(started);
    }

    private static boolean accepts(InetSocketAddress relay) {
        try (Socket socket = new Socket()) {
            socket.connect(relay, 100);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns the process ID. */
    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
    }
}
