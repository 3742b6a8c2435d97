package voiptui.jitter;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands packets from the network thread to the playout thread: bounded, without locks, without allocation.
 *
 * <p>Exactly one thread calls {@link #offer} and exactly one {@link #drainTo}; neither ever waits for the other. The
 * payload is copied in and copied out.
 */
public final class ArrivalQueue {

    private final byte[][] payloads;
    private final int[] lengths;
    private final long[] numbers;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /**
     * Makes room for packets.
     *
     * @param packets how many at the most, a power of two
     * @param maxPayloadBytes how long a payload may be
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
     * @param number its number in the endless count
     * @param datagram a buffer with the payload from {@code payloadAt} on; neither moved nor kept
     * @param payloadAt where the payload begins
     * @param payloadBytes how long it is, at most what the queue was made for
     * @return whether there was room
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

    /** As above, with a payload as long as the queue was made for. */
    public boolean offer(long number, ByteBuffer datagram, int payloadAt) {
        return offer(number, datagram, payloadAt, payloads[0].length);
    }

    /** Moves all packets that are here into {@code buffer}, in the order in which they came. Called by the playout thread. */
    public void drainTo(JitterBuffer buffer) {
        long end = written.getAcquire();
        for (long at = read.getPlain(); at < end; at++) {
            int slot = (int) at & mask;
            buffer.add(numbers[slot], payloads[slot], lengths[slot]);
            read.setRelease(at + 1);
        }
    }
}
