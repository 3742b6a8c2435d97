package voiptui.event;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One running total per {@link Counter}, all from 0.
 *
 * <p>Each counter has one writing thread at a time (an increment is a plain read and an ordered write: no lock, no
 * contended instruction); any thread may read. Nothing here allocates but {@link #snapshot}.
 */
public final class Counters {

    private final AtomicLongArray totals = new AtomicLongArray(Counter.values().length);

    /** Adds one. Called by the counter's owning thread. */
    public void increment(Counter counter) {
        add(counter, 1);
    }

    /** Adds {@code amount}, which may be negative where an earlier guess is taken back. Called by the owning thread. */
    public void add(Counter counter, long amount) {
        int index = counter.ordinal();
        totals.lazySet(index, totals.getPlain(index) + amount);
    }

    /** Replaces the total of a counter that is computed elsewhere. Called by the owning thread. */
    public void set(Counter counter, long total) {
        totals.lazySet(counter.ordinal(), total);
    }

    /** The total so far, as of some moment not long ago. */
    public long get(Counter counter) {
        return totals.get(counter.ordinal());
    }

    /** All totals of one side, in the order of the enum. */
    public Map<Counter, Long> snapshot(Counter.Side side) {
        Map<Counter, Long> copy = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            if (counter.side() == side) {
                copy.put(counter, get(counter));
            }
        }
        return copy;
    }
}
