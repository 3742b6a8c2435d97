package voiptui.rtp.repair;

import static voiptui.time.NanoClock.NS_PER_MS;

import voiptui.rtp.SequenceTracker;

/**
 * Decides which packets of a stream are lost, in order: those that have not come a short while after a later one did. A packet
 * overtaken by another is therefore no loss, unlike in the difference of {@link SequenceTracker#expected} and
 * {@link SequenceTracker#received}.
 *
 * <p>Also tells which missing packets to ask for again ({@link #collectNacks}). A stream that falls silent loses nothing: its
 * losses are known when it goes on. Owned by the network thread. Allocates nothing after construction.
 */
public final class LossDetector {

    /** Learns what became of each packet expected, once and in order. */
    public interface Listener {

        /** Handles a packet that came in time, recognised as such at {@code nowNs}. */
        void onReceived(long nowNs);

        /**
         * Handles packets lost in a row.
         *
         * @param packets at least 1
         * @param nowNs when they were given up
         */
        void onLost(int packets, long nowNs);

        /** Handles a packet that came, but too late to be played. */
        void onDiscarded(long nowNs);

        /** Handles the arrival of a packet that was reported as lost. */
        default void onLostArrived(long nowNs) {}
    }

    /** How long a packet may be overtaken before it counts as lost, in milliseconds: three packets of 20 ms. */
    public static final int DEFAULT_SETTLE_MS = 60;
    /** How often a missing packet is asked for. */
    public static final int MAX_NACKS = 3;
    /** How long a packet may be overtaken before it is asked for, in milliseconds: most swapped packets are closer. */
    public static final int NACK_DELAY_MS = 10;
    /** The longest that a packet may be overtaken before it is asked for where others have come late, in milliseconds. */
    private static final int MAX_NACK_DELAY_MS = 40;
    /** Of how long packets have been overtaken before they came, this part is still believed in after each packet in order. */
    private static final double REORDERING_KEPT = 0.998;

    private static final int WINDOW = 1024;
    /** A larger step is the beginning of another stream (see {@link SequenceTracker#extended}). */
    private static final long STREAM_GAP = 1L << 32;

    private static final byte MISSING = 0;
    private static final byte RECEIVED = 1;
    private static final byte DISCARDED = 2;
    private static final byte LOST = 3;

    private final long settleNs;
    private final Listener listener;
    private final byte[] states = new byte[WINDOW];
    private final long[] overtakenNs = new long[WINDOW];
    /** When a packet should have come, between its neighbours. */
    private final long[] expectedNs = new long[WINDOW];

    private final long[] nackedNs = new long[WINDOW];
    private final byte[] nacks = new byte[WINDOW];
    private boolean begun;
    private long first;
    private long newest;
    private long newestNs;
    /** The oldest packet whose fate is open; up to {@code newest + 1}. */
    private long open;
    /** What to add to an extended number for the number on the wire. */
    private long toWire;

    /** How long packets have been overtaken of late before they came. */
    private double reorderingNs;

    /**
     * Creates a detector without a stream.
     *
     * @param settleMs how long a packet may be overtaken before it counts as lost; {@link #DEFAULT_SETTLE_MS}
     * @param listener told on the thread of {@link #onPacket} and {@link #onTick}
     */
    public LossDetector(int settleMs, Listener listener) {
        this.settleNs = settleMs * NS_PER_MS;
        this.listener = listener;
    }

    /**
     * Handles a packet that is neither a duplicate nor a stray one.
     *
     * @param extended its number that never wraps ({@link SequenceTracker#extended})
     * @param sequence its number on the wire; the lower 16 bits count
     * @param tooLate whether its time of playout has passed
     * @param arrivalNs its time of arrival
     */
    public void onPacket(long extended, int sequence, boolean tooLate, long arrivalNs) {
        byte state = tooLate ? DISCARDED : RECEIVED;
        if (!begun || Math.abs(extended - newest) >= STREAM_GAP) {
            giveUp(newest + 1, arrivalNs);
            begun = true;
            first = extended;
            newest = extended;
            newestNs = arrivalNs;
            open = extended;
            toWire = sequence - extended;
            states[slot(extended)] = state;
        } else if (extended > newest) {
            advance(extended, arrivalNs);
            reorderingNs *= REORDERING_KEPT;
            states[slot(extended)] = state;
        } else if (extended >= first && extended > newest - WINDOW) {
            if (states[slot(extended)] == LOST) {
                listener.onLostArrived(arrivalNs);
                states[slot(extended)] = DISCARDED;
            } else if (extended >= open) {
                states[slot(extended)] = state;
                reorderingNs = Math.max(reorderingNs, arrivalNs - overtakenNs[slot(extended)]);
            }
        }
        onTick(arrivalNs);
    }

