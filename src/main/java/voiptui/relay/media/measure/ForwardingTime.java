package voiptui.relay.media.measure;

import voiptui.time.NanoClock;

/**
 * Measures how long datagrams take from being read to being sent. Looks at one batch in {@value #SAMPLED}, so that reading the
 * clock costs nothing that can be noticed. Written by the media thread, without allocation.
 */
public final class ForwardingTime {

    /** How many batches there are for each that is measured; a power of two. */
    public static final int SAMPLED = 16;

    private static final long US = 1_000;
    private static final long MS = 1_000_000;

    private final NanoClock clock;
    private final Distribution times = new Distribution(
            5 * US, 10 * US, 25 * US, 50 * US, 100 * US, 250 * US, 500 * US, MS, 5 * MS, 25 * MS, 100 * MS);
    private int batches;

    /** Creates a meter. */
    public ForwardingTime(NanoClock clock) {
        this.clock = clock;
    }

    /**
     * Notes that a batch has been sent.
     *
     * @param readNs when it was read, by the same clock
     * @param datagrams how many it had
     */
    public void onSent(long readNs, int datagrams) {
        if ((++batches & SAMPLED - 1) == 0) {
            times.add(clock.nanoTime() - readNs, datagrams);
        }
    }

    /** Returns the times in nanoseconds, of each datagram of the batches looked at. Any thread may read them. */
    public Distribution times() {
        return times;
    }
}
