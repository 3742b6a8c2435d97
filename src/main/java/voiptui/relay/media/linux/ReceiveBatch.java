package voiptui.relay.media.linux;

import static org.lwjgl.system.MemoryUtil.memByteBuffer;
import static org.lwjgl.system.MemoryUtil.nmemAllocChecked;
import static org.lwjgl.system.MemoryUtil.nmemFree;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import voiptui.relay.media.socket.PackedAddress;

/**
 * The datagrams read by one call of recvmmsg(2), and where each came from and to. They stay until the next call. Allocates nothing on
 * reading. Media thread.
 */
public final class ReceiveBatch {

    /** Room for one IPV6_PKTINFO and one time. */
    private static final int CONTROL_BYTES = 80;

    private static final int CACHE_LINE_BYTES = 64;

    private final MessageArray messages;
    private final long memory;
    private final ByteBuffer[] data;
    private int family;
    private int used;

    /**
     * Allocates a batch.
     *
     * @param count the most datagrams read at once
     * @param dataBytes the room for each; longer ones are cut
     */
    public ReceiveBatch(int count, int dataBytes) {
        this.messages = new MessageArray(count, CONTROL_BYTES);
        long stride = (dataBytes + CACHE_LINE_BYTES - 1L) / CACHE_LINE_BYTES * CACHE_LINE_BYTES;
        this.memory = nmemAllocChecked(count * stride);
        this.data = new ByteBuffer[count];
        this.used = count;
        for (int i = 0; i < count; i++) {
            messages.setData(i, memory + i * stride, dataBytes);
            data[i] = memByteBuffer(memory + i * stride, dataBytes).order(ByteOrder.BIG_ENDIAN);
        }
    }

    /** Reads what has arrived; returns how many datagrams, at most {@code limit}. Forgets those read before. */
    public int read(LinuxSocket socket, int limit) {
        for (int i = 0; i < used; i++) {
            messages.prepareToRead(i);
        }
        int count = Math.min(limit, data.length);
        family = socket.family;
        used = Math.max(0, socket.read(messages, count));
        return used;
    }

    /** Returns a datagram, between position and limit. It may be changed in place. */
    public ByteBuffer datagram(int index) {
        return data[index].clear().limit(messages.length(index));
    }

    /** Returns the first half of the sender's address; see {@link PackedAddress}. */
    public long senderHigh(int index) {
        return messages.addressHigh(index);
    }

    /** Returns the other half. */
    public long senderLow(int index) {
        return messages.addressLow(index);
    }

    /** Returns the sender's port. */
    public int senderPort(int index) {
        return messages.port(index);
    }

    /** Returns the sender's address; allocates. */
    public PackedAddress sender(int index) {
        return messages.address(index);
    }

    /** Returns the first half of the address that a datagram came to, on a socket that listens on all. */
    public long destinationHigh(int index) {
        return messages.destinationHigh(index, family);
    }

    /** Returns the other half; 0: unknown. */
    public long destinationLow(int index) {
        return messages.destinationLow(index, family);
    }

    /** Returns when a datagram arrived, in nanoseconds since 1970; 0: unknown. See {@link LinuxSocket#stampArrivals}. */
    public long arrivedNs(int index) {
        return messages.arrivedNs(index);
    }

    /** Frees the memory; nothing may be used after that. */
    public void free() {
        messages.free();
        nmemFree(memory);
    }
}
