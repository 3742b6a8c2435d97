package voiptui.time;

/**
 * A monotonic clock in nanoseconds with an arbitrary origin, like {@link System#nanoTime()}.
 *
 * <p>Compare two readings only by their difference ({@code deadlineNs - nowNs <= 0}), because the value may wrap.
 * Implementations can be read from any thread and never block.
 */
@FunctionalInterface
public interface NanoClock {

    /** Nanoseconds per millisecond. */
    long NS_PER_MS = 1_000_000L;

    /** The clock of the running machine. */
    NanoClock SYSTEM = System::nanoTime;

    /** Returns the current time in nanoseconds since an arbitrary origin. */
    long nanoTime();

    /** Converts nanoseconds to milliseconds, fractions included. */
    static double toMs(long ns) {
        return ns / (double) NS_PER_MS;
    }
}
