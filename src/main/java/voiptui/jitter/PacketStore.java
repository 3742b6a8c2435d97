package voiptui.jitter;

import java.util.Arrays;

/**
 * Packets that wait for playout, in the order of their timestamps. Bounded: a packet that does not fit displaces the oldest.
 *
 * <p>Timestamps are extended, so that they never wrap. Owned by the playout thread. Allocates nothing after construction.
 */
public final class PacketStore {

    /** What happened to a packet. */
    public enum Added {
        /** It waits for playout. */
        QUEUED,
        /** A better copy of a packet that waits already took its place. */
        REPLACED,
        /** A copy of it waits already. */
        DUPLICATE,
        /** It would be played before what was taken last. */
        LATE,
        /** It was queued, and the oldest packet was dropped to make room. */
        DISPLACED_OLDEST
    }

    private final byte[][] payloads;
    private final int[] lengths;
    private final long[] timestamps;
    private final PacketOrigin[] origins;
    /** Slots in the order of their timestamps, from {@code first} on; the rest are free. */
    private final int[] order;

    private int count;
    private boolean started;
    private long next = Long.MIN_VALUE;
    private int takenBytes;
    private PacketOrigin takenOrigin = PacketOrigin.ORIGINAL;

    /**
     * Creates an empty store.
     *
     * @param capacity the most packets
     * @param maxPayloadBytes the longest payload
     */
    public PacketStore(int capacity, int maxPayloadBytes) {
        payloads = new byte[capacity][maxPayloadBytes];
        lengths = new int[capacity];
        timestamps = new long[capacity];
        origins = new PacketOrigin[capacity];
        Arrays.fill(origins, PacketOrigin.ORIGINAL);
        order = new int[capacity];
        for (int slot = 0; slot < capacity; slot++) {
            order[slot] = slot;
        }
    }

    /**
     * Adds a packet.
     *
     * @param timestamp its extended RTP timestamp
     * @param origin a {@link PacketOrigin#COPY} may be of lower quality, and gives way to anything else
     * @param payload copied
     * @param bytes length of the payload, at most the maximum
     */
    public Added add(long timestamp, PacketOrigin origin, byte[] payload, int bytes) {
        if (started && timestamp < next) {
            return Added.LATE;
        }
        int at = count;
        while (at > 0 && timestamps[order[at - 1]] > timestamp) {
            at--;
        }
        if (at > 0 && timestamps[order[at - 1]] == timestamp) {
            int slot = order[at - 1];
            if (origins[slot] != PacketOrigin.COPY || origin == PacketOrigin.COPY) {
                return Added.DUPLICATE;
            }
            put(slot, timestamp, origin, payload, bytes);
            return Added.REPLACED;
        }
        boolean full = isFull();
        if (full) {
            if (at == 0) {
                return Added.LATE;
            }
            removeFirst();
            at--;
        }
        int slot = order[count];
        System.arraycopy(order, at, order, at + 1, count - at);
        order[at] = slot;
        count++;
        put(slot, timestamp, origin, payload, bytes);
        return full ? Added.DISPLACED_OLDEST : Added.QUEUED;
    }

    private void put(int slot, long timestamp, PacketOrigin origin, byte[] payload, int bytes) {
        timestamps[slot] = timestamp;
        origins[slot] = origin;
        lengths[slot] = bytes;
        System.arraycopy(payload, 0, payloads[slot], 0, bytes);
    }

    private void removeFirst() {
        int slot = order[0];
        count--;
        System.arraycopy(order, 1, order, 0, count);
        order[count] = slot;
    }

    /** Returns the number of packets. */
    public int count() {
        return count;
    }

    /** Returns whether the next packet displaces another. */
    public boolean isFull() {
        return count == order.length;
    }

    /** Returns the timestamp of the oldest packet; only if {@link #count} is not 0. */
    public long firstTimestamp() {
        return timestamps[order[0]];
    }

    /** Returns the timestamp of the newest packet; only if {@link #count} is not 0. */
    public long lastTimestamp() {
        return timestamps[order[count - 1]];
    }

    /**
     * Removes the oldest packet; only if {@link #count} is not 0. Packets up to its timestamp are late from now on.
     *
     * @param payload receives the payload; has the maximum length
     * @return length of the payload
     */
    public int take(byte[] payload) {
        int slot = order[0];
        takenBytes = lengths[slot];
        takenOrigin = origins[slot];
        System.arraycopy(payloads[slot], 0, payload, 0, takenBytes);
        expect(timestamps[slot] + 1);
        return takenBytes;
    }

    /** Returns how the packet taken last had arrived. */
    public PacketOrigin takenOrigin() {
        return takenOrigin;
    }

    /**
     * Reads the oldest packet and leaves it; only if {@link #count} is not 0.
     *
     * @param payload receives the payload; has the maximum length
     * @return length of the payload
     */
    public int peek(byte[] payload) {
        int slot = order[0];
        System.arraycopy(payloads[slot], 0, payload, 0, lengths[slot]);
        return lengths[slot];
    }

    /**
     * Drops all packets before {@code timestamp}, and takes those that still come for late.
     *
     * @return packets dropped, not counting one that {@link #take} has just delivered
     */
    public int expect(long timestamp) {
        int dropped = 0;
        while (count > 0 && firstTimestamp() < timestamp) {
            removeFirst();
            dropped++;
        }
        started = true;
        next = Math.max(next, timestamp);
        return dropped;
    }

    /** Forgets all packets and what was taken: another stream begins. Returns the packets dropped. */
    public int clear() {
        int dropped = count;
        count = 0;
        started = false;
        next = Long.MIN_VALUE;
        return dropped;
    }
}
