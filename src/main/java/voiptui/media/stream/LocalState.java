package voiptui.media.stream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this phone tells the peer about itself with each report, in an RTCP packet of its own (APP, RFC 3550, 6.7): 32 bits, of
 * which those that are unknown are ignored. Any thread sets; the call thread reads.
 */
public final class LocalState {

    /** The name of the packet: {@code VTST}. */
    public static final int NAME = 'V' << 24 | 'T' << 16 | 'S' << 8 | 'T';

    /** The microphone is muted. */
    public static final int MUTED = 1;
    /** The call is being recorded. */
    public static final int RECORDING = 2;
    /** The call is on hold. */
    public static final int ON_HOLD = 4;

    private final AtomicInteger bits = new AtomicInteger();

    /** Sets or clears one of the bits. */
    public void set(int bit, boolean on) {
        bits.getAndUpdate(now -> on ? now | bit : now & ~bit);
    }

    /** Returns all bits. */
    public int bits() {
        return bits.get();
    }
}
