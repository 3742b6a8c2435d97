package voiptui.session;

import java.util.Arrays;

/**
 * Bind datagrams that were sent and not answered yet: the newest 64, which is as far back as a relay answers ({@code
 * protocol.md}, section 4). Allocates nothing. Owned by one thread.
 */
final class PendingBinds {

    private static final int WIDTH = 64;

    private final long[] counters = new long[WIDTH];
    private final long[] sentNs = new long[WIDTH];

    /** {@code counter}, from 1 on, was sent. */
    void sent(long counter, long nowNs) {
        int at = (int) (counter % WIDTH);
        counters[at] = counter;
        sentNs[at] = nowNs;
    }

    /** Whether that one is not answered yet. */
    boolean has(long counter) {
        return counter > 0 && counters[(int) (counter % WIDTH)] == counter;
    }

    /** Takes one off that is answered; says when it was sent. */
    long answered(long counter) {
        int at = (int) (counter % WIDTH);
        counters[at] = 0;
        return sentNs[at];
    }

    /** Nothing is answered any more. */
    void clear() {
        Arrays.fill(counters, 0);
    }
}
