package voiptui.demo.network;

import java.util.Locale;

/**
 * Networks that users can ask for by name. The figures are round numbers within what such networks do, not measurements of one.
 */
public enum NamedNetwork {

    /** A fibre connection to somebody in the same country: nothing is lost, nothing varies. */
    CLEAN(NetworkProfile.IDEAL.withDelay(20)),

    /**
     * Busy Wi-Fi. Its link layer repeats lost frames, which shows as jitter rather than loss; while the adapter scans other channels
     * or contends with neighbours, nothing gets through for some tenths of a second.
     */
    WIFI(NetworkProfile.IDEAL
            .withLoss(0.5, 2)
            .withDelay(20)
            .withJitter(new Jitter.Gamma(6, 6))
            .withStalls(new Stalls(200, 500, 4_000, 3_000, 8_000))),

    /**
     * A mobile network on the move. Scheduling in slots and repetition on the radio link vary the delay; a change of cells is a short
     * stall, with what the old cell still held lost in a row.
     */
    MOBILE(NetworkProfile.IDEAL
            .withLoss(2, 2)
            .withDelay(50)
            .withJitter(new Jitter.Gamma(20, 15))
            .withStalls(new Stalls(100, 250, 8_000, 10_000, 20_000))),

    /** A congested connection: its queues are long and overflow, which loses packets in a row, on two paths that overtake each other. */
    BAD(NetworkProfile.IDEAL
            .withLoss(10, 2)
            .withDelay(60)
            .withJitter(Jitter.Gamma.ofMean(30))
            .withReordering()
            .withDuplicates(1)),

    /** As bad as it gets before people hang up: a quarter is lost, three in a row, on the way round half the world. */
    AWFUL(NetworkProfile.IDEAL
            .withLoss(25, 3)
            .withDelay(120)
            .withJitter(Jitter.Gamma.ofMean(50))
            .withReordering()
            .withDuplicates(2));

    private final NetworkProfile profile;

    NamedNetwork(NetworkProfile profile) {
        this.profile = profile;
    }

    /** Returns what the network does. */
    public NetworkProfile profile() {
        return profile;
    }

    /** Returns the name as users write it, such as {@code wifi}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
