package voiptui.time;

/**
 * Allows a limited number of events per interval, so that nobody outside can flood the log; counters cover the rest. Owned
 * by one thread.
 */
public final class RateLimiter {

    private final int perInterval;
    private final long intervalNs;
    private final NanoClock clock;
    private long intervalEndNs;
    private int allowed;

    /**
     * Creates a limiter.
     *
     * @param perInterval events allowed per interval
     * @param intervalNs length of an interval
     */
    public RateLimiter(int perInterval, long intervalNs, NanoClock clock) {
        this.perInterval = perInterval;
        this.intervalNs = intervalNs;
        this.clock = clock;
        this.intervalEndNs = clock.nanoTime();
    }

    /** Returns whether one more event is allowed now, and counts it if so. */
    public boolean allows() {
        long nowNs = clock.nanoTime();
        if (intervalEndNs - nowNs <= 0) {
            intervalEndNs = nowNs + intervalNs;
            allowed = 0;
        }
        if (allowed >= perInterval) {
            return false;
        }
        allowed++;
        return true;
    }
}
