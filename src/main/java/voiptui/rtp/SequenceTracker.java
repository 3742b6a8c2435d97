package voiptui.rtp;

import java.util.Arrays;
import voiptui.time.Wrap32;

/**
 * Extends the 32-bit sequence numbers of a stream to numbers that never wrap, counts lost, duplicate and reordered packets,
 * and detects a restarted peer.
 *
 * <p>After RFC 3550, A.1 ({@code update_seq}), with three changes for a stream that starts at 0 with 20 ms per packet. A gap
 * counts as loss as long as the elapsed time explains it. A restarted peer is detected even if its new numbers lie
 * within the range of misordering: only a restart produces a run of old packets in sequence at the pace of speech. And
 * because packets that were held up on two paths, interleaved, may look like a restart, the tracker returns to the former
 * stream if that goes on, and then counts as if it had never left it: no packet is expected twice. Until that is decided, it
 * reports the smaller loss of the two; and never more than the sender says that it sent ({@link #limit}).
 *
 * <p>Owned by the network thread. Allocates nothing after construction.
 */
public final class SequenceTracker {

    /** Classification of a packet by its sequence number. */
    public enum Arrival {
        /** Newer than all previous packets. */
        NEWEST,
        /** Older than the newest, received for the first time. */
        REORDERED,
        /** Received before. */
        DUPLICATE,
        /** The first packet of a restarted stream. */
        RESTARTED,
        /** So far off that only the next packet can explain it; drop it. */
        STRAY
    }

    /** RFC 3550, A.1, {@code MAX_DROPOUT}: a larger gap needs elapsed time or a second packet to explain it. */
    static final int MAX_DROPOUT = 3000;
    /**
     * Packets older than this are not late but from another stream (RFC 3550, A.1, {@code MAX_MISORDER}, there 100). As long
     * as a minute, because a relay or a network that stood still may deliver what it held.
     */
    static final int MAX_MISORDER = 3000;
    /** Consecutive old packets that mean a restarted stream ... */
    static final int RESTART_RUN = 5;
    /** ... if they arrived over at least this many packet times: a delayed burst arrives at once. */
    static final int RESTART_RUN_FRAMES = 3;
    /** Packets older than this need twice the evidence: rather held up than restarted. */
    static final int HELD_UP = 100;
    /** Silence after which an old packet is not late but the first of a new stream, in nanoseconds. */
    static final long RESTART_SILENCE_NS = 1_000_000_000L;

    /** How long the tracker may return to a stream that was not heard, in nanoseconds. */
    static final long RETURN_NS = 30_000_000_000L;
    /** Steps ahead that an ordinary loss explains, beyond the elapsed time; a longer one may belong to the former stream. */
    static final int RETURN_STEP = 50;

    /** Packets of a new stream after which there is no return. */
    static final int CERTAIN = 150;
    /** The numbers that a restarted classic program begins with. */
    private static final int FIRST_NUMBERS = 3;

    private static final int WINDOW = 4096;
    private static final long STREAM_GAP = 1L << 33;

    private final long frameNs;
    private final long[] seen = new long[WINDOW / Long.SIZE];

    private boolean expectNewStream = true;
    private int newestSequence;
    private long newestExtended;
    private long firstExtended;
    private long extended = -STREAM_GAP;
    private long lastArrivalNs;

    private long receivedInStream;
    private long expectedBefore;
    private long receivedBefore;
    private long duplicates;
    private long reordered;

    private final Former former = new Former();

    /** The most packets that can be expected, as the sender says. */
    private long most = Long.MAX_VALUE;

    private int runNext;
    private int runLength;
    private long runStartNs;
    private int runDuplicates;
    private int runReordered;
    private long firstBeforeRun;

    /** The stream before the last restart, counted on as if that had not happened. */
    private final class Former {
        private final long[] seen = new long[WINDOW / Long.SIZE];
        private boolean exists;
        /** Whether it was left because of old numbers, which leftovers have too, and not because it fell silent. */
        private boolean isDoubtful;

        private int newestSequence;
        private long newestExtended;
        private long firstExtended;
        private long lastArrivalNs;
        private long receivedInStream;
        private long expectedBefore;
        private long receivedBefore;
        private long duplicates;
        private long reordered;
        /** The packet after the last one that would continue this stream. */
        private int next;

        private boolean isExpecting;

        /** Takes over the current stream, unless an older one may still go on. */
        void keep(boolean doubtful) {
            if (exists) {
                return;
            }
            exists = true;
            isDoubtful = doubtful;
            isExpecting = false;
            System.arraycopy(SequenceTracker.this.seen, 0, seen, 0, seen.length);
            newestSequence = SequenceTracker.this.newestSequence;
            newestExtended = SequenceTracker.this.newestExtended;
            firstExtended = SequenceTracker.this.firstExtended;
            lastArrivalNs = SequenceTracker.this.lastArrivalNs;
            receivedInStream = SequenceTracker.this.receivedInStream;
            expectedBefore = SequenceTracker.this.expectedBefore;
            receivedBefore = SequenceTracker.this.receivedBefore;
            duplicates = SequenceTracker.this.duplicates;
            reordered = SequenceTracker.this.reordered;
        }

