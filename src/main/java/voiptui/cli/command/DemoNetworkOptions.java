package voiptui.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import voiptui.cli.option.Usage;
import voiptui.demo.network.ImpairedPath;
import voiptui.demo.network.Jitter;
import voiptui.demo.network.NamedNetwork;
import voiptui.demo.network.NetworkProfile;
import voiptui.demo.network.NetworkTrace;

/** The options of {@code voiptui demo} that put a bad network into the call. */
final class DemoNetworkOptions {

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Send through a bad network: clean, wifi, mobile, bad or awful.")
    private @Nullable String name;

    @Option(names = "--loss", paramLabel = "PERCENT", description = "Lose so many packets of a hundred, from 0 to 90.")
    private @Nullable Double lossPercent;

    @Option(
            names = "--burst",
            paramLabel = "PACKETS",
            description =
                    "Lose so many packets in a row, on average. Default: those of --network, or independent losses.")
    private @Nullable Double burstPackets;

    @Option(names = "--delay", paramLabel = "MS", description = "Delay packets by so many milliseconds.")
    private @Nullable Double delayMs;

    @Option(
            names = "--jitter",
            paramLabel = "MS",
            description = "Delay them by so much more on average, each differently (gamma-distributed).")
    private @Nullable Double jitterMs;

    @Option(names = "--trace", paramLabel = "FILE", description = "Do what FILE says to each packet; see the manual.")
    private @Nullable Path traceFile;

    @Option(names = "--seed", paramLabel = "N", description = "Draw other losses and delays. Default: 1.")
    private @Nullable Long seed;

    /**
     * The network of a call.
     *
     * @param path what it does to packets
     * @param name its name or file; empty if it is made of options
     * @param description what it does, for users
     */
    record Network(ImpairedPath path, String name, String description) {}

    /** Returns the network that the options describe, or null without any. Ends the command if they make no sense. */
    @Nullable
    Network parse(Usage usage) {
        boolean drawn =
                name != null || lossPercent != null || burstPackets != null || delayMs != null || jitterMs != null;
        Path file = traceFile;
        if (file != null) {
            usage.check(!drawn && seed == null, "--trace already says what happens; omit the other network options");
            return ofTrace(file, usage);
        }
        usage.check(drawn || seed == null, "--seed needs a network; add --network or --loss");
        if (!drawn) {
            return null;
        }
        String chosen = name;
        NetworkProfile profile = chosen == null ? NetworkProfile.IDEAL : named(chosen, usage);
        profile = withOptions(profile, usage);
        long chosenSeed = seed == null ? 1 : seed;
        String description = profile.describe() + ", seed " + chosenSeed;
        return new Network(ImpairedPath.of(profile, chosenSeed), chosen == null ? "" : chosen, description);
    }

    private static Network ofTrace(Path file, Usage usage) {
        try {
            NetworkTrace trace = NetworkTrace.read(file);
            return new Network(ImpairedPath.of(trace), file.toString(), "a trace of " + trace.packets() + " packets");
        } catch (IOException unusable) {
            throw usage.failure("--trace: " + unusable.getMessage());
        }
    }

    private static NetworkProfile named(String name, Usage usage) {
        return Arrays.stream(NamedNetwork.values())
                .filter(network -> network.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> usage.failure("unknown network '" + name + "'; use "
                        + Arrays.stream(NamedNetwork.values())
                                .map(NamedNetwork::toString)
                                .collect(Collectors.joining(", "))))
                .profile();
    }

    private NetworkProfile withOptions(NetworkProfile named, Usage usage) {
        NetworkProfile profile = named;
        Double loss = lossPercent;
        Double burst = burstPackets;
        Double delay = delayMs;
        Double jitter = jitterMs;
        if (loss != null || burst != null) {
            double percent = loss == null ? named.loss().percent() : loss;
            double packets = burst == null ? named.loss().burstPackets() : burst;
            usage.check(percent > 0 || burst == null, "--burst needs losses; add --loss");
            profile = usage.parse(loss == null ? "--burst" : "--loss", () -> named.withLoss(percent, packets));
        }
        NetworkProfile lossy = profile;
        if (delay != null) {
            profile = usage.parse("--delay", () -> lossy.withDelay(delay));
        }
        NetworkProfile delayed = profile;
        if (jitter != null) {
            profile = usage.parse(
                    "--jitter", () -> delayed.withJitter(jitter == 0 ? Jitter.NONE : Jitter.Gamma.ofMean(jitter)));
        }
        return profile;
    }
}
