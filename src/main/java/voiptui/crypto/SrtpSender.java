package voiptui.crypto;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What is sent with one set of keys, by several threads: each has a {@link SrtpProtector} of its own. They share the SRTCP index,
 * since each of them may send RTCP. Any thread.
 */
public final class SrtpSender {

    /** SRTCP packets that one key may protect (RFC 3711, 9.2). */
    static final long MAX_RTCP_PACKETS = 1L << 31;

    private final SrtpKeys keys;
    private final AtomicLong rtcpIndex = new AtomicLong();

    /** Starts with the first packet of these keys. */
    public SrtpSender(SrtpKeys keys) {
        this(keys, 0);
    }

    SrtpSender(SrtpKeys keys, long firstRtcpIndex) {
        this.keys = keys;
        rtcpIndex.set(firstRtcpIndex);
    }

    /** Returns what protects the packets of one thread. */
    public SrtpProtector protector() {
        return new SrtpProtector(this, keys);
    }

    /** Returns the next SRTCP index; -1: there is none left. */
    long nextRtcpIndex() {
        long index = rtcpIndex.getAndIncrement();
        return index < MAX_RTCP_PACKETS ? index : -1;
    }
}
