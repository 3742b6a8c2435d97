package voiptui.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import voiptui.audio.PcmFormat;
import voiptui.codec.Opus;
import voiptui.demo.network.Jitter;
import voiptui.demo.network.NamedNetwork;
import voiptui.demo.network.NetworkProfile;
import voiptui.demo.network.Stalls;
import voiptui.testkit.Speech;
import voiptui.testkit.Wav;
import voiptui.voice.ReceiverCounts;

/**
 * Prints what bad networks do to speech, on simulated time: the same figures on every machine with the same codec library.
 * Usage: {@code NetworkBench [SECONDS [PULL_MS [WAV]]]}; 60 seconds and 10 ms by default.
 */
public final class NetworkBench {

    private static final long SEED = 1;
    private static final int RATE_HZ = PcmFormat.OPUS.sampleRateHz();

    private record Scenario(NetworkProfile network, double driftPpm) {}

    private NetworkBench() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        int pullMs = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        short[] speech = args.length > 2 ? Speech.read(Path.of(args[2]), RATE_HZ) : Wav.speech(30, 1, RATE_HZ);
        Opus.load();
        System.out.printf(
                "%s, %d s of speech, pulled every %d ms%n", Opus.library().name(), seconds, pullMs);
        for (Supplier<SpeechSender> sender : senders()) {
            System.out.printf(
                    "%n%-26s %6s %6s %6s %6s %8s %6s %6s %6s %6s %7s %6s %5s%n",
                    sender.get().name(),
                    "lost",
                    "late",
                    "recov",
                    "skip",
                    "conceal",
                    "delay",
                    "p95",
                    "target",
                    "kbit/s",
                    "stretch",
                    "NSIM",
                    "speed");
            for (Map.Entry<String, Scenario> scenario : scenarios().entrySet()) {
                print(scenario.getKey(), scenario.getValue(), sender.get(), new int[] {seconds, pullMs}, speech);
            }
        }
        System.out.printf(
                "%nlost, late, recovered, skipped: packets; conceal: ms/min and delay, p95, target: ms, both after"
                        + " the warm-up;%nstretch: pulls in which time was stretched%n");
    }

    private static void print(
            String name, Scenario scenario, SpeechSender sender, int[] secondsAndPullMs, short[] speech) {
        int seconds = secondsAndPullMs[0];
        long startNs = System.nanoTime();
        VoiceLoop.Result result = VoiceLoop.run(
                new VoiceLoop.Setting(scenario.network, scenario.driftPpm, seconds, secondsAndPullMs[1], SEED),
                sender,
                speech);
        double speed = seconds * 1e9 / (System.nanoTime() - startNs);
        ReceiverCounts counts = result.counts();
        System.out.printf(
                Locale.ROOT,
                "%-26s %6d %6d %6d %6d %8.0f %6.1f %6.1f %6.1f %6.1f %7d %6.3f %4.0fx%n",
                name,
                counts.recovered() + counts.concealed(),
                counts.late(),
                counts.recovered(),
                counts.skipped(),
                result.concealed(),
                result.delay().meanMs(),
                result.delay().p95Ms(),
                result.delay().targetMs(),
                result.kbps(),
                result.stretches(),
                result.similarity(),
                speed);
    }

    private static List<Supplier<SpeechSender>> senders() {
        return List.of(
                () -> new AdaptiveSender(false),
                PlainSender::new,
                () -> new CopyingSender(24_000, List.of(2, 4)),
                () -> new CopyingSender(16_000, List.of(1, 2, 4, 6)));
    }

    private static Map<String, Scenario> scenarios() {
        NetworkProfile near = NetworkProfile.IDEAL.withDelay(20);
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        for (NamedNetwork named : NamedNetwork.values()) {
            scenarios.put(named.toString(), new Scenario(named.profile(), 0));
        }
        for (int percent : new int[] {5, 10, 20, 30}) {
            scenarios.put("loss " + percent + " %", new Scenario(near.withLoss(percent), 0));
        }
        scenarios.put("loss 10 % in bursts of 3", new Scenario(near.withLoss(10, 3), 0));
        scenarios.put("loss 20 % in bursts of 4", new Scenario(near.withLoss(20, 4), 0));
        scenarios.put("jitter 3 ms", new Scenario(near.withJitter(new Jitter.Normal(3)), 0));
        scenarios.put(
                "jitter 15 ms on 60 ms",
                new Scenario(
                        near.withDelay(60).withJitter(new Jitter.Normal(15)).withReordering(), 0));
        scenarios.put(
                "gamma jitter 50 ms",
                new Scenario(near.withJitter(Jitter.Gamma.ofMean(50)).withReordering(), 0));
        scenarios.put(
                "Wi-Fi stalls 200-500 ms",
                new Scenario(
                        near.withJitter(new Jitter.Uniform(10)).withStalls(new Stalls(200, 500, 4_000, 3_000, 8_000)),
                        0));
        scenarios.put("stall 200 ms every 5 s", new Scenario(near.withStalls(Stalls.every(5_000, 200)), 0));
        scenarios.put("stall 2 s once", new Scenario(near.withStalls(Stalls.once(2_000, 20_000)), 0));
        scenarios.put("drift +300 ppm", new Scenario(near.withJitter(new Jitter.Uniform(5)), 300));
        scenarios.put("drift -300 ppm", new Scenario(near.withJitter(new Jitter.Uniform(5)), -300));
        return scenarios;
    }
}
