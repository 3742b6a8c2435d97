package voiptui.rtp.repair;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import voiptui.rtp.SequenceTracker;

/**
 * What a peer has sent of late, packet by packet, in whatever way each came: in itself, as a copy, too late to be played, or again
 * because it was asked for. Knows which packets are missing, and which of them to ask for.
 *
 * <p>Packets have positions: consecutive as their sequence numbers, and over all streams of a call. A pause in which nothing is sent
 * takes no position. Written by the network thread; other threads read with a {@link HistoryReader} of their own and never wait. Allocates
 * nothing after construction.
 */
public final class ReceivedPackets {

    /** What is known of a packet. */
    public enum Kind {
        /** Not kept, or not expected yet. */
        UNKNOWN,
        /** It has not come. */
        MISSING,
        /** It came while the call was on hold, or would have come: its content is not kept. */
        WITHHELD,
        /** It came in itself, or asked for in time to be played. */
        RECEIVED,
        /** It came as a copy in a later packet. */
        COPIED,
        /** It was missing, and came because it was asked for here. */
        HEALED
    }

    /** Who wants missing packets to be asked for. */
    public enum Use {
        /** Something is heard again. */
        REPLAY,
        /** The call is recorded. */
        RECORDING
    }

    /** How long a packet is missing before it is asked for here, in milliseconds: copies and ordinary repairs are over by then. */
    public static final int ASK_AFTER_MS = 400;
    /** How often a packet is asked for. */
    public static final int MAX_REQUESTS = 24;
    /** The most packets that are asked for in a second: about as many as a sender may send again. */
    public static final int MAX_PER_SECOND = 30;
    /** The most packets that are asked for at once: little arrives in a pause, and each arrival is a chance to ask. */
    public static final int MAX_AT_ONCE = 12;

    private static final int PACKETS = 4096;
    /** The shortest and the longest time between two requests for a packet, in milliseconds; a round trip may be longer. */
    private static final int MIN_RETRY_MS = 100;

    private static final int MAX_RETRY_MS = 600;
    private static final double BACK_OFF = 1.5;
    /** A round trip and a half, for what is sent at once. */
    private static final double ROUND_TRIPS = 1.5;

    private static final double UNKNOWN_ROUND_TRIP_MS = 200;
    /** How far back a copy may be of a packet, in packets. */
    private static final int MAX_COPY_DISTANCE = 48;
    /** A larger step is the beginning of another stream (see {@link SequenceTracker#extended}). */
    private static final long STREAM_GAP = 1L << 32;

    private static final Kind[] KINDS = Kind.values();
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PacketRing ring;
    private final int maxPayloadBytes;
    /** Per slot, of a missing packet. */
    private final long[] askedNs = new long[PACKETS];

    private final byte[] requests = new byte[PACKETS];

    /** The position from which on missing packets are wanted, for each use; {@link Long#MAX_VALUE}: none. */
    private final AtomicLongArray wanted = new AtomicLongArray(Use.values().length);

    private volatile boolean onHold;
    private volatile long newest = -1;
    /** The first position of the current stream. */
    private volatile long first;

    private int stream;
    /** What to add to an extended sequence number for the position, and to a position for the number on the wire. */
    private long toPosition;

    private long toWire;
    private long newestExtended;
    private long newestTimestamp;
    /** The least difference of the timestamps of two packets in a row: the length of a packet. */
    private long packetUnits;

    /** The packet that came last, whose copies come next. */
    private long carrier;

    private long carrierTimestamp;
    /** When the last packet was asked for, if requests were evenly spaced. */
    private long pacedNs;

    private boolean paced;

    /**
     * Creates an empty history.
     *
     * @param maxPayloadBytes the longest payload
     * @param capacityBytes bytes of all payloads kept
     */
    public ReceivedPackets(int maxPayloadBytes, int capacityBytes) {
        this.ring = new PacketRing(PACKETS, maxPayloadBytes, capacityBytes);
        this.maxPayloadBytes = maxPayloadBytes;
        for (Use use : Use.values()) {
            wanted.set(use.ordinal(), Long.MAX_VALUE);
        }
    }

    /** Has missing packets asked for from {@code position} on; {@link Long#MAX_VALUE}: none. Any thread. */
    public void want(Use use, long position) {
        wanted.set(use.ordinal(), position);
    }

