package voiptui.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A relay that runs as a process of its own while it is measured. Any thread. */
public final class RelayChild implements AutoCloseable {

    private static final Pattern CONTROL = Pattern.compile("\"control\":\"[^\"]*:(\\d{1,5})\"");
    private static final int END_S = 10;

    private final Process process;
    private final InetSocketAddress control;

    private RelayChild(Process process, InetSocketAddress control) {
        this.process = process;
        this.control = control;
    }

    /**
     * Starts a relay and waits until it listens.
     *
     * @param command the program and its arguments; it listens on the loopback address and logs JSON
     * @throws BenchException if it ends; the message is what it said last
     */
    public static RelayChild start(List<String> command) throws IOException, BenchException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String last = "it said nothing";
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher port = CONTROL.matcher(line);
            if (port.find()) {
                Thread drain = new Thread(() -> drain(log), "bench-relay-log");
                drain.setDaemon(true);
                drain.start();
                return new RelayChild(
                        process,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))));
            }
            last = line;
        }
        process.destroy();
        throw new BenchException("the relay to be measured did not start: " + last);
    }

    private static void drain(BufferedReader log) {
        try {
            @Nullable String line;
            do {
                line = log.readLine();
            } while (line != null);
        } catch (IOException ended) {
            // the process is gone
        }
    }

    /** Returns where it accepts control connections. */
    public InetSocketAddress control() {
        return control;
    }

    /** Returns the id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Ends it, and waits until it has ended. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
