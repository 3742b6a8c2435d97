package voiptui.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import voiptui.audio.PcmFormat;
import voiptui.codec.Opus;
import voiptui.demo.network.Jitter;
import voiptui.demo.network.NetworkProfile;
import voiptui.testkit.Speech;
import voiptui.testkit.Wav;
import voiptui.voice.ReceiverCounts;

/**
 * Prints what listeners think of a call that gets into trouble after some seconds, estimated from three seconds later on, with a short
 * and a long round trip. Simulated time; see {@link VoiceLoop}.
 *
 * <p>Usage: {@code OpinionBench [seeds=N] [rtt=MS] [back=PERCENT] [only=PREFIX] [WAV]}; {@code back} is the part of the feedback that is lost.
 */
public final class OpinionBench {

    private static final int CALM_SECONDS = 4;
    private static final int SECONDS = CALM_SECONDS + 3 + 25;

    private OpinionBench() {}

    private record Scenario(NetworkProfile network, double target) {}

    public static void main(String[] args) throws Exception {
        int seeds = 2;
        String only = "";
        double[] roundTripsMs = {5, 250};
        double returnLoss = 0;
        short[] speech = null;
        for (String arg : args) {
            if (arg.startsWith("seeds=")) {
                seeds = Integer.parseInt(arg.substring(6));
            } else if (arg.startsWith("rtt=")) {
                roundTripsMs = new double[] {Double.parseDouble(arg.substring(4))};
            } else if (arg.startsWith("back=")) {
                returnLoss = Double.parseDouble(arg.substring(5)) / 100;
            } else if (arg.startsWith("only=")) {
                only = arg.substring(5);
            } else {
                speech = Speech.read(Path.of(arg), PcmFormat.OPUS.sampleRateHz());
            }
        }
        if (speech == null) {
            speech = Wav.speech(30, 1, PcmFormat.OPUS.sampleRateHz());
        }
        Opus.load();
        System.out.printf(
                "%-10s %-6s %7s %7s %6s %6s %6s %6s %6s %6s %6s %6s %7s%n",
                "network", "rtt", "opinion", "wanted", "lost", "copies", "resent", "deep", "conc", "ms", "delay",
                "stretch", "kbit/s");
        for (Map.Entry<String, Scenario> entry : scenarios().entrySet()) {
            for (double roundTripMs : roundTripsMs) {
                if (entry.getKey().startsWith(only)) {
                    print(entry.getKey(), entry.getValue(), roundTripMs, returnLoss, seeds, speech);
                }
            }
        }
    }

    private static void print(
            String name, Scenario scenario, double roundTripMs, double returnLoss, int seeds, short[] speech) {
        double[] sums = new double[10];
        for (int seed = 1; seed <= seeds; seed++) {
            double extraMs = scenario.network.delay().baseMs();
            NetworkProfile network = scenario.network.withDelay(extraMs + roundTripMs / 2);
            VoiceLoop.Result result = VoiceLoop.run(
                    new VoiceLoop.Setting(
                            network,
                            0,
                            SECONDS,
                            10,
                            seed,
                            new VoiceLoop.Trouble(CALM_SECONDS, roundTripMs / 2, returnLoss)),
                    new AdaptiveSender(true),
                    speech);
            ReceiverCounts counts = result.counts();
            double[] values = {
                result.opinion(),
                counts.recovered() + counts.concealed(),
                counts.recoveredFromCopies(),
                counts.recoveredByRetransmission(),
                counts.recoveredFromDred() + counts.recoveredFromFec(),
                counts.concealed(),
                result.concealed(),
                result.delay().meanMs(),
                result.stretches(),
                result.kbps()
            };
            for (int i = 0; i < sums.length; i++) {
                sums[i] += values[i] / seeds;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s %-6.0f %7.2f %7.2f %6.0f %6.0f %6.0f %6.0f %6.0f %6.0f %6.1f %7.0f %7.1f%n",
                name,
                roundTripMs,
                sums[0],
                scenario.target,
                sums[1],
                sums[2],
                sums[3],
                sums[4],
                sums[5],
                sums[6],
                sums[7],
                sums[8],
                sums[9]);
    }

    private static Map<String, Scenario> scenarios() {
        NetworkProfile near = NetworkProfile.IDEAL;
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        scenarios.put("clean", new Scenario(near, 4.40));
        scenarios.put("5%", new Scenario(near.withLoss(5), 4.25));
        scenarios.put("10%", new Scenario(near.withLoss(10), 4.20));
        scenarios.put("20%", new Scenario(near.withLoss(20), 4.05));
        scenarios.put("30%", new Scenario(near.withLoss(30), 3.95));
        scenarios.put("10%x3", new Scenario(near.withLoss(10, 3), 3.95));
        scenarios.put("20%x4", new Scenario(near.withLoss(20, 4), 3.5));
        scenarios.put(
                "jitter",
                new Scenario(
                        near.withDelay(60).withJitter(new Jitter.Normal(15)).withReordering(), 4.3));
        scenarios.put(
                "gamma", new Scenario(near.withJitter(Jitter.Gamma.ofMean(50)).withReordering(), 4.0));
        return scenarios;
    }
}