        /** Returns the losses if this stream goes on. */
        long lost() {
            return expectedBefore + newestExtended - firstExtended + 1 - receivedBefore - receivedInStream;
        }

        /** Counts a packet of the current stream as an old one of this. */
        void onOld(int sequence) {
            int ahead = Wrap32.distance(newestSequence, sequence);
            if (!exists || ahead > 0 || -ahead > MAX_MISORDER) {
                return;
            }
            long number = newestExtended + ahead;
            if (isIn(seen, number)) {
                duplicates++;
                return;
            }
            putInto(seen, number);
            firstExtended = Math.min(firstExtended, number);
            receivedInStream++;
            reordered++;
        }

        /** Returns whether a packet that does not continue the current stream continues this one. */
        boolean mayContinueWith(int sequence, int aheadInCurrent, long silentNs, long arrivalNs) {
            if (!exists) {
                return false;
            }
            long heldNs = arrivalNs - lastArrivalNs;
            if (heldNs > RETURN_NS || SequenceTracker.this.receivedInStream > CERTAIN) {
                exists = false;
                return false;
            }
            int ahead = Wrap32.distance(newestSequence, sequence);
            boolean isNextInCurrent =
                    aheadInCurrent > 0 && aheadInCurrent <= Math.min(ahead, RETURN_STEP + silentNs / frameNs);
            return !isNextInCurrent && ahead > 0 && ahead <= MAX_DROPOUT + heldNs / frameNs;
        }

        /** Notes such a packet; returns whether it follows the last one, so that the stream does go on. */
        boolean goesOnWith(int sequence) {
            boolean goesOn = isExpecting && sequence == next;
            isExpecting = true;
            next = sequence + 1;
            return goesOn;
        }

        /** Makes this the current stream again, with numbers far ahead of all that were given out. */
        void restore() {
            long shift = SequenceTracker.this.newestExtended - newestExtended + STREAM_GAP;
            // A multiple of the gap, so that the marks stay where they are.
            shift -= shift % STREAM_GAP;
            System.arraycopy(seen, 0, SequenceTracker.this.seen, 0, seen.length);
            SequenceTracker.this.newestSequence = newestSequence;
            SequenceTracker.this.newestExtended = newestExtended + shift;
            SequenceTracker.this.firstExtended = firstExtended + shift;
            SequenceTracker.this.receivedInStream = receivedInStream;
            SequenceTracker.this.expectedBefore = expectedBefore;
            SequenceTracker.this.receivedBefore = receivedBefore;
            SequenceTracker.this.duplicates = duplicates;
            SequenceTracker.this.reordered = reordered;
            exists = false;
        }
    }

    /**
     * Creates a tracker without a stream.
     *
     * @param frameNs the packet interval, in nanoseconds
     */
    public SequenceTracker(long frameNs) {
        this.frameNs = frameNs;
    }

    /**
     * Counts and classifies a packet.
     *
     * @param sequence its sequence number as received
     * @param arrivalNs its time of arrival
     */
    public Arrival onPacket(int sequence, long arrivalNs) {
        if (expectNewStream) {
            boolean first = extended < 0;
            former.exists = false;
            beginStream(sequence, arrivalNs);
            return first ? Arrival.NEWEST : Arrival.RESTARTED;
        }
        long silentNs = arrivalNs - lastArrivalNs;
        int ahead = Wrap32.distance(newestSequence, sequence);
        if (former.mayContinueWith(sequence, ahead, silentNs, arrivalNs)) {
            return onContinuedFormer(sequence, arrivalNs);
        }
        if (ahead > 0) {
            return ahead <= MAX_DROPOUT + silentNs / frameNs
                    ? onNewest(sequence, ahead, arrivalNs)
                    : onFarOff(sequence, arrivalNs);
        }
        if (silentNs > RESTART_SILENCE_NS) {
            former.keep(false);
            beginStream(sequence, arrivalNs);
            return Arrival.RESTARTED;
        }
        return -ahead > MAX_MISORDER ? onFarOff(sequence, arrivalNs) : onOld(sequence, ahead, arrivalNs);
    }

    private Arrival onContinuedFormer(int sequence, long arrivalNs) {
        if (!former.goesOnWith(sequence)) {
            return Arrival.STRAY;
        }
        former.restore();
        // The packet before it was dropped, but has arrived.
        onNewest(sequence - 1, Wrap32.distance(newestSequence, sequence - 1), arrivalNs);
        onNewest(sequence, 1, arrivalNs);
        return Arrival.RESTARTED;
    }

    private Arrival onNewest(int sequence, int ahead, long arrivalNs) {
        former.onOld(sequence);
        forgetSeen(newestExtended + 1, ahead);
        newestSequence = sequence;
        newestExtended += ahead;
        extended = newestExtended;
        markSeen(extended);
        receivedInStream++;
        lastArrivalNs = arrivalNs;
        endRun();
        return Arrival.NEWEST;
    }

