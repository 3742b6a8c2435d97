package voiptui.net.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the user's configuration of {@code ssh} says about a host. Stateless; any thread. */
public final class SshConfiguration {

    private static final int MAX_BYTES = 65_536;
    private static final String HOST_NAME = "hostname ";

    private SshConfiguration() {}

    /**
     * Returns the name or address that a host's alias stands for. Blocks its caller for at most {@code timeoutMs}.
     *
     * @return the host as it is if {@code ssh} does not tell in time
     * @throws IOException if {@code ssh} cannot be started
     */
    public static String hostNameOf(SshHost host, long timeoutMs) throws IOException, InterruptedException {
        return hostNameOf(host, host.printConfiguration(), timeoutMs);
    }

    static String hostNameOf(SshHost host, List<String> command, long timeoutMs)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        CompletableFuture<Optional<String>> found = new CompletableFuture<>();
        Thread reader = new Thread(() -> found.complete(read(process)), "voiptui-ssh");
        reader.setDaemon(true);
        reader.start();
        try {
            return found.get(timeoutMs, TimeUnit.MILLISECONDS).orElse(host.host());
        } catch (TimeoutException | ExecutionException late) {
            return host.host();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Optional<String> read(Process process) {
        try {
            return new String(process.getInputStream().readNBytes(MAX_BYTES), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> line.startsWith(HOST_NAME))
                    .map(line -> line.substring(HOST_NAME.length()).strip())
                    .filter(name -> !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c <= '~'))
                    .findFirst();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
