package voiptui.testkit;

import java.time.Instant;
import java.time.InstantSource;
import voiptui.time.NanoClock;

/** A clock that stands still until a test moves it. Any thread may read it; one moves it. */
public final class ManualClock implements NanoClock, InstantSource {

    /** Where the monotonic clock begins: close to its wrap, since its origin is arbitrary. */
    private static final long ORIGIN_NS = Long.MAX_VALUE - 1_000_000_000L;

    private static final Instant ORIGIN = Instant.parse("2026-01-02T03:04:05.678Z");

    private volatile long elapsedNs;

    @Override
    public long nanoTime() {
        return ORIGIN_NS + elapsedNs;
    }

    @Override
    public Instant instant() {
        return ORIGIN.plusNanos(elapsedNs);
    }

    /** Nanoseconds since the clock was made. */
    public long elapsedNs() {
        return elapsedNs;
    }

    /** Milliseconds since the clock was made. */
    public long elapsedMs() {
        return elapsedNs / 1_000_000L;
    }

    /** Lets time pass. */
    public void advanceNs(long ns) {
        elapsedNs += ns;
    }

    /** Lets time pass. */
    public void advanceMs(long ms) {
        advanceNs(ms * 1_000_000L);
    }
}
