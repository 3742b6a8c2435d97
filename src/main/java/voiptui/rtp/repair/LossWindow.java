package voiptui.rtp.repair;

import static voiptui.time.NanoClock.NS_PER_MS;

/**
 * The losses of the last two seconds, for a sender that adapts to them: which fraction of the packets, and how many in a row.
 *
 * <p>Rises quickly and falls slowly: the last half second counts for itself when it is worse. A discarded packet is not lost:
 * it needs a later playout, not more redundancy. What clusters over the whole call tells {@link BurstGapTracker}.
 *
 * <p>Told of each packet expected, once and in order, for instance by {@link LossDetector}. Owned by one thread. Allocates
 * nothing after construction.
 */
public final class LossWindow implements LossDetector.Listener {

    /** What is remembered, in milliseconds. */
    public static final int WINDOW_MS = 2000;
    /** What counts for itself when it is worse, in milliseconds. */
    public static final int ATTACK_MS = 500;

    /** The most packets remembered: two seconds of 5 ms each. */
    private static final int CAPACITY = 512;
    /** Losses, or runs of them, in the last half second that are no accident. */
    private static final int ATTACK_EVENTS = 2;
    /** Fewer packets than this count as this many: one loss after a pause is not a loss of 100 percent. */
    private static final int LEAST_PACKETS = 25;
    /** Runs that make a mean. */
    private static final int LEAST_RUNS = 4;

    private final boolean[] lost = new boolean[CAPACITY];
    private final long[] timesNs = new long[CAPACITY];
    private long next;

    @Override
    public void onReceived(long nowNs) {
        add(false, nowNs);
    }

    @Override
    public void onLost(int packets, long nowNs) {
        for (int i = Math.min(packets, CAPACITY); i > 0; i--) {
            add(true, nowNs);
        }
    }

    @Override
    public void onDiscarded(long nowNs) {
        add(false, nowNs);
    }

    private void add(boolean isLost, long nowNs) {
        int slot = (int) (next % CAPACITY);
        lost[slot] = isLost;
        timesNs[slot] = nowNs;
        next++;
    }

    /** Returns the fraction of packets lost of late, 0 to 1; 0 if none was expected. */
    public double lossFraction(long nowNs) {
        int packets = 0;
        int losses = 0;
        double attack = 0;
        for (long i = next - 1; i >= oldest(); i--) {
            long ageNs = age(i, nowNs);
            if (ageNs > WINDOW_MS * NS_PER_MS) {
                break;
            }
            packets++;
            losses += lost[(int) (i % CAPACITY)] ? 1 : 0;
            if (ageNs <= ATTACK_MS * NS_PER_MS) {
                attack = losses >= ATTACK_EVENTS ? fraction(losses, packets) : 0;
            }
        }
        return Math.max(fraction(losses, packets), attack);
    }

    private static double fraction(int losses, int packets) {
        return (double) losses / Math.max(packets, LEAST_PACKETS);
    }

    /**
     * Returns the mean number of packets lost in a row, at least 1: of the last two seconds, or of the last
     * {@value #LEAST_RUNS} times if there were fewer.
     */
    public double meanRunLength(long nowNs) {
        int losses = 0;
        int runs = 0;
        double attack = 0;
        boolean inRun = false;
        for (long i = next - 1; i >= oldest(); i--) {
            long ageNs = age(i, nowNs);
            boolean isLost = lost[(int) (i % CAPACITY)];
            if (ageNs > WINDOW_MS * NS_PER_MS && runs >= LEAST_RUNS && !isLost) {
                break;
            }
            losses += isLost ? 1 : 0;
            runs += isLost && !inRun ? 1 : 0;
            inRun = isLost;
            if (ageNs <= ATTACK_MS * NS_PER_MS && runs >= ATTACK_EVENTS) {
                attack = (double) losses / runs;
            }
        }
        return runs == 0 ? 1 : Math.max((double) losses / runs, attack);
    }

    private long oldest() {
        return Math.max(0, next - CAPACITY);
    }

    private long age(long index, long nowNs) {
        return nowNs - timesNs[(int) (index % CAPACITY)];
    }
}
