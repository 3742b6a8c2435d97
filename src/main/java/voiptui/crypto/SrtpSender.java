package voiptui.crypto;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is sent with one set of keys, by several threads: each has a {@link SrtpProtector} of its own. They share the SRTCP index,
 * since each of them may send RTCP. Any thread; takes no lock.
 */
public final class SrtpSender implements AutoCloseable {

    /** SRTCP packets that one key may protect (RFC 3711, 9.2). */
    static final long MAX_RTCP_PACKETS = 1L << 31;

    private final SrtpKeys keys;
    private final AtomicLong rtcpIndex = new AtomicLong();
    private final Queue<SrtpProtector> protectors = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** Starts with the first packet of these keys. */
    public SrtpSender(SrtpKeys keys) {
        this(keys, 0);
    }

    SrtpSender(SrtpKeys keys, long firstRtcpIndex) {
        this.keys = keys;
        rtcpIndex.set(firstRtcpIndex);
    }

    /** Returns what protects the packets of one thread, until {@link #close}. */
    public SrtpProtector protector() {
        SrtpProtector protector = new SrtpProtector(this, keys);
        protectors.add(protector);
        if (closed) {
            // Meanwhile; close() may not have seen it.
            protector.close();
        }
        return protector;
    }

    /** Wipes the keys of all threads. None of them waits for another one; a packet that one of them is protecting is completed. */
    @Override
    public void close() {
        closed = true;
        protectors.forEach(SrtpProtector::close);
    }

    /** Returns the next SRTCP index; -1: there is none left. */
    long nextRtcpIndex() {
        long index = rtcpIndex.getAndIncrement();
        return index < MAX_RTCP_PACKETS ? index : -1;
    }
}
