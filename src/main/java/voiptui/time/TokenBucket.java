package voiptui.time;

/**
 * Lets events pass at a sustained rate, and a burst of them after a pause (token bucket, RFC 3290, 5.1.3). Owned by one
 * thread.
 */
public final class TokenBucket {

    private static final double NS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    private final NanoClock clock;
    private double tokens;
    private long asOfNs;

    /**
     * Creates a full bucket.
     *
     * @param perSecond tokens added per second, more than 0
     * @param burst the most tokens that it holds, at least 1
     */
    public TokenBucket(double perSecond, double burst, NanoClock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
        this.tokens = burst;
        this.asOfNs = clock.nanoTime();
    }

    /** Returns whether {@code cost} tokens are there; takes none. */
    public boolean has(double cost) {
        update();
        return tokens >= cost;
    }

    /** Takes {@code cost} tokens if they are there; returns whether they were. */
    public boolean take(double cost) {
        boolean enough = has(cost);
        if (enough) {
            tokens -= cost;
        }
        return enough;
    }

    /**
     * Takes {@code cost} tokens even if they are not there.
     *
     * @return how long to wait before the next event, in nanoseconds; 0: not at all
     */
    public long spend(double cost) {
        update();
        tokens -= cost;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * NS_PER_SECOND);
    }

    private void update() {
        long nowNs = clock.nanoTime();
        tokens = Math.min(burst, tokens + (nowNs - asOfNs) / NS_PER_SECOND * perSecond);
        asOfNs = nowNs;
    }
}
