package voiptui.rtp.repair;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last packets of a stream under their numbers, in a bounded number of slots and of bytes: the oldest give way.
 *
 * <p>One thread writes, others read, and none waits: each slot is a sequence lock, and a packet that gives way while it is read counts
 * as gone. A reader calls {@link #version}, reads, and trusts what it has read if {@link #isIntact} then. Allocates nothing after
 * construction.
 */
final class PacketRing {

    private final int mask;
    private final int maxPacketBytes;
    private final byte[] bytes;
    /** Per slot: odd while it is written, twice the number of its writes otherwise. */
    private final AtomicLongArray versions;
    /** How many bytes were ever claimed for packets; a packet from {@code start} is gone once that is a ring further. */
    private final AtomicLong claimed = new AtomicLong();

    private final long[] numbers;
    private final long[] starts;
    private final int[] lengths;
    private final int[] labels;
    private final long[] timestamps;
    private final long[] timesNs;

    /**
     * Creates an empty ring.
     *
     * @param packets slots, a power of two
     * @param maxPacketBytes the longest packet
     * @param capacityBytes bytes of all packets, at least one packet
     * @throws IllegalArgumentException if {@code packets} is no power of two
     */
    PacketRing(int packets, int maxPacketBytes, int capacityBytes) {
        if (Integer.bitCount(packets) != 1 || packets <= 0) {
            throw new IllegalArgumentException("not a power of two: " + packets);
        }
        this.mask = packets - 1;
        this.maxPacketBytes = maxPacketBytes;
        this.bytes = new byte[Math.max(capacityBytes, maxPacketBytes)];
        this.versions = new AtomicLongArray(packets);
        this.numbers = new long[packets];
        this.starts = new long[packets];
        this.lengths = new int[packets];
        this.labels = new int[packets];
        this.timestamps = new long[packets];
        this.timesNs = new long[packets];
    }

    /** Returns the number of slots. */
    int slots() {
        return mask + 1;
    }

    /** Returns the slot of a number. */
    int slot(long number) {
        return (int) number & mask;
    }

    /**
     * Stores a packet in place of what its slot holds. Writing thread.
     *
     * @param label anything
     * @param from holds the packet from absolute index {@code at}; neither moved nor kept
     * @param length at most the longest packet
     */
    void put(long number, int label, long timestamp, long timeNs, ByteBuffer from, int at, int length) {
        int slot = slot(number);
        long version = versions.getPlain(slot);
        long start = claimed.getPlain();
        int index = (int) (start % bytes.length);
        if (index + length > bytes.length) {
            start += bytes.length - index;
            index = 0;
        }
        versions.setOpaque(slot, version + 1);
        claimed.setOpaque(start + length);
        VarHandle.storeStoreFence();
        numbers[slot] = number;
        starts[slot] = start;
        lengths[slot] = length;
        labels[slot] = label;
        timestamps[slot] = timestamp;
        timesNs[slot] = timeNs;
        from.get(at, bytes, index, length);
        versions.setRelease(slot, version + 2);
    }

    /** Returns the version of a packet, to be passed to {@link #isIntact}; 0: it is not stored. Any thread. */
    long version(long number) {
        int slot = slot(number);
        long version = versions.getAcquire(slot);
        return (version & 1) != 0 || version == 0 || numbers[slot] != number ? 0 : version;
    }

    /** Returns the length of the packet in a slot, in bytes; at most the longest. Any thread. */
    int length(int slot) {
        return Math.min(maxPacketBytes, lengths[slot]);
    }

    /** Returns the label of the packet in a slot. Any thread. */
    int label(int slot) {
        return labels[slot];
    }

    /** Returns the timestamp of the packet in a slot. Any thread. */
    long timestamp(int slot) {
        return timestamps[slot];
    }

    /** Returns the time of the packet in a slot. Any thread. */
    long timeNs(int slot) {
        return timesNs[slot];
    }

    /** Copies a part of the packet in a slot to absolute index {@code at} of {@code into}. Any thread. */
    void copy(int slot, int offset, int length, ByteBuffer into, int at) {
        int index = (int) (starts[slot] % bytes.length) + offset;
        into.put(at, bytes, index, Math.max(0, Math.min(length, bytes.length - index)));
    }

    /** Copies the packet in a slot to the beginning of {@code into}, which has room for the longest. Any thread. */
    void copy(int slot, byte[] into) {
        int index = (int) (starts[slot] % bytes.length);
        System.arraycopy(bytes, index, into, 0, Math.min(length(slot), bytes.length - index));
    }

    /** Returns whether what was read of a slot since {@link #version} belongs to one packet. Any thread. */
    boolean isIntact(int slot, long version) {
        long start = starts[slot];
        VarHandle.loadLoadFence();
        return claimed.getOpaque() - start <= bytes.length && versions.getOpaque(slot) == version;
    }
}
