package voiptui.bench.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import voiptui.bench.ProcessMeter;
import voiptui.net.IpText;

/**
 * Measures the CPU time that servers need for each packet that they forward. All of them run; the same load alternates between them.
 *
 * <p>Run by {@code src/test/bench/compare.sh}. Arguments: CALLS, PACKETS_PER_SECOND in all, ROUNDS, SECONDS of each, BASE_PORT, and for
 * each server NAME:PID:PORT[:CONTROL_PORT], with NAME one of floor, voiptui, coturn and rtpengine, on 127.0.0.1.
 */
public final class CompareLoad {

    /** The length of each packet, an RTP header included, in bytes. */
    static final int PACKET_BYTES = 120;

    private static final int WARM_UP_S = 10;
    private static final int SETTLE_MS = 500;

    /** A server with its calls, and what was measured. */
    private static final class Candidate {
        private final Server server;
        private final ProcessMeter meter;
        private final List<Call> calls = new ArrayList<>();
        private final List<Double> cpuUs = new ArrayList<>();
        private final Traffic traffic;
        private long sent;
        private long lost;

        Candidate(Server server, long pid, int count, int basePort) throws IOException {
            this.server = server;
            meter = new ProcessMeter(pid);
            for (int i = 0; i < count; i++) {
                Call call = new Call(basePort + i);
                server.setUp(call);
                calls.add(call);
            }
            traffic = new Traffic(calls);
        }

        /** Sends for a time; counts if {@code measured}. */
        void run(int perSecond, int seconds, boolean measured) throws IOException, InterruptedException {
            for (Call call : calls) {
                server.refresh(call);
            }
            double cpuMs = meter.cpuMs();
            long before = traffic.received();
            long packets = traffic.send(perSecond, TimeUnit.SECONDS.toNanos(seconds));
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
            long arrived = traffic.received() - before;
            if (measured) {
                cpuUs.add((meter.cpuMs() - cpuMs) * 1_000 / arrived);
                sent += packets;
                lost += packets - arrived;
            }
        }

        double medianUs() {
            List<Double> sorted = cpuUs.stream().sorted().toList();
            return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
        }
    }

    private CompareLoad() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int calls = Integer.parseInt(arguments[0]);
        int perSecond = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        int basePort = Integer.parseInt(arguments[4]);
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        for (int i = 5; i < arguments.length; i++) {
            String[] parts = arguments[i].split(":");
            // The floor knows its calls by the first ports.
            int port = basePort + candidates.size() * calls;
            candidates.put(parts[0], new Candidate(server(parts), Long.parseLong(parts[1]), calls, port));
        }
        for (Candidate candidate : candidates.values()) {
            candidate.run(perSecond, WARM_UP_S, false);
        }
        for (int round = 0; round < rounds; round++) {
            for (Candidate candidate : candidates.values()) {
                candidate.run(perSecond, 1, false);
                candidate.run(perSecond, seconds, true);
            }
        }
        double floorUs = candidates.values().iterator().next().medianUs();
        for (Map.Entry<String, Candidate> entry : candidates.entrySet()) {
            Candidate measured = entry.getValue();
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %5.2f us of CPU for each packet (%.2f to %.2f), %.2f of the first; %d sent, %d lost; %.0f MB resident%n",
                    entry.getKey(),
                    measured.medianUs(),
                    measured.cpuUs.stream().min(Double::compare).orElseThrow(),
                    measured.cpuUs.stream().max(Double::compare).orElseThrow(),
                    measured.medianUs() / floorUs,
                    measured.sent,
                    measured.lost,
                    measured.meter.residentBytes() / 1048576.0);
            measured.traffic.close();
        }
    }

    private static Server server(String[] parts) throws IOException {
        InetSocketAddress address = onLoopback(parts[2]);
        return switch (parts[0]) {
            case "floor" -> new FloorServer(address);
            case "voiptui" -> new VoiptuiServer(onLoopback(parts[3]), address);
            case "coturn" -> new TurnServer(address);
            case "rtpengine" -> new RtpengineServer(address);
            default -> throw new IllegalArgumentException("unknown server '" + parts[0] + "'");
        };
    }

    private static InetSocketAddress onLoopback(String port) {
        return new InetSocketAddress(IpText.parse("127.0.0.1").orElseThrow(), Integer.parseInt(port));
    }
}
