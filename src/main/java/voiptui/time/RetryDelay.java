package voiptui.time;

import java.util.random.RandomGenerator;

/**
 * Exponential backoff before the next attempt to reach a relay: half a second at first, then twice as long each time, up to
 * four seconds, each with a jitter of 20 % so that many clients do not return in step.
 *
 * <p>The upper bound lets a call resume within ten seconds of the relay's return. Owned by the thread that waits.
 */
public final class RetryDelay {

    /** The first delay, in milliseconds, without jitter. */
    public static final long FIRST_MS = 500;
    /** The longest delay, in milliseconds, without jitter. */
    public static final long LONGEST_MS = 4000;

    private final RandomGenerator random;
    private int failures;

    /** Creates a backoff that starts with the shortest delay; {@code random} supplies the jitter. */
    public RetryDelay(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the delay after another failure, in milliseconds. */
    public long nextMs() {
        long baseMs = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, 10));
        failures++;
        return baseMs * 4 / 5 + random.nextLong(baseMs * 2 / 5 + 1);
    }

    /** Restarts at the shortest delay, after a success. */
    public void reset() {
        failures = 0;
    }
}
