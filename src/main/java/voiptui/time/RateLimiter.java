package voiptui.time;

/**
 * Lets at most so many events through in each interval, so that nobody outside can flood the log; counters tell the
 * rest. Owned by one thread.
 */
public final class RateLimiter {

    private final int perInterval;
    private final long intervalNs;
    private final NanoClock clock;
    private long intervalEndNs;
    private int allowed;

    public RateLimiter(int perInterval, long intervalNs, NanoClock clock) {
        this.perInterval = perInterval;
        this.intervalNs = intervalNs;
        this.clock = clock;
        this.intervalEndNs = clock.nanoTime();
    }

    /** Whether one more may pass now; counts it if so. */
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
