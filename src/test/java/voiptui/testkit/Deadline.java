package voiptui.testkit;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition that another thread or process fulfils, up to a time limit. */
public final class Deadline {

    private static final long POLL_MS = 5;

    private Deadline() {}

    /** Waits until {@code condition} holds, and fails when it does not within {@code timeoutMs}, saying what is. */
    public static void require(long timeoutMs, Supplier<String> whatIs, BooleanSupplier condition) {
        if (!await(timeoutMs, condition)) {
            throw new AssertionError("not within " + timeoutMs + " ms: " + whatIs.get());
        }
    }

    /** Waits until {@code condition} holds. Returns whether it did within {@code timeoutMs}. */
    public static boolean await(long timeoutMs, BooleanSupplier condition) {
        return await(timeoutMs, POLL_MS, condition);
    }

    /** As above, looking only once in {@code pollMs}: for a condition that costs a process to evaluate. */
    static boolean await(long timeoutMs, long pollMs, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
        while (!condition.getAsBoolean()) {
            if (deadlineNs - System.nanoTime() <= 0) {
                return false;
            }
            try {
                Thread.sleep(pollMs);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