    /** Makes room for the packets up to {@code extended}; those before it are missing. */
    private void advance(long extended, long nowNs) {
        long oldestKept = extended - WINDOW + 1;
        giveUp(Math.min(oldestKept, newest + 1), nowNs);
        long from = newest + 1;
        if (oldestKept > from) {
            for (long left = oldestKept - from; left > 0; left -= Integer.MAX_VALUE) {
                listener.onLost((int) Math.min(left, Integer.MAX_VALUE), nowNs);
            }
            from = oldestKept;
            open = oldestKept;
        }
        double intervalNs = (double) (nowNs - newestNs) / (extended - newest);
        for (long number = from; number <= extended; number++) {
            int slot = slot(number);
            states[slot] = MISSING;
            overtakenNs[slot] = nowNs;
            expectedNs[slot] = nowNs - (long) ((extended - number) * intervalNs);
            nacks[slot] = 0;
        }
        newest = extended;
        newestNs = nowNs;
    }

    /** Decides on all packets before {@code end}: what has not come is lost. */
    private void giveUp(long end, long nowNs) {
        for (; begun && open < end; open++) {
            decide(slot(open), nowNs);
        }
    }

    private void decide(int slot, long nowNs) {
        switch (states[slot]) {
            case RECEIVED -> listener.onReceived(nowNs);
            case DISCARDED -> listener.onDiscarded(nowNs);
            default -> {
                states[slot] = LOST;
                listener.onLost(1, nowNs);
            }
        }
    }

    /** Decides on what can be decided now. Packets do that, too; a tick only makes the last losses known sooner. */
    public void onTick(long nowNs) {
        for (; begun && open <= newest; open++) {
            int slot = slot(open);
            if (states[slot] == MISSING && nowNs - overtakenNs[slot] < settleNs) {
                return;
            }
            decide(slot, nowNs);
        }
    }

    /**
     * Collects the missing packets to ask for now, in order, and counts them as asked for. Each is asked for up to
     * {@value #MAX_NACKS} times, a round trip apart, and later where packets have overtaken each other of late.
     *
     * @param sequences receives their numbers on the wire, 0 to 65,535
     * @param roundTripMs to the sender and back
     * @param usefulMs how long after it should have come a packet can still be played: the playout delay
     * @return how many; at most the length of {@code sequences}
     */
    public int collectNacks(int[] sequences, double roundTripMs, double usefulMs, long nowNs) {
        int count = 0;
        if (!begun || roundTripMs >= usefulMs) {
            return 0;
        }
        long roundTripNs = (long) (roundTripMs * NS_PER_MS);
        double delayNs = Math.max(NACK_DELAY_MS * NS_PER_MS, Math.min(reorderingNs, MAX_NACK_DELAY_MS * NS_PER_MS));
        long latestNs = (long) ((usefulMs - roundTripMs) * NS_PER_MS);
        for (long number = Math.max(first, newest - WINDOW + 1);
                number < newest && count < sequences.length;
                number++) {
            int slot = slot(number);
            if (states[slot] != MISSING && states[slot] != LOST || nacks[slot] == MAX_NACKS) {
                continue;
            }
            boolean inTime = nowNs - overtakenNs[slot] >= delayNs && nowNs - expectedNs[slot] <= latestNs;
            if (inTime && (nacks[slot] == 0 || nowNs - nackedNs[slot] >= roundTripNs)) {
                nacks[slot]++;
                nackedNs[slot] = nowNs;
                sequences[count++] = (int) (number + toWire) & 0xffff;
            }
        }
        return count;
    }

    /**
     * Handles the arrival of a retransmission.
     *
     * @param sequence number on the wire of the packet retransmitted; the lower 16 bits count
     * @return whether the packet was asked for and has not come; it is not asked for again
     */
    public boolean onRetransmission(int sequence) {
        long number = newest + (short) (sequence - (int) (newest + toWire));
        if (!begun || number > newest || number < first || number <= newest - WINDOW) {
            return false;
        }
        int slot = slot(number);
        if (nacks[slot] == 0 || states[slot] == RECEIVED || states[slot] == DISCARDED) {
            return false;
        }
        nacks[slot] = MAX_NACKS;
        return true;
    }

    /** Returns the number on the wire of the oldest packet whose fate is open, 0 to 65,535. */
    public int openSequence() {
        return (int) (open + toWire) & 0xffff;
    }

    private static int slot(long number) {
        return (int) (number & WINDOW - 1);
    }
}
