package voiptui.event;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One running total per {@link Counter}, each starting at 0.
 *
 * <p>Each counter has one writing thread at a time: an increment is a plain read and an ordered write, with no lock and
 * no contended instruction. Several threads that count the same have a {@link #part} each. Any thread may read. Only
 * {@link #snapshot} and {@link #part} allocate.
 */
public final class Counters {

    private final AtomicLongArray totals = new AtomicLongArray(Counter.values().length);
    private final List<Counters> parts = new CopyOnWriteArrayList<>();

    /** Returns new counters for another thread; these include them from now on. Any thread. */
    public Counters part() {
        Counters part = new Counters();
        parts.add(part);
        return part;
    }

    /** Adds one. Called by the counter's owner thread. */
    public void increment(Counter counter) {
        add(counter, 1);
    }

    /** Adds {@code amount}; negative amounts correct an earlier estimate. Called by the counter's owner thread. */
    public void add(Counter counter, long amount) {
        int index = counter.ordinal();
        totals.lazySet(index, totals.getPlain(index) + amount);
    }

    /** Sets a total that is computed elsewhere. Called by the counter's owner thread. */
    public void set(Counter counter, long total) {
        totals.lazySet(counter.ordinal(), total);
    }

    /** Returns a recent total, parts included. */
    public long get(Counter counter) {
        long total = totals.get(counter.ordinal());
        for (int i = 0; i < parts.size(); i++) {
            total += parts.get(i).get(counter);
        }
        return total;
    }

    /** Returns all totals of one side in declaration order. */
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
