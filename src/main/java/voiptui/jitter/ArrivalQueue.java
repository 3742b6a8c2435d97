package voiptui.jitter;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes packets from the network thread to the playout thread: bounded, lock-free, no allocation.
 *
 * <p>Exactly one thread calls {@link #offer} and exactly one {@link #drainTo}; neither ever waits for the other. The
 * payload is copied in and out.
 */
public final class ArrivalQueue {

    private final byte[][] payloads;
    private final int[] lengths;
    private final long[] numbers;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /**
     * Creates an empty queue.
     *
     * @param packets capacity, a power of two
     * @param maxPayloadBytes longest payload
     * @throws IllegalArgumentException if {@code packets} is no power of two
     */
    public ArrivalQueue(int packets, int maxPayloadBytes) {
        if (Integer.bitCount(packets) != 1) {
            throw new IllegalArgumentException("not a power of two: " + packets);
        }
        this.payloads = new byte[packets][maxPayloadBytes];
        this.lengths = new int[packets];
        this.numbers = new long[packets];
        this.mask = packets - 1;
    }

    /**
     * Adds a packet. Called by the network thread.
     *
     * @param number its extended sequence number
     * @param datagram holds the payload; neither moved nor kept
     * @param payloadAt absolute position of the payload
     * @param payloadBytes length of the payload, at most the maximum
     * @return false if the queue is full
     */
    public boolean offer(long number, ByteBuffer datagram, int payloadAt, int payloadBytes) {
        long at = written.getPlain();
        if (at - read.getAcquire() > mask) {
            return false;
        }
        int slot = (int) at & mask;
        numbers[slot] = number;
        lengths[slot] = payloadBytes;
        datagram.get(payloadAt, payloads[slot], 0, payloadBytes);
        written.setRelease(at + 1);
        return true;
    }

    /** Adds a packet with a payload of the maximum length. */
    public boolean offer(long number, ByteBuffer datagram, int payloadAt) {
        return offer(number, datagram, payloadAt, payloads[0].length);
    }

    /** Moves all packets into {@code buffer} in order of arrival. Called by the playout thread. */
    public void drainTo(JitterBuffer buffer) {
        long end = written.getAcquire();
        for (long at = read.getPlain(); at < end; at++) {
            int slot = (int) at & mask;
            buffer.add(numbers[slot], payloads[slot], lengths[slot]);
            read.setRelease(at + 1);
        }
    }
}
