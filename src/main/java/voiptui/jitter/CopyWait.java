package voiptui.jitter;

/**
 * How long it will be worth waiting for redundant copies (RFC 2198), before experience tells.
 *
 * <p>If a part p of the packets is lost at random, a part of p^(n + 1) is lost with its first n copies. As many copies are waited for as
 * it takes to miss less than one packet in {@value #PACKETS_PER_MISSED}; where losses come in bursts, {@link RepairWait} finds that more
 * are needed. What was needed is waited for {@value #HELD_PACKETS} packets more at least: the sender changes the copies with the losses
 * it hears of. Otherwise the delay would rise again with the first packet whose first copy was lost, too, seconds after the losses began.
 *
 * <p>Owned by the playout thread. Allocates nothing after construction.
 */
final class CopyWait {

    private static final int PACKETS_PER_MISSED = 2_500;
    /** The most copies that are looked at: the nearest. */
    private static final int MAX_COPIES = 4;
    /** About how many packets count for the losses. */
    private static final double MEMORY_PACKETS = 150;

    private static final int HELD_PACKETS = 500;

    /** Of the copies that the latest packet brought, the nearest first. */
    private final double[] distancesMs = new double[MAX_COPIES];

    private int copies;
    private double packetMs;
    private long arrivedNs;
    private double missed;
    private int packets;
    private double recentMs;
    private double formerMs;

    /** Takes a packet into account; its copies follow. */
    void onPacket(double packetMediaMs, long arrivalNs) {
        if (++packets % HELD_PACKETS == 0) {
            formerMs = recentMs;
            recentMs = 0;
        }
        recentMs = Math.max(recentMs, neededMs());
        packetMs = packetMediaMs;
        arrivedNs = arrivalNs;
        copies = 0;
    }

    /** Takes a copy into account; see {@link DelayTarget#onCopy}. */
    void onCopy(double copyMediaMs, long arrivalNs) {
        double distanceMs = packetMs - copyMediaMs;
        if (arrivalNs != arrivedNs || distanceMs <= 0) {
            return;
        }
        int at = Math.min(copies, MAX_COPIES - 1);
        if (copies == MAX_COPIES && distancesMs[at] <= distanceMs) {
            return;
        }
        for (; at > 0 && distancesMs[at - 1] > distanceMs; at--) {
            distancesMs[at] = distancesMs[at - 1];
        }
        distancesMs[at] = distanceMs;
        copies = Math.min(copies + 1, MAX_COPIES);
    }

    /** Takes into account that a packet was due; see {@link DelayTarget#onPlayed}. */
    void onPlayed(boolean wasMissed) {
        missed += ((wasMissed ? 1 : 0) - missed) / MEMORY_PACKETS;
    }

    /** Returns the wait in milliseconds, without any for jitter; 0 if copies are of no use. */
    double ms() {
        return Math.max(formerMs, recentMs);
    }

    private double neededMs() {
        double lost = missed;
        int wanted = 0;
        while (wanted < copies && lost * PACKETS_PER_MISSED > 1) {
            lost *= missed;
            wanted++;
        }
        return wanted == 0 ? 0 : distancesMs[wanted - 1];
    }

    /** Forgets everything. */
    void clear() {
        copies = 0;
        missed = 0;
        recentMs = 0;
        formerMs = 0;
    }
}
