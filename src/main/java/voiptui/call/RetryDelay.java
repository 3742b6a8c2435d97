package voiptui.call;

import java.util.random.RandomGenerator;

/**
 * How long to wait before asking a relay again that did not answer: half a second at first, twice as long each time, four
 * seconds at the most, each up to a fifth shorter or longer so that many clients do not come back in step.
 *
 * <p>The upper bound is what lets a call be back within ten seconds of its relay's return. Owned by the call thread.
 */
final class RetryDelay {

    static final long FIRST_MS = 500;
    static final long LONGEST_MS = 4000;

    private final RandomGenerator random;
    private int failures;

    RetryDelay(RandomGenerator random) {
        this.random = random;
    }

    long nextMs() {
        long baseMs = Math.min(LONGEST_MS, FIRST_MS << Math.min(failures, 10));
        failures++;
        return baseMs * 4 / 5 + random.nextLong(baseMs * 2 / 5 + 1);
    }

    void reset() {
        failures = 0;
    }
}
