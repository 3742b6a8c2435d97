package voiptui.rtp;

import java.util.Arrays;
import voiptui.time.Wrap32;

/**
 * Makes one endless numbering out of the 32-bit sequence numbers of a stream, and tells new from old, twice from lost,
 * and an old packet from a peer that began anew.
 *
 * <p>After RFC 3550, A.1 ({@code update_seq}), with two changes for a stream that starts at 0 and is 20 ms a packet. A
 * gap counts as loss as long as it fits the time that passed; and a peer that was restarted is known also when its new
 * numbers lie within the range of mere misordering: then a run of packets in sequence, at the pace of speech, all of them
 * old, can be nothing else.
 *
 * <p>Owned by the network thread. Allocates nothing after construction.
 */
public final class SequenceTracker {

    /** What a packet's number says about it. */
    public enum Arrival {
        /** Newer than all before. */
        NEWEST,
        /** Older than the newest, and here for the first time. */
        REORDERED,
        /** Here before. */
        DUPLICATE,
        /** The first of a stream that began anew. */
        RESTARTED,
        /** So far off that only the next packet can tell what it is; to be dropped. */
        STRAY
    }

    /** RFC 3550, A.1, {@code MAX_DROPOUT}: a larger gap needs the time to explain it, or a second packet. */
    static final int MAX_DROPOUT = 3000;
    /** RFC 3550, A.1, {@code MAX_MISORDER}: packets older than this are not late, they are of another stream. */
    static final int MAX_MISORDER = 100;
    /** So many old packets in sequence, one after another, are a stream that began anew. */
    static final int RESTART_RUN = 5;
    /** ... when they took at least so many packets' time to come: a delayed bunch comes at once. */
    static final int RESTART_RUN_FRAMES = 3;
    /** After so long without a packet, an old one is no straggler but the first of a new stream. */
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
     * Starts with no stream.
     *
     * @param frameNs the time between two packets of a stream, in nanoseconds
     */
    public SequenceTracker(long frameNs) {
        this.frameNs = frameNs;
    }

    /**
     * Takes account of one packet.
     *
     * @param sequence its number as it came
     * @param arrivalNs when it came
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
            takeBackRun();
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
        takeBackRun();
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

    /** The run turned out to belong to the next stream: what it was counted as before is taken back. */
    private void takeBackRun() {
        duplicates -= runDuplicates;
        reordered -= runReordered;
        receivedInStream -= runReordered;
        firstExtended = firstBeforeRun;
    }

    /** The peer said end-of-transmission, or is another now: whatever comes next begins a stream. */
    public void expectNewStream() {
        expectNewStream = true;
    }

    /**
     * The number of the last packet in an endless count: consecutive within a stream, and far ahead of all before when a
     * stream begins anew. Means nothing after {@link Arrival#STRAY}.
     */
    public long extended() {
        return extended;
    }

    /** The number of the newest packet, as it was given. */
    public int newestSequence() {
        return newestSequence;
    }

    /** Packets that should have come, by the first and the newest number of each stream (RFC 3550, A.3). */
    public long expected() {
        return expectedBefore + expectedInStream();
    }

    /** Packets that came, each counted once. */
    public long received() {
        return receivedBefore + receivedInStream;
    }

    /** Packets that never came, as far as can be known by now (RFC 3550, A.3). */
    public long lost() {
        return Math.max(0, expected() - received());
    }

    /** Packets that came again. */
    public long duplicates() {
        return duplicates;
    }

    /** Packets that were overtaken. */
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
