package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import voiptui.bench.relay.RelayProcess;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;

/** A relay whose process may open fewer files than its clients and an attacker would need (EMFILE). */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class DescriptorShortageIT {

    private static final long PATIENCE_MS = RelayHarness.PATIENCE_MS;
    private static final Pattern STARTED =
            Pattern.compile("Started\\[control=127.0.0.1:(\\d+), media=127.0.0.1:(\\d+),.*");

    private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
    private final List<ClassicPeer> peers = new ArrayList<>();
    private final List<Socket> idle = new ArrayList<>();
    private Process relay;
    private InetSocketAddress control;
    private InetSocketAddress media;

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : idle) {
            socket.close();
        }
        peers.forEach(ClassicPeer::close);
        relay.destroy();
        relay.waitFor();
    }

    @Test
    void shouldShareOutTheDescriptors() throws Exception {
        start(120);
        for (int i = 0; i < 40; i++) {
            assertThat(peer().hello("127.0.0.1")).isEqualTo("WELCOME");
        }
        holdIdleConnections(150);
        assertThat(peer().hello("127.0.0.1")).isEqualTo("WELCOME");
        assertThat(peer().hello("127.0.0.1")).isEqualTo("WELCOME");
        assertAllTalk();
        assertThat(warnings()).isEmpty();
        assertIdle();
    }

    @Test
    void shouldConnectCallsWithAllDescriptorsInUse() throws Exception {
        start(200, "8");
        holdIdleConnections(60);
        for (int i = 0; i < 4; i++) {
            assertThat(peer().hello("127.0.0.1")).isEqualTo("WELCOME");
        }
        assertAllTalk();
        assertThat(warnings()).hasSizeBetween(1, 2);
        assertThat(output.stream().filter(line -> line.contains("WARN"))).isEmpty();
        assertIdle();
    }

    private void holdIdleConnections(int count) throws IOException {
        ClassicPeer attacker = new ClassicPeer("127.0.0.66", control, media);
        for (int i = 0; i < count; i++) {
            idle.add(attacker.connect());
        }
        attacker.close();
    }

    /** Every two clients that registered one after the other are a call. */
    private void assertAllTalk() {
        for (int i = 0; i < peers.size(); i += 2) {
            peers.get(i).send(ClassicPeer.packet(i));
            assertThat(peers.get(i + 1).receive(PATIENCE_MS)).hasValue(ClassicPeer.packet(i));
        }
    }

    private void assertIdle() {
        List<Duration> used = new ArrayList<>();
        // A compiler's thread may still be at work in the first of them; a relay that spins is busy in all.
        assertThat(Deadline.await(20_000, () -> {
                    Duration before = relay.info().totalCpuDuration().orElseThrow();
                    Deadline.await(1_000, () -> false);
                    used.add(relay.info().totalCpuDuration().orElseThrow().minus(before));
                    return used.get(used.size() - 1).toMillis() < 200;
                }))
                .as("CPU time in each second of nothing: %s", used)
                .isTrue();
    }

    private List<String> warnings() {
        return output.stream().filter(line -> line.startsWith("Warning")).toList();
    }

    private ClassicPeer peer() {
        ClassicPeer peer = new ClassicPeer("127.0.0.1", control, media);
        peers.add(peer);
        return peer;
    }

    private void start(int descriptors, String... more) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "ulimit -n " + descriptors + "; exec \"$@\"",
                "sh",
                java,
                "-Xmx64m",
                "-cp",
                classPath(),
                RelayProcess.class.getName(),
                "127.0.0.1",
                "0",
                "0",
                "60"));
        command.addAll(List.of(more));
        relay = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader reader = relay.inputReader();
        Thread pump = new Thread(() -> pump(reader), "relay-output");
        pump.setDaemon(true);
        pump.start();
        assertThat(Deadline.await(
                        2 * PATIENCE_MS,
                        () -> output.stream().anyMatch(line -> line.startsWith("Holding"))
                                && started().isPresent()))
                .as("started: %s", output)
                .isTrue();
        Matcher ports = started().orElseThrow();
        control = new InetSocketAddress("127.0.0.1", Integer.parseInt(ports.group(1)));
        media = new InetSocketAddress("127.0.0.1", Integer.parseInt(ports.group(2)));
    }

    /** The finished jar, as users run it: it stays open, where classes in a folder need a descriptor for each. */
    private static String classPath() {
        return System.getProperty("voiptui.jar")
                + File.pathSeparator
                + Path.of(System.getProperty("voiptui.basedir"), "target", "test-classes");
    }

    private Optional<Matcher> started() {
        return output.stream().map(STARTED::matcher).filter(Matcher::matches).findFirst();
    }

    private void pump(BufferedReader from) {
        try {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                output.add(line);
            }
        } catch (IOException ended) {
            // with the process
        }
    }
}
