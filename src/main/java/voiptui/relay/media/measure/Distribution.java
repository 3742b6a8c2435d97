package voiptui.relay.media.measure;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts values by size, in intervals that are fixed when it is created. One thread adds, without allocation; any thread may
 * read.
 */
public final class Distribution {

    private final long[] upperBounds;
    /** One count for each interval, one for what is above all of them, and the sum of the values. */
    private final AtomicLongArray totals;

    /**
     * Creates a distribution without values.
     *
     * @param upperBounds the greatest value of each interval, ascending; what is greater than all is counted, too
     */
    public Distribution(long... upperBounds) {
        this.upperBounds = upperBounds.clone();
        this.totals = new AtomicLongArray(upperBounds.length + 2);
    }

    /** Adds a value a number of times. Called by one thread only. */
    public void add(long value, long times) {
        int interval = 0;
        while (interval < upperBounds.length && value > upperBounds[interval]) {
            interval++;
        }
        count(interval, times);
        count(upperBounds.length + 1, value * times);
    }

    private void count(int index, long amount) {
        totals.lazySet(index, totals.getPlain(index) + amount);
    }

    /** Returns the greatest value of each interval but the last, which has no bound. */
    public long[] upperBounds() {
        return upperBounds.clone();
    }

    /** Returns how many values are in each interval and, at the end, above all of them. */
    public long[] counts() {
        long[] counts = new long[upperBounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = totals.get(i);
        }
        return counts;
    }

    /** Returns the sum of all values. */
    public long sum() {
        return totals.get(upperBounds.length + 1);
    }

    /**
     * Returns the sum of several distributions, as they are now.
     *
     * @param parts at least one, all with the same intervals
     */
    public static Distribution sumOf(List<Distribution> parts) {
        Distribution sum = new Distribution(parts.get(0).upperBounds);
        for (Distribution part : parts) {
            for (int i = 0; i < sum.totals.length(); i++) {
                sum.count(i, part.totals.get(i));
            }
        }
        return sum;
    }
}
