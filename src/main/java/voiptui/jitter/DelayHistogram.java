package voiptui.jitter;

import java.util.Arrays;

/**
 * The distribution of packet delays, in which old ones count less and less. Learns fast at first: packet n has the weight 2/(n+1)
 * until that falls to the final one, as in WebRTC's NetEQ.
 *
 * <p>Owned by one thread. Allocates nothing after construction.
 */
public final class DelayHistogram {

    private static final double START_WEIGHT = 2;

    private final double binMs;
    private final double finalWeight;
    private final double[] share;
    private long packets;

    /**
     * Creates an empty histogram.
     *
     * @param binMs width of a bin, in milliseconds
     * @param maxMs the longest delay that is told from longer ones
     * @param memoryPackets about how many packets count
     */
    public DelayHistogram(double binMs, double maxMs, int memoryPackets) {
        this.binMs = binMs;
        this.finalWeight = 1.0 / memoryPackets;
        this.share = new double[(int) Math.ceil(maxMs / binMs) + 1];
    }

    /** Adds a packet with a delay in milliseconds, 0 or more. */
    public void add(double delayMs) {
        packets++;
        double weight = Math.min(1, Math.max(finalWeight, START_WEIGHT / (packets + 1)));
        for (int bin = 0; bin < share.length; bin++) {
            share[bin] *= 1 - weight;
        }
        share[(int) Math.min(share.length - 1, Math.max(0, delayMs / binMs))] += weight;
    }

    /**
     * Returns the delay in milliseconds that the given part of the packets does not exceed, as the upper edge of its bin; 0 if
     * there are none.
     *
     * @param part 0 to 1
     */
    public double quantileMs(double part) {
        double sum = 0;
        for (int bin = 0; bin < share.length; bin++) {
            sum += share[bin];
            if (sum >= part) {
                return (bin + 1) * binMs;
            }
        }
        return packets == 0 ? 0 : share.length * binMs;
    }

    /** Becomes the same as {@code other}, which has as many bins. */
    public void copy(DelayHistogram other) {
        System.arraycopy(other.share, 0, share, 0, share.length);
        packets = other.packets;
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(share, 0);
        packets = 0;
    }
}