    /** Keeps nothing of what arrives while {@code hold}. Any thread. */
    public void hold(boolean hold) {
        onHold = hold;
    }

    /** Returns the position of the newest packet; -1: none has come. Any thread. */
    public long newest() {
        return newest;
    }

    /** Returns the oldest position that may be kept. Any thread. */
    public long oldest() {
        return Math.max(0, newest - PACKETS + 1);
    }

    /** Returns the first position of the current stream: what is missing before it can no longer be asked for. Any thread. */
    public long firstOfStream() {
        return first;
    }

    /**
     * Handles a packet that is neither a duplicate nor a stray one. Network thread.
     *
     * @param extended its number that never wraps ({@link SequenceTracker#extended})
     * @param sequence its number on the wire; the lower 16 bits count
     * @param timestamp its extended timestamp
     * @param datagram holds the payload from absolute index {@code at}
     */
    public void onPacket(
            long extended, int sequence, long timestamp, ByteBuffer datagram, int at, int bytes, long nowNs) {
        boolean begins = newest < 0 || Math.abs(extended - newestExtended) >= STREAM_GAP;
        if (begins) {
            stream++;
            first = newest + 1;
            toPosition = first - extended;
            packetUnits = 0;
        }
        long position = extended + toPosition;
        toWire = sequence - position;
        if (begins || position > newest) {
            advance(position, timestamp, extended, nowNs);
        }
        carrier = position;
        carrierTimestamp = timestamp;
        if (position >= first && kind(position) != Kind.RECEIVED) {
            put(position, onHold ? Kind.WITHHELD : Kind.RECEIVED, timestamp, nowNs, datagram, at, bytes);
        }
        if (position > newest) {
            newest = position;
        }
    }

    /** The packets before {@code position} are missing. */
    private void advance(long position, long timestamp, long extended, long nowNs) {
        Kind absent = onHold ? Kind.WITHHELD : Kind.MISSING;
        for (long gap = Math.max(newest + 1, position - PACKETS + 1); gap < position; gap++) {
            int slot = ring.slot(gap);
            requests[slot] = 0;
            ring.put(gap, label(absent), newestTimestamp, nowNs, NOTHING, 0, 0);
        }
        long units = timestamp - newestTimestamp;
        if (position == newest + 1 && position > first && units > 0) {
            packetUnits = packetUnits == 0 ? units : Math.min(packetUnits, units);
        }
        newestExtended = extended;
        newestTimestamp = timestamp;
    }

    private void put(long position, Kind kind, long timestamp, long nowNs, ByteBuffer from, int at, int bytes) {
        boolean keeps = kind != Kind.WITHHELD && bytes <= maxPayloadBytes;
        ring.put(position, label(kind), timestamp, nowNs, from, at, keeps ? bytes : 0);
    }

    private int label(Kind kind) {
        return stream * KINDS.length + kind.ordinal();
    }

    /** Returns what is known of a packet. Network thread. */
    private Kind kind(long position) {
        return ring.version(position) == 0 ? Kind.UNKNOWN : kindOf(ring.label(ring.slot(position)));
    }

    static Kind kindOf(int label) {
        return KINDS[label % KINDS.length];
    }

    static int streamOf(int label) {
        return label / KINDS.length;
    }

    /**
     * Handles a copy in the packet that came last. Which packet it is of follows from the timestamps of those around it. Network thread.
     *
     * @param timestamp of the copy, extended
     * @param datagram holds the payload from absolute index {@code at}
     */
    public void onCopy(long timestamp, ByteBuffer datagram, int at, int bytes, long nowNs) {
        if (onHold || packetUnits == 0 || timestamp >= carrierTimestamp) {
            return;
        }
        long upper = carrier;
        long upperTimestamp = carrierTimestamp;
        long lower = carrier - 1;
        while (lower >= first && carrier - lower <= MAX_COPY_DISTANCE) {
            if (kind(lower) != Kind.MISSING) {
                long here = ring.timestamp(ring.slot(lower));
                if (here <= timestamp) {
                    break;
                }
                upper = lower;
                upperTimestamp = here;
            }
            lower--;
        }
        long position = upper - (upperTimestamp - timestamp) / packetUnits;
        if (lower >= first && carrier - lower <= MAX_COPY_DISTANCE) {
            long since = (timestamp - ring.timestamp(ring.slot(lower))) / packetUnits;
            // Within a pause packets are missing without a gap in their numbers: the nearer neighbour tells more.
            position = since <= upper - position ? lower + since : position;
        }
        if (position > lower && position < upper && kind(position) == Kind.MISSING) {
            put(position, Kind.COPIED, timestamp, nowNs, datagram, at, bytes);
        }
    }

