package voiptui.time;

/**
 * A monotonic clock in nanoseconds, with an arbitrary origin, as {@link System#nanoTime()} is.
 *
 * <p>Two readings may only be compared by their difference ({@code deadlineNs - nowNs <= 0}), since the value may wrap.
 * Implementations are safe to read from any thread and never block.
 */
@FunctionalInterface
public interface NanoClock {

    /** The clock of the running machine. */
    NanoClock SYSTEM = System::nanoTime;

    /** Now, in nanoseconds since an arbitrary origin. */
    long nanoTime();
}
