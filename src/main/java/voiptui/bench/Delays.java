package voiptui.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/** How long packets were under way, to two digits, up to a minute. One thread adds; one other reads. */
public final class Delays {

    private static final long MAX_NS = TimeUnit.MINUTES.toNanos(1);
    private static final double NS_PER_MS = 1e6;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1_000, MAX_NS, 2);
    private final Histogram all = new Histogram(1_000, MAX_NS, 2);
    private @Nullable Histogram recent;

    /** Creates a collection without delays. */
    public Delays() {}

    /** Adds a delay, in nanoseconds. */
    void add(long delayNs) {
        recorder.recordValue(Math.max(0, Math.min(MAX_NS, delayNs)));
    }

    /** Forgets all delays. The reading thread. */
    public void clear() {
        collect();
        all.reset();
    }

    /** Returns the delay that the given part of all packets stayed below, in milliseconds; 0 if there were none. */
    public double percentileMs(double percent) {
        collect();
        return all.getTotalCount() == 0 ? 0 : all.getValueAtPercentile(percent) / NS_PER_MS;
    }

    private void collect() {
        Histogram latest = recorder.getIntervalHistogram(recent);
        all.add(latest);
        recent = latest;
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
