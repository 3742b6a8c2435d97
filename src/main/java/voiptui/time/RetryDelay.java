package voiptui.time;

import java.util.random.RandomGenerator;

/**
 * How long to wait before asking a relay again that did not answer: half a second at first, twice as long each time, four
 * seconds at the most, each up to a fifth shorter or longer so that many clients do not come back in step.
 *
 * <p>The upper bound is what lets a call be back within ten seconds of its relay's return. Owned by the
 * thread that waits.
 */
public final class RetryDelay {

    /** The first delay, in milliseconds, before it is made shorter or longer. */
    public static final long FIRST_MS = 500;
    /** The longest one, likewise. */
    public static final long LONGEST_MS = 4000;

    private final RandomGenerator random;
    private int failures;

    /** Begins with the shortest delay; {@code random} varies each. */
    public RetryDelay(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait after another failure, in milliseconds. */
    public long nextMs() {
        long baseMs = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, 10));
        failures++;
        return baseMs * 4 / 5 + random.nextLong(baseMs * 2 / 5 + 1);
    }

    /** It worked: the next failure is the first again. */
    public void reset() {
        failures = 0;
    }
}
