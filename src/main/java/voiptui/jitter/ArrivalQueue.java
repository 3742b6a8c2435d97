package voiptui.jitter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes packets from the network thread to the playout thread: bounded, lock-free, no allocation. When it is full, since the
 * speaker stalled, the oldest packet gives way: the newest are those that may still be played.
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

    /** Set in {@link #head} while the oldest packet is being taken. */
    private static final long TAKING = 1;

    private final byte[][] payloads;
    private final int[] lengths;
    private final int[] streams;
    private final long[] timestamps;
    private final long[] arrivalsNs;
    private final PacketOrigin[] origins;
    /** One slot more than packets may wait: the one that is being taken. */
    private final int slots;

    private final AtomicLong written = new AtomicLong();
    /** Twice the number of the oldest packet, and {@link #TAKING}. */
    private final AtomicLong head = new AtomicLong();

    /**
     * Creates an empty queue.
     *
     * @param packets capacity
     * @param maxPayloadBytes longest payload
     * @throws IllegalArgumentException if {@code packets} is not positive
     */
    public ArrivalQueue(int packets, int maxPayloadBytes) {
        if (packets <= 0) {
            throw new IllegalArgumentException("not positive: " + packets);
        }
        this.slots = packets + 1;
        this.payloads = new byte[slots][maxPayloadBytes];
        this.lengths = new int[slots];
        this.streams = new int[slots];
        this.timestamps = new long[slots];
        this.arrivalsNs = new long[slots];
        this.origins = new PacketOrigin[slots];
        Arrays.fill(origins, PacketOrigin.ORIGINAL);
    }

    /**
     * Adds a packet; see {@link Receiver#onPacket}. Called by the network thread.
     *
     * @param datagram holds the payload; neither moved nor kept
     * @param payloadAt absolute position of the payload
     * @param payloadBytes length of the payload, at most the maximum
     * @return false if the queue was full, so that a packet was dropped: the oldest, or this one if the oldest is just being taken
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
        boolean dropped = false;
        long oldest = head.getAcquire();
        while (at - oldest / 2 - (oldest & TAKING) >= slots - 1) {
            if ((oldest & TAKING) != 0) {
                return false;
            }
            dropped |= head.compareAndSet(oldest, oldest + 2);
            oldest = head.getAcquire();
        }
        int slot = (int) (at % slots);
        streams[slot] = stream;
        timestamps[slot] = timestamp;
        arrivalsNs[slot] = arrivalNs;
        origins[slot] = origin;
        lengths[slot] = payloadBytes;
        datagram.get(payloadAt, payloads[slot], 0, payloadBytes);
        written.setRelease(at + 1);
        return !dropped;
    }

    /** Hands all packets to {@code receiver} in order of arrival. Called by the playout thread. */
    public void drainTo(Receiver receiver) {
        long end = written.getAcquire();
        for (long oldest = head.getAcquire(); oldest / 2 < end; oldest = head.getAcquire()) {
            if (head.compareAndSet(oldest, oldest + TAKING)) {
                int slot = (int) (oldest / 2 % slots);
                receiver.onPacket(
                        streams[slot],
                        timestamps[slot],
                        arrivalsNs[slot],
                        origins[slot],
                        payloads[slot],
                        lengths[slot]);
                head.setRelease(oldest + 2);
            }
        }
    }
}
