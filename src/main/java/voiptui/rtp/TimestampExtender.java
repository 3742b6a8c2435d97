package voiptui.rtp;

/**
 * Extends the 32-bit timestamps of RTP (RFC 3550, 5.1) to numbers that never wrap: chooses the extension that is closest to the
 * timestamp before. Owned by the network thread.
 */
public final class TimestampExtender {

    private boolean begun;
    private long last;

    /** Returns the extended timestamp of a packet. */
    public long extend(int timestamp) {
        last = begun ? last + (timestamp - (int) last) : Integer.toUnsignedLong(timestamp);
        begun = true;
        return last;
    }
}
