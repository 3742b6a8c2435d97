package voiptui.demo.network;

import java.util.StringJoiner;

/**
 * What a network does to packets. Immutable; any thread.
 *
 * @param loss how packets get lost
 * @param delay how long they take
 * @param duplicatePercent how many packets of a hundred arrive twice
 * @param rateKbps what the bottleneck carries, in kbit/s of UDP payload; 0: no limit. Packets wait for it up to
 *     {@value #MAX_QUEUE_MS} ms; what would wait longer is lost
 */
public record NetworkProfile(Loss loss, Delay delay, double duplicatePercent, double rateKbps) {

    /** The longest wait for the bottleneck, in milliseconds: what a home router buffers. */
    public static final double MAX_QUEUE_MS = 500;

    /** A network that does nothing. */
    public static final NetworkProfile IDEAL = new NetworkProfile(Loss.NONE, Delay.NONE, 0, 0);

    /** Checks the figures. */
    public NetworkProfile {
        Figures.require(duplicatePercent >= 0 && duplicatePercent <= 100, "duplicates must be from 0 to 100 %");
        Figures.require(rateKbps >= 0, "the rate must not be negative");
    }

    /**
     * Loss by the Gilbert model: the network is good or bad, and loses what is sent while it is bad (Gilbert, "Capacity of a
     * Burst-Noise Channel", Bell System Technical Journal 39, 1960).
     *
     * @param percent packets lost of a hundred, from 0 to 90
     * @param burstPackets mean number of packets lost in a row. Where losses are independent of each other it is
     *     1/(1 - percent/100); less than that, such as 0, means independent
     */
    public record Loss(double percent, double burstPackets) {

        /** No loss. */
        public static final Loss NONE = new Loss(0, 0);

        /** Checks the figures. */
        public Loss {
            Figures.require(percent >= 0 && percent <= 90, "loss must be from 0 to 90 %");
            Figures.require(burstPackets >= 0 && burstPackets <= 1000, "a burst must be from 0 to 1000 packets");
        }

        /** Returns the mean number of packets lost in a row. */
        public double meanBurstPackets() {
            return Math.max(burstPackets, 1 / (1 - percent / 100));
        }

        private boolean isBursty() {
            return meanBurstPackets() <= burstPackets;
        }
    }

    /**
     * How long packets take.
     *
     * @param baseMs delay before jitter, in milliseconds
     * @param jitter what comes on top of it
     * @param stalls when nothing gets through
     * @param reorders whether a packet may overtake another; otherwise it waits for those sent before it
     */
    public record Delay(double baseMs, Jitter jitter, Stalls stalls, boolean reorders) {

        /** No delay. */
        public static final Delay NONE = new Delay(0, Jitter.NONE, Stalls.NONE, false);

        /** Checks the delay. */
        public Delay {
            Figures.requireMs("delay", baseMs);
        }
    }

    /** Returns this network with other losses, in bursts of the same length. */
    public NetworkProfile withLoss(double percent) {
        return withLoss(percent, loss.burstPackets);
    }

    /** Returns this network with other losses; parameters as in {@link Loss}. */
    public NetworkProfile withLoss(double percent, double burstPackets) {
        return new NetworkProfile(new Loss(percent, burstPackets), delay, duplicatePercent, rateKbps);
    }

    /** Returns this network with another base delay, in milliseconds. */
    public NetworkProfile withDelay(double baseMs) {
        return with(new Delay(baseMs, delay.jitter, delay.stalls, delay.reorders));
    }

    /** Returns this network with other jitter. */
    public NetworkProfile withJitter(Jitter jitter) {
        return with(new Delay(delay.baseMs, jitter, delay.stalls, delay.reorders));
    }

    /** Returns this network with other stalls. */
    public NetworkProfile withStalls(Stalls stalls) {
        return with(new Delay(delay.baseMs, delay.jitter, stalls, delay.reorders));
    }

    /** Returns this network with packets that overtake each other. */
    public NetworkProfile withReordering() {
        return with(new Delay(delay.baseMs, delay.jitter, delay.stalls, true));
    }

    /** Returns this network with other duplicates, in percent. */
    public NetworkProfile withDuplicates(double percent) {
        return new NetworkProfile(loss, delay, percent, rateKbps);
    }

    /** Returns this network with another limit of the rate, in kbit/s; 0 for none. */
    public NetworkProfile withRate(double kbps) {
        return new NetworkProfile(loss, delay, duplicatePercent, kbps);
    }

    private NetworkProfile with(Delay other) {
        return new NetworkProfile(loss, other, duplicatePercent, rateKbps);
    }

    /** Returns the description for users, such as {@code "10 % loss in bursts of 3, 60 ms delay"}. */
    public String describe() {
        StringJoiner text = new StringJoiner(", ");
        if (loss.percent > 0) {
            text.add(Figures.text(loss.percent) + " % loss"
                    + (loss.isBursty() ? " in bursts of " + Figures.text(loss.burstPackets) : ""));
        }
        text.add(Figures.text(delay.baseMs) + " ms delay");
        add(text, delay.jitter.describe());
        add(text, delay.stalls.describe());
        if (duplicatePercent > 0) {
            text.add(Figures.text(duplicatePercent) + " % duplicates");
        }
        if (rateKbps > 0) {
            text.add(Figures.text(rateKbps) + " kbit/s");
        }
        return text.toString();
    }

    private static void add(StringJoiner text, String part) {
        if (!part.isEmpty()) {
            text.add(part);
        }
    }
}
