package voiptui.session;

import java.util.Arrays;

/**
 * The last 64 bind datagrams that have not been answered; the relay answers none that is older ({@code protocol.md},
 * section 4). Allocates nothing. Owned by one thread.
 */
final class PendingBinds {

    private static final int WIDTH = 64;

    private final long[] counters = new long[WIDTH];
    private final int[] lengths = new int[WIDTH];
    private final long[] sentNs = new long[WIDTH];

    /** Adds the datagram {@code counter}, 1 or more, of {@code bytes} bytes. */
    void sent(long counter, int bytes, long nowNs) {
        int at = (int) (counter % WIDTH);
        lengths[at] = bytes;
        counters[at] = counter;
        sentNs[at] = nowNs;
    }

    /** Returns whether {@code counter} was sent with this length and has not been answered. */
    boolean has(long counter, int bytes) {
        int at = (int) (counter % WIDTH);
        return counter > 0 && counters[at] == counter && lengths[at] == bytes;
    }

    /** Removes an answered datagram. Returns when it was sent, in nanoseconds. */
    long answered(long counter) {
        int at = (int) (counter % WIDTH);
        counters[at] = 0;
        return sentNs[at];
    }

    /** Removes all. */
    void clear() {
        Arrays.fill(counters, 0);
    }
}
