package voiptui.relay.media;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the datagrams that wait as requests to a media thread because they came to another thread: through a tunnel, or a bind of a client
 * that another media thread has. Any thread.
 */
final class WaitingDatagrams {

    /** The most that may wait. */
    private static final int MAX = 2_048;
    /** Of these, the most of one client: what gathers during a second's pause of its connection. */
    static final int MAX_TUNNELLED = 256;
    /** The most binds of one client. */
    static final int MAX_BINDS = 16;

    private final AtomicInteger all = new AtomicInteger();
    /** Dropped for lack of room and not counted yet. */
    private final AtomicInteger overflowed = new AtomicInteger();

    /**
     * Returns whether one more datagram of a flow may wait, and counts it if so.
     *
     * @param most how many of this flow there may be then
     */
    boolean add(Flow flow, int most) {
        if (all.get() >= MAX || flow.waiting.get() >= most) {
            return false;
        }
        all.incrementAndGet();
        flow.waiting.incrementAndGet();
        return true;
    }

    /** Notes that a datagram no longer waits. */
    void remove(Flow flow) {
        all.decrementAndGet();
        flow.waiting.decrementAndGet();
    }

    /** Notes that a tunnelled datagram was dropped. */
    void onOverflow() {
        overflowed.incrementAndGet();
    }

    /** Returns how many were dropped since the last call. */
    int takeOverflowed() {
        return overflowed.get() == 0 ? 0 : overflowed.getAndSet(0);
    }
}
