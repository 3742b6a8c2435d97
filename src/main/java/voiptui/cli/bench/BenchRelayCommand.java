package voiptui.cli.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voiptui.bench.BenchException;
import voiptui.bench.BenchResult;
import voiptui.bench.BenchSettings;
import voiptui.bench.LocalProcess;
import voiptui.bench.PhoneMedia;
import voiptui.bench.RelayBench;
import voiptui.bench.RelayChild;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.cli.option.Usage;
import voiptui.cli.option.VersionProvider;
import voiptui.cli.run.ProcessSignals;
import voiptui.net.HostPort;
import voiptui.net.IpText;
import voiptui.protocol.classic.ClassicProtocol;
import voiptui.rtp.ClassicPacket;

/** {@code voiptui bench relay}: measures how many calls a relay carries. */
@Command(
        name = "relay",
        description =
                "Measures how many calls a relay carries: connects more and more until too many packets are lost.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        footer = {
            "",
            "Ctrl+C ends it with what was measured so far.",
            "Exit status: 0 measured, 1 failed, 2 wrong usage, 3 relay not reachable, 4 refused, 130 stopped."
        })
public final class BenchRelayCommand implements Callable<Integer> {

    private static final String OWN_CLASS = "voiptui.cli.Main";
    /** What the launcher gives a relay, with room for more clients. */
    private static final List<String> RELAY_FLAGS = List.of(
            "-Xms8m", "-Xmx512m", "-Xss256k", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=10", "-XX:AutoBoxCacheMax=16384");

    private static final int CONNECT_MS = 10_000;
    private static final int STEP_MS = 3_000;
    private static final int MOST_CALLS = 20_000;
    private static final int DESCRIPTORS_PER_CALL = 4;
    private static final int OTHER_DESCRIPTORS = 200;

    @Option(
            names = "--server",
            paramLabel = "HOST[:PORT]",
            description = "The relay to measure; TCP port " + ClassicProtocol.TCP_PORT
                    + " by default. Default: one on this machine that is started for it.")
    private @Nullable String server;

    @Option(
            names = "--calls",
            paramLabel = "N",
            description = "The most calls to try. Default: as many as there are file descriptors for.")
    private @Nullable Integer calls;

    @Option(
            names = "--pps",
            defaultValue = "50",
            paramLabel = "N",
            description = "Packets per second of each side of a call, 1 to 500. Default: ${DEFAULT-VALUE}.")
    private int packetsPerS;

    @Option(
            names = "--size",
            defaultValue = "120",
            paramLabel = "BYTES",
            description = "The length of the RTP packets. Default: ${DEFAULT-VALUE}.")
    private int bytes;

    @Option(
            names = "--for",
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "How long to measure the greatest number of calls in the end. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    @Option(
            names = "--max-loss",
            defaultValue = "0.1",
            paramLabel = "PERCENT",
            description = "The loss above which calls count as not carried. Default: ${DEFAULT-VALUE}.")
    private double maxLoss;

    @Option(
            names = "--classic-share",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "How many of the calls are between classic clients, 0 to 99; others need a relay on this "
                    + "machine. Default: ${DEFAULT-VALUE}.")
    private int classicShare;

    @Option(names = "--json", fallbackValue = "true", description = "Print JSON Lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        BenchSettings settings = settings();
        String named = server;
        if (named != null) {
            InetSocketAddress relay = resolve(named);
            boolean isLocal = relay.getAddress().isLoopbackAddress();
            new Usage(spec)
                    .check(
                            classicShare == 0 || isLocal,
                            "--classic-share requires a relay at 127.0.0.1, or no --server");
            requireReachable(relay);
            return measure(relay, isLocal ? LocalProcess.listeningOn(relay.getPort()) : OptionalLong.empty(), settings);
        }
        Path folder = Files.createTempDirectory("voiptui-bench");
        try (RelayChild child = RelayChild.start(command(folder, settings))) {
            return measure(child.control(), OptionalLong.of(child.pid()), settings);
        } catch (BenchException notStarted) {
            throw CommandFailure.of(ExitCode.FAILED, notStarted);
        } finally {
            deleteAll(folder);
        }
    }

    private BenchSettings settings() throws CommandFailure {
        Usage usage = new Usage(spec);
        usage.check(calls == null || calls >= 1 && calls <= MOST_CALLS, "--calls must be from 1 to " + MOST_CALLS);
        usage.check(packetsPerS >= 1 && packetsPerS <= 500, "--pps must be from 1 to 500");
        usage.check(
                bytes >= PhoneMedia.MIN_BYTES && bytes <= ClassicPacket.MAX_DATAGRAM_BYTES,
                "--size must be from " + PhoneMedia.MIN_BYTES + " to " + ClassicPacket.MAX_DATAGRAM_BYTES);
        usage.check(time.toMillis() >= 1_000, "--for must be at least 1s");
        usage.check(maxLoss >= 0 && maxLoss < 100, "--max-loss must be from 0 to less than 100");
        usage.check(classicShare >= 0 && classicShare <= 99, "--classic-share must be from 0 to 99");
        return new BenchSettings(
                mostCalls(),
                packetsPerS,
                bytes,
                classicShare,
                maxLoss,
                Math.min(STEP_MS, time.toMillis()),
                time.toMillis());
    }

    /** Returns as many calls as wanted, or as there are file descriptors for. */
    private int mostCalls() throws CommandFailure {
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        long possible = Math.min(MOST_CALLS, (descriptors - OTHER_DESCRIPTORS) / DESCRIPTORS_PER_CALL);
        int wanted = calls == null ? (int) Math.max(1, possible) : calls;
        if (wanted > possible) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    wanted + " calls need " + (wanted * DESCRIPTORS_PER_CALL + OTHER_DESCRIPTORS)
                            + " file descriptors, and there are " + descriptors + "; raise the limit with ulimit -n");
        }
        return wanted;
    }

    private InetSocketAddress resolve(String named) throws CommandFailure {
        HostPort relay = new Usage(spec).parse("--server", () -> HostPort.parse(named, ClassicProtocol.TCP_PORT));
        try {
            return new InetSocketAddress(InetAddress.getByName(relay.host()), relay.port());
        } catch (UnknownHostException unknown) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "unknown host '" + relay.host() + "'; check --server");
        }
    }

    private static void requireReachable(InetSocketAddress relay) throws CommandFailure {
        try (Socket probe = new Socket()) {
            probe.connect(relay, CONNECT_MS);
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "cannot connect to " + IpText.of(relay) + ": " + refused.getMessage() + "; is the relay running?");
        }
    }

    /** Returns the command of a relay without limits that matter here, on free ports. */
    private static List<String> command(Path folder, BenchSettings settings) {
        String clients = Integer.toString(2 * settings.mostCalls() + 10);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(RELAY_FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OWN_CLASS, "relay", "--json"));
        command.addAll(List.of("--bind", "127.0.0.1", "--tcp-port", "0", "--udp-port", "0"));
        command.addAll(List.of("--state-dir", folder.toString(), "--new-names", "0", "--handshake-limit", "100000"));
        command.addAll(List.of("--max-clients", clients, "--max-classic", clients, "--max-byte-rate", "10000000"));
        return command;
    }

    private int measure(InetSocketAddress relay, OptionalLong pid, BenchSettings settings)
            throws CommandFailure, IOException, InterruptedException {
        RelayBench bench = new RelayBench(relay, pid, settings);
        ProcessSignals.onInterrupt(bench::stop);
        ProcessSignals.onTerminate(bench::stop);
        PrintWriter out = spec.commandLine().getOut();
        BenchReport report = json ? BenchReport.json(Instant::now) : BenchReport.table();
        try {
            print(out, report.head());
            BenchResult result = bench.run(step -> print(out, report.step(step)));
            print(out, report.result(result));
            return result.limit() == BenchResult.Limit.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.OK;
        } catch (BenchException refused) {
            throw CommandFailure.of(ExitCode.REFUSED, refused);
        }
    }

    private static void print(PrintWriter out, List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
