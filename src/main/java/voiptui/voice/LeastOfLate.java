package voiptui.voice;

/**
 * The least value of about the last second: what has lasted. Every value counts for {@value #HALF_MS} ms at least, and twice as long at
 * most.
 *
 * <p>Owned by one thread. Allocates nothing.
 */
final class LeastOfLate {

    /** Half of the time, in milliseconds. */
    static final double HALF_MS = 500;

    private double now = Double.POSITIVE_INFINITY;
    private double before = Double.NEGATIVE_INFINITY;
    private double sinceMs;

    /** Adds a value that held for {@code ms} milliseconds. */
    void add(double value, double ms) {
        now = Math.min(now, value);
        sinceMs += ms;
        if (sinceMs >= HALF_MS) {
            before = now;
            now = Double.POSITIVE_INFINITY;
            sinceMs = 0;
        }
    }

    /** Takes it that {@code value} has lasted. */
    void set(double value) {
        now = value;
        before = value;
        sinceMs = 0;
    }

    /** Changes all values so far. */
    void shift(double by) {
        now += by;
        before += by;
    }

    /** Returns the least value; less than any number before the first {@value #HALF_MS} ms are over. */
    double value() {
        return Math.min(now, before);
    }
}
