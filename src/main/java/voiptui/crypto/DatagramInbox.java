package voiptui.crypto;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import voiptui.rtp.RtpPacket;
import voiptui.time.NanoClock;

/**
 * Hands datagrams from the network thread to the handshake thread: a ring of fixed size. Putting one in takes no lock and allocates
 * nothing; what does not fit is dropped, and the peer repeats it.
 */
final class DatagramInbox {

    /** Room for a handshake's longest flight, three times. */
    static final int DATAGRAMS = 32;

    private final byte[][] datagrams = new byte[DATAGRAMS][RtpPacket.MAX_DATAGRAM_BYTES];
    private final int[] lengths = new int[DATAGRAMS];
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final NanoClock clock;
    private volatile @Nullable Thread taker;
    private volatile boolean closed;

    DatagramInbox(NanoClock clock) {
        this.clock = clock;
    }

    /** Copies a datagram; returns false if it was dropped. One thread at a time. */
    boolean offer(ByteBuffer datagram) {
        long next = added.get();
        int bytes = datagram.remaining();
        if (next - taken.get() == DATAGRAMS || bytes > RtpPacket.MAX_DATAGRAM_BYTES) {
            return false;
        }
        int slot = (int) (next % DATAGRAMS);
        datagram.get(datagram.position(), datagrams[slot], 0, bytes);
        lengths[slot] = bytes;
        added.set(next + 1);
        wake();
        return true;
    }

    /**
     * Takes the next datagram; waits until there is one, {@code deadlineNs} has come or {@link #wake} was called. Always the same thread.
     *
     * @return its length, cut to the room that there is; -1: there is none
     * @throws InterruptedIOException if the inbox is closed
     */
    int take(byte[] to, int at, int room, long deadlineNs) throws InterruptedIOException {
        taker = Thread.currentThread();
        if (taken.get() == added.get() && !closed) {
            long waitNs = deadlineNs - clock.nanoTime();
            if (waitNs > 0) {
                LockSupport.parkNanos(this, waitNs);
            }
        }
        if (closed) {
            throw new InterruptedIOException("closed");
        }
        long next = taken.get();
        if (next == added.get()) {
            return -1;
        }
        int slot = (int) (next % DATAGRAMS);
        int bytes = Math.min(room, lengths[slot]);
        System.arraycopy(datagrams[slot], 0, to, at, bytes);
        taken.set(next + 1);
        return bytes;
    }

    /** Wakes whoever waits. Any thread. */
    void wake() {
        LockSupport.unpark(taker);
    }

    /** Makes {@link #take} throw from now on. Any thread. */
    void close() {
        closed = true;
        wake();
    }

    boolean isClosed() {
        return closed;
    }
}
