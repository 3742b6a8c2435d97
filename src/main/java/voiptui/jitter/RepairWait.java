package voiptui.jitter;

import java.util.Arrays;

/**
 * How long it is worth waiting for repairs: for the copies and retransmissions that are the first to bring a packet's payload.
 *
 * <p>Repairs that less than one packet in {@value #PACKETS_PER_MISSED_REPAIR} needs are not waited for. Old ones count less and less.
 * Owned by the playout thread. Allocates nothing after construction.
 */
final class RepairWait {

    private static final int PACKETS_PER_MISSED_REPAIR = 1_000;
    private static final double BIN_MS = 5;
    private static final double MEMORY_PACKETS = 1_000;

    /** After so many packets without a repair nothing is lost any more: 40 s. */
    private static final int FORGOTTEN_PACKETS = 2_000;

    /** Repairs per packet, by delay. */
    private final double[] share;

    private double total;
    private int packetsSinceRepair;

    /** @param maxMs the longest wait; later repairs are of no use */
    RepairWait(double maxMs) {
        share = new double[(int) (maxMs / BIN_MS)];
    }

    /** Takes into account that a packet arrived which needed no repair. */
    void onPacket() {
        packetsSinceRepair++;
        if (total > 0 && packetsSinceRepair >= FORGOTTEN_PACKETS) {
            clear();
        } else if (total > 0) {
            double keep = 1 - 1 / MEMORY_PACKETS;
            for (int bin = 0; bin < share.length; bin++) {
                share[bin] *= keep;
            }
            total *= keep;
        }
    }

    /** Takes into account a repair that came {@code delayMs} after the packet would have, had it not been delayed. */
    void onRepair(double delayMs) {
        int bin = (int) (Math.max(0, delayMs) / BIN_MS);
        if (bin < share.length) {
            packetsSinceRepair = 0;
            share[bin] += 1 / MEMORY_PACKETS;
            total += 1 / MEMORY_PACKETS;
        }
    }

    /** Returns the wait in milliseconds; 0 if it buys nothing. */
    double ms() {
        if (total < 1.0 / PACKETS_PER_MISSED_REPAIR) {
            return 0;
        }
        double missed = 0;
        for (int bin = share.length - 1; bin >= 0; bin--) {
            missed += share[bin];
            if (missed >= 1.0 / PACKETS_PER_MISSED_REPAIR) {
                return (bin + 1) * BIN_MS;
            }
        }
        return 0;
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(share, 0);
        total = 0;
    }
}
