package voiptui.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Captures the datagrams of one UDP port with Wireshark and analyses them after {@link #finish}.
 *
 * <p>Needs the right to capture: the test is skipped without it, or, with {@code CI=true}, fails. One thread at a time.
 */
public final class Tshark implements AutoCloseable {

    private static final long START_MS = 60_000;
    private static final long READ_S = 120;

    private final int udpPort;
    private final Path capture;
    private final ToolProcess process;

    private Tshark(int udpPort, Path capture, ToolProcess process) {
        this.udpPort = udpPort;
        this.capture = capture;
        this.process = process;
    }

    /** Captures the datagrams from and to {@code udpPort} on the loopback interface. */
    public static Tshark capture(int udpPort) throws IOException {
        return capture(udpPort, "lo", List.of());
    }

    /**
     * Captures on {@code networkInterface}.
     *
     * @param wrapper what stands before the command, such as {@code ip netns exec HOST}
     */
    public static Tshark capture(int udpPort, String networkInterface, List<String> wrapper) throws IOException {
        Programs.require("tshark");
        Programs.requireThat(Programs.isRoot(), "needs root, to capture packets");
        Path capture = Files.createTempFile("voiptui-capture", ".pcapng");
        ToolProcess process = new ToolProcess(
                wrapper,
                List.of(
                        "tshark",
                        "-q",
                        "-l",
                        "-i",
                        networkInterface,
                        "-f",
                        "udp port " + udpPort,
                        "-w",
                        capture.toString()));
        try {
            process.awaitSaid(START_MS, "Capturing on");
            Deadline.require(
                    START_MS,
                    () -> "capture of " + process,
                    () -> capture.toFile().length() > 0);
            return new Tshark(udpPort, capture, process);
        } catch (AssertionError didNotStart) {
            String said = process.said();
            process.close();
            Files.deleteIfExists(capture);
            Programs.requireThat(!said.contains("permission"), "needs the right to capture packets (CAP_NET_RAW)");
            throw didNotStart;
        }
    }

    /** Ends the capture, once all that came before is in the file. To be called when nothing is sent any more. */
    public void finish() throws IOException, InterruptedException {
        // dumpcap hands on what it has once a second at the latest; a file that has stopped growing has all of it.
        long[] last = {-1, System.nanoTime()};
        Deadline.await(START_MS, () -> {
            long length = capture.toFile().length();
            if (length != last[0]) {
                last[0] = length;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > TimeUnit.MILLISECONDS.toNanos(1_500);
        });
        process.interrupt();
    }

    /** How many datagrams a display filter of Wireshark's accepts, such as {@code rtp.p_type == 111}. */
    public long count(String filter) throws IOException, InterruptedException {
        return fields(filter, "frame.number").size();
    }

    /** The named fields of the datagrams that {@code filter} accepts: a line for each, tabs in between. */
    public List<String> fields(String filter, String... names) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-Y", filter, "-T", "fields"));
        for (String name : names) {
            options.addAll(List.of("-e", name));
        }
        return read(options);
    }

    /** What is wrong with them: malformed ones, and what experts would warn of, a line for each. */
    public List<String> complaints() throws IOException, InterruptedException {
        return complaintsOf("udp");
    }

    /**
     * What is wrong with those that {@code filter} accepts. Binds, which are nobody else's business, look like
     * nonsense.
     */
    public List<String> complaintsOf(String filter) throws IOException, InterruptedException {
        return fields(
                "(" + filter + ") && (_ws.malformed || _ws.expert.severity >= warning)",
                "frame.number",
                "_ws.col.Protocol",
                "_ws.expert.message");
    }

    /** Wireshark's table of RTP streams, a line for each: SSRC, payload, packets, lost, jitter. */
    public List<String> streams() throws IOException, InterruptedException {
        return read(List.of("-q", "-z", "rtp,streams")).stream()
                .filter(line -> line.contains("0x"))
                .toList();
    }

    private List<String> read(List<String> options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-r", capture.toString(), "-d", "udp.port==" + udpPort + ",rtp"));
        command.addAll(options);
        Process reader = CleanEnvironment.apply(new ProcessBuilder(command), Map.of())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Stream<String> lines = reader.inputReader(StandardCharsets.UTF_8).lines()) {
            List<String> all = lines.toList();
            if (!reader.waitFor(READ_S, TimeUnit.SECONDS) || reader.exitValue() != 0) {
                throw new AssertionError("tshark could not read the capture: " + command);
            }
            return all;
        } finally {
            reader.destroyForcibly();
        }
    }

    @Override
    public void close() {
        process.close();
        try {
            Files.deleteIfExists(capture);
        } catch (IOException leftBehind) {
            // a file in the folder for temporary ones
        }
    }
}
