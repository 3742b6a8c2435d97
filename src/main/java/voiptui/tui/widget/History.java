package voiptui.tui.widget;

import java.util.Arrays;

/** The latest values of a reading, the newest last. Immutable. */
public final class History {

    /** As many as the widest terminal is likely to have columns for. */
    static final int CAPACITY = 300;

    /** No values yet. */
    public static final History EMPTY = new History(new double[0]);

    private final double[] values;

    private History(double[] values) {
        this.values = values;
    }

    /** These and one more; the oldest goes when there are too many. */
    public History with(double value) {
        int drop = values.length == CAPACITY ? 1 : 0;
        double[] more = Arrays.copyOfRange(values, drop, values.length + 1);
        more[more.length - 1] = value;
        return new History(more);
    }

    /** How many there are. */
    public int size() {
        return values.length;
    }

    /** The value of {@code ago} steps ago, 0 for the newest. */
    public double latest(int ago) {
        return values[values.length - 1 - ago];
    }

    /** The largest of the latest {@code count} values; 0 when there are none. */
    public double max(int count) {
        double max = 0;
        for (int i = 0; i < Math.min(count, values.length); i++) {
            max = Math.max(max, latest(i));
        }
        return max;
    }
}
