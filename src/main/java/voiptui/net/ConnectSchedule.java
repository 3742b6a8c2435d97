package voiptui.net;

/**
 * Decides when the next of several addresses is tried: a while after the one before, or as soon as one has failed (RFC 8305,
 * section 5). Pure: the time is a parameter. Owned by one thread.
 */
final class ConnectSchedule {

    private final int count;
    private final long delayNs;
    private int started;
    private int failed;
    private long nextNs;

    /**
     * Creates a schedule of which nothing has started.
     *
     * @param count number of addresses, at least 1
     * @param delayNs time between two attempts, in nanoseconds
     */
    ConnectSchedule(int count, long delayNs, long nowNs) {
        this.count = count;
        this.delayNs = delayNs;
        this.nextNs = nowNs;
    }

    /** Returns the index of the address to try now, and counts it as started; -1 if it is not time. */
    int start(long nowNs) {
        if (started == count || nextNs - nowNs > 0) {
            return -1;
        }
        nextNs = nowNs + delayNs;
        return started++;
    }

    /** An attempt failed: the next one need not wait. */
    void onFailed(long nowNs) {
        failed++;
        nextNs = nowNs;
    }

    /** Returns whether all attempts have failed. */
    boolean isOver() {
        return failed == count;
    }

    /** Returns the time until the next start, in nanoseconds; {@link Long#MAX_VALUE} if all have started. */
    long idleNs(long nowNs) {
        return started == count ? Long.MAX_VALUE : nextNs - nowNs;
    }
}