    /**
     * Handles a packet that came again. Network thread.
     *
     * @param sequence number on the wire of the original; the lower 16 bits count
     * @param timestamp its extended timestamp
     * @param datagram holds the payload from absolute index {@code at}
     */
    public void onRetransmission(int sequence, long timestamp, ByteBuffer datagram, int at, int bytes, long nowNs) {
        long position = position(sequence);
        carrier = position;
        carrierTimestamp = timestamp;
        if (position < 0) {
            return;
        }
        int slot = ring.slot(position);
        Kind kind = kind(position);
        boolean misplaced = kind == Kind.COPIED && ring.timestamp(slot) != timestamp;
        if (kind == Kind.MISSING || misplaced) {
            put(position, requests[slot] > 0 ? Kind.HEALED : Kind.RECEIVED, timestamp, nowNs, datagram, at, bytes);
        }
    }

    /** Returns whether a packet is missing and was asked for here. Network thread. */
    public boolean isAskedFor(int sequence) {
        long position = position(sequence);
        return position >= 0 && kind(position) == Kind.MISSING && requests[ring.slot(position)] > 0;
    }

    /** Returns the position of a number on the wire in the current stream; -1: there is none. */
    private long position(int sequence) {
        long last = newest;
        long position = last + (short) (sequence - (int) (last + toWire));
        return last >= 0 && position <= last && position >= first && position > last - PACKETS ? position : -1;
    }

    /**
     * Collects the missing packets to ask for now, the oldest first, and counts them as asked for: at most
     * {@value #MAX_PER_SECOND} in a second, and each packet again a while later, if it still has not come. Network thread.
     *
     * @param sequences receives their numbers on the wire, 0 to 65,535
     * @param roundTripMs to the sender and back; NaN: unknown
     * @return how many
     */
    public int collect(int[] sequences, double roundTripMs, long nowNs) {
        long from = Long.MAX_VALUE;
        for (int use = 0; use < wanted.length(); use++) {
            from = Math.min(from, wanted.get(use));
        }
        if (from > newest) {
            return 0;
        }
        long spacingNs = 1_000 * NS_PER_MS / MAX_PER_SECOND;
        long earliestNs = nowNs - MAX_AT_ONCE * spacingNs;
        if (!paced || pacedNs - earliestNs < 0) {
            paced = true;
            pacedNs = earliestNs;
        }
        int most = (int) Math.min(sequences.length, (nowNs - pacedNs) / spacingNs);
        int count = 0;
        long last = newest;
        for (long position = Math.max(from, Math.max(first, oldest())); position < last && count < most; position++) {
            if (kind(position) == Kind.MISSING && isDue(ring.slot(position), roundTripMs, nowNs)) {
                int slot = ring.slot(position);
                requests[slot]++;
                askedNs[slot] = nowNs;
                sequences[count++] = (int) (position + toWire) & 0xffff;
            }
        }
        pacedNs += count * spacingNs;
        return count;
    }

    private boolean isDue(int slot, double roundTripMs, long nowNs) {
        long missingNs = nowNs - ring.timeNs(slot);
        if (missingNs < ASK_AFTER_MS * NS_PER_MS || missingNs > SentPackets.HISTORY_MS * NS_PER_MS) {
            return false;
        }
        if (requests[slot] == 0) {
            return true;
        }
        double answerMs = ROUND_TRIPS * (roundTripMs >= 0 ? roundTripMs : UNKNOWN_ROUND_TRIP_MS);
        double retryMs = Math.min(MAX_RETRY_MS, MIN_RETRY_MS * Math.pow(BACK_OFF, requests[slot] - 1));
        return requests[slot] < MAX_REQUESTS && nowNs - askedNs[slot] >= Math.max(answerMs, retryMs) * NS_PER_MS;
    }

    /** Returns a reader for one thread. */
    public HistoryReader reader() {
        return new HistoryReader(this, ring, maxPayloadBytes);
    }
}
