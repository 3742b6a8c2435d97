package voiptui.bench;

import java.util.OptionalInt;

/**
 * How many calls are tried next: twice as many while all goes well, then between what went well and what did not, until the two differ
 * by a tenth. Owned by one thread.
 */
public final class Ramp {

    private static final int FIRST = 25;
    private static final int PART = 10;

    private final int most;
    private int next;
    private int carried;
    /** The fewest calls that were too many; 0: none were. */
    private int tooMany;

    /**
     * Creates a ramp that has tried nothing.
     *
     * @param most the greatest number of calls to try, at least 1
     */
    public Ramp(int most) {
        this.most = most;
        this.next = Math.min(most, FIRST);
    }

    /** Returns how many calls to try; empty: the answer is {@link #carried}. */
    public OptionalInt next() {
        return next == 0 ? OptionalInt.empty() : OptionalInt.of(next);
    }

    /** Notes whether the number of calls that {@link #next} told was carried. */
    public void onResult(boolean isCarried) {
        if (isCarried) {
            carried = next;
        } else {
            tooMany = next;
        }
        if (tooMany == 0) {
            next = carried == most ? 0 : (int) Math.min(most, 2L * carried);
        } else {
            next = tooMany - carried <= Math.max(1, carried / PART) ? 0 : (carried + tooMany) / 2;
        }
    }

    /** Returns the greatest number of calls that was carried, 0: none. */
    public int carried() {
        return carried;
    }
}
