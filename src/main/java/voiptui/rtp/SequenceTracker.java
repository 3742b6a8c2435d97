package voiptui.rtp;

import java.util.Arrays;
import voiptui.time.Wrap32;

/**
 * Extends the 32-bit sequence numbers of a stream to numbers that never wrap, counts lost, duplicate and reordered packets,
 * and detects a restarted peer.
 *
 * <p>After RFC 3550, A.1 ({@code update_seq}), with two changes for a stream that starts at 0 with 20 ms per packet. A gap
 * counts as loss as long as the elapsed time explains it. And a restarted peer is detected even if its new numbers lie
 * within the range of misordering: only a restart produces a run of old packets in sequence at the pace of speech.
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
    /** RFC 3550, A.1, {@code MAX_MISORDER}: packets older than this are not late but from another stream. */
    static final int MAX_MISORDER = 100;
    /** Consecutive old packets that mean a restarted stream ... */
    static final int RESTART_RUN = 5;
    /** ... if they arrived over at least this many packet times: a delayed burst arrives at once. */
    static final int RESTART_RUN_FRAMES = 3;
    /** Silence after which an old packet is not late but the first of a new stream, in nanoseconds. */
    static final long RESTART_SILENCE_NS = 1_000_000_000L;

    private static final int WINDOW = 1024;
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

    private int runNext;
    private int runLength;
    private long runStartNs;
    private int runDuplicates;
    private int runReordered;
    private long firstBeforeRun;

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
            beginStream(sequence, arrivalNs);
            return first ? Arrival.NEWEST : Arrival.RESTARTED;
        }
        long silentNs = arrivalNs - lastArrivalNs;
        int ahead = Wrap32.distance(newestSequence, sequence);
        if (ahead > 0) {
            return ahead <= MAX_DROPOUT + silentNs / frameNs
                    ? onNewest(sequence, ahead, arrivalNs)
                    : onFarOff(sequence, arrivalNs);
        }
        if (silentNs > RESTART_SILENCE_NS) {
            beginStream(sequence, arrivalNs);
            return Arrival.RESTARTED;
        }
        return -ahead > MAX_MISORDER ? onFarOff(sequence, arrivalNs) : onOld(sequence, ahead, arrivalNs);
    }

    private Arrival onNewest(int sequence, int ahead, long arrivalNs) {
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
        if (runLength >= RESTART_RUN && arrivalNs - runStartNs >= RESTART_RUN_FRAMES * frameNs) {
            revertRun();
            beginStream(sequence, arrivalNs);
            return Arrival.RESTARTED;
        }
        lastArrivalNs = arrivalNs;
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
        revertRun();
        beginStream(sequence, arrivalNs);
        return Arrival.RESTARTED;
    }

    private void beginStream(int sequence, long arrivalNs) {
        if (extended >= 0) {
            expectedBefore += expectedInStream();
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
        return expectedBefore + expectedInStream();
    }

    /** Returns the packets received, duplicates not counted. */
    public long received() {
        return receivedBefore + receivedInStream;
    }

    /** Returns the packets lost so far (RFC 3550, A.3). */
    public long lost() {
        return Math.max(0, expected() - received());
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
        return (seen[wordOf(number)] & 1L << number) != 0;
    }

    private void markSeen(long number) {
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
