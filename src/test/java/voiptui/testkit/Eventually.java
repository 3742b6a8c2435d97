package voiptui.testkit;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what should come true, looking again and again, and fails at a deadline with words. */
public final class Eventually {

    private static final long LOOK_MS = 10;

    private Eventually() {
    }

    /** Waits until {@code holds}. */
    public static void holds(long timeoutMs, Supplier<String> whatElse, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + timeoutMs * 1_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + timeoutMs + " ms: " + whatElse.get());
            }
            look();
        }
    }

    private static void look() {
        try {
            Thread.sleep(LOOK_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", interrupted);
        }
    }
}