    private Arrival onOld(int sequence, int ahead, long arrivalNs) {
        continueRun(sequence, arrivalNs);
        int evidence = -ahead > HELD_UP ? 2 : 1;
        boolean isFromZero = -ahead > HELD_UP && runLength >= 2 && sequence >= 0 && sequence < FIRST_NUMBERS;
        if (isFromZero
                || runLength >= evidence * RESTART_RUN
                        && arrivalNs - runStartNs >= evidence * RESTART_RUN_FRAMES * frameNs) {
            former.keep(true);
            revertRun();
            beginStream(sequence, arrivalNs);
            return Arrival.RESTARTED;
        }
        lastArrivalNs = arrivalNs;
        former.onOld(sequence);
        extended = newestExtended + ahead;
        if (isSeen(extended)) {
            duplicates++;
            runDuplicates++;
            return Arrival.DUPLICATE;
        }
        markSeen(extended);
        firstExtended = Math.min(firstExtended, extended);
        receivedInStream++;
        reordered++;
        runReordered++;
        return Arrival.REORDERED;
    }

    private Arrival onFarOff(int sequence, long arrivalNs) {
        continueRun(sequence, arrivalNs);
        if (runLength < 2) {
            return Arrival.STRAY;
        }
        former.keep(true);
        revertRun();
        beginStream(sequence, arrivalNs);
        return Arrival.RESTARTED;
    }

    private void beginStream(int sequence, long arrivalNs) {
        if (extended >= 0) {
            expectedBefore = expected();
            receivedBefore += receivedInStream;
        }
        expectNewStream = false;
        newestSequence = sequence;
        newestExtended = extended < 0 ? STREAM_GAP + Wrap32.unsigned(sequence) : newestExtended + STREAM_GAP;
        firstExtended = newestExtended;
        extended = newestExtended;
        Arrays.fill(seen, 0);
        markSeen(extended);
        receivedInStream = 1;
        lastArrivalNs = arrivalNs;
        former.onOld(sequence);
        endRun();
    }

    private void continueRun(int sequence, long arrivalNs) {
        if (runLength == 0 || sequence != runNext) {
            endRun();
            runStartNs = arrivalNs;
            firstBeforeRun = firstExtended;
        }
        runLength++;
        runNext = sequence + 1;
    }

    private void endRun() {
        runLength = 0;
        runDuplicates = 0;
        runReordered = 0;
    }

    /** Reverts what the run was counted as, because it belongs to the next stream. */
    private void revertRun() {
        duplicates -= runDuplicates;
        reordered -= runReordered;
        receivedInStream -= runReordered;
        firstExtended = firstBeforeRun;
    }

    /** Makes the next packet start a stream: the peer ended its transmission or was replaced. */
    public void expectNewStream() {
        expectNewStream = true;
    }

    /**
     * Returns the extended number of the last packet: consecutive within a stream, far ahead of all previous numbers when a
     * stream starts. Undefined after {@link Arrival#STRAY}.
     */
    public long extended() {
        return extended;
    }

    /** Returns the sequence number of the newest packet, as received. */
    public int newestSequence() {
        return newestSequence;
    }

    /** Returns the packets expected, from the first and newest number of each stream (RFC 3550, A.3). */
    public long expected() {
        return Math.max(received(), Math.min(most, expectedBefore + expectedInStream()));
    }

    /** Sets the most packets, of all streams together, that the senders say they have sent; {@link #expected} is no more. */
    public void limit(long mostExpected) {
        most = mostExpected;
    }

    /** Returns the packets received, duplicates not counted. */
    public long received() {
        return receivedBefore + receivedInStream;
    }

    /** Returns the packets lost so far (RFC 3550, A.3). */
    public long lost() {
        long lost = expected() - received();
        boolean mayReturn = former.exists && former.isDoubtful && receivedInStream <= CERTAIN;
        return mayReturn ? Math.max(0, Math.min(lost, former.lost())) : lost;
    }

    /** Returns the duplicate packets. */
    public long duplicates() {
        return duplicates;
    }

    /** Returns the packets received out of order. */
    public long reordered() {
        return reordered;
    }

    private long expectedInStream() {
        return extended < 0 ? 0 : newestExtended - firstExtended + 1;
    }

    private boolean isSeen(long number) {
        return isIn(seen, number);
    }

    private static boolean isIn(long[] seen, long number) {
        return (seen[wordOf(number)] & 1L << number) != 0;
    }

    private void markSeen(long number) {
        putInto(seen, number);
    }

    private static void putInto(long[] seen, long number) {
        seen[wordOf(number)] |= 1L << number;
    }

    private void forgetSeen(long from, int count) {
        for (int i = 0; i < Math.min(count, WINDOW); i++) {
            seen[wordOf(from + i)] &= ~(1L << (from + i));
        }
    }

    private static int wordOf(long number) {
        return (int) (number / Long.SIZE % (WINDOW / Long.SIZE));
    }
}
