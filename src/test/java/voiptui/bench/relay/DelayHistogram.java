package voiptui.bench.relay;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;

/** A histogram of packet delays in steps of 20 µs up to two seconds. One writer, any reader. */
final class DelayHistogram {

    private static final long STEP_NS = 20_000;

    private final AtomicLongArray counts = new AtomicLongArray(100_000);

    void add(long delayNs) {
        int step = (int) Math.max(0, Math.min(counts.length() - 1, delayNs / STEP_NS));
        counts.lazySet(step, counts.get(step) + 1);
    }

    void clear() {
        for (int i = 0; i < counts.length(); i++) {
            counts.set(i, 0);
        }
    }

    /** The delay in milliseconds that the given part of all stays below, to the step. */
    double percentileMs(double percent) {
        long total = 0;
        for (int i = 0; i < counts.length(); i++) {
            total += counts.get(i);
        }
        long wanted = (long) Math.ceil(total * percent / 100);
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
            if (sum >= wanted && sum > 0) {
                return (i + 1) * STEP_NS / 1e6;
            }
        }
        return Double.NaN;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, most %.2f ms",
                percentileMs(50),
                percentileMs(99),
                percentileMs(100));
    }
}
