package voiptui.jitter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes packets from the network thread to the playout thread: bounded, lock-free, no allocation.
 *
 * <p>Exactly one thread calls {@link #offer} and exactly one {@link #drainTo}; neither ever waits for the other. The
 * payload is copied in and out.
 */
public final class ArrivalQueue {

    /** Takes packets. Owned by the playout thread. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * Takes a packet.
         *
         * @param stream differs from that of the packet before if another stream begins
         * @param timestamp extended timestamp of its first sample, in units of the stream's clock
         * @param arrivalNs when it arrived, in nanoseconds of the call's clock
         * @param origin how it arrived
         * @param payload valid during the call only
         * @param bytes length of the payload
         */
        void onPacket(int stream, long timestamp, long arrivalNs, PacketOrigin origin, byte[] payload, int bytes);
    }

    private final byte[][] payloads;
    private final int[] lengths;
    private final int[] streams;
    private final long[] timestamps;
    private final long[] arrivalsNs;
    private final PacketOrigin[] origins;
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
        this.streams = new int[packets];
        this.timestamps = new long[packets];
        this.arrivalsNs = new long[packets];
        this.origins = new PacketOrigin[packets];
        Arrays.fill(origins, PacketOrigin.ORIGINAL);
        this.mask = packets - 1;
    }

    /**
     * Adds a packet; see {@link Receiver#onPacket}. Called by the network thread.
     *
     * @param datagram holds the payload; neither moved nor kept
     * @param payloadAt absolute position of the payload
     * @param payloadBytes length of the payload, at most the maximum
     * @return false if the queue is full
     */
    public boolean offer(
            int stream,
            long timestamp,
            long arrivalNs,
            PacketOrigin origin,
            ByteBuffer datagram,
            int payloadAt,
            int payloadBytes) {
        long at = written.getPlain();
        if (at - read.getAcquire() > mask) {
            return false;
        }
        int slot = (int) at & mask;
        streams[slot] = stream;
        timestamps[slot] = timestamp;
        arrivalsNs[slot] = arrivalNs;
        origins[slot] = origin;
        lengths[slot] = payloadBytes;
        datagram.get(payloadAt, payloads[slot], 0, payloadBytes);
        written.setRelease(at + 1);
        return true;
    }

    /** Hands all packets to {@code receiver} in order of arrival. Called by the playout thread. */
    public void drainTo(Receiver receiver) {
        long end = written.getAcquire();
        for (long at = read.getPlain(); at < end; at++) {
            int slot = (int) at & mask;
            receiver.onPacket(
                    streams[slot], timestamps[slot], arrivalsNs[slot], origins[slot], payloads[slot], lengths[slot]);
            read.setRelease(at + 1);
        }
    }
}
