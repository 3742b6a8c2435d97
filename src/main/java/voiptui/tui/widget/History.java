package voiptui.tui.widget;

import java.util.Arrays;

/** The latest values of a measurement, the newest last. Immutable. */
public final class History {

    /** At least as many as a wide terminal has columns. */
    static final int CAPACITY = 300;

    /** No values yet. */
    public static final History EMPTY = new History(new double[0]);

    private final double[] values;

    private History(double[] values) {
        this.values = values;
    }

    /** Returns these values and one more; the oldest goes when there are too many. */
    public History with(double value) {
        int drop = values.length == CAPACITY ? 1 : 0;
        double[] more = Arrays.copyOfRange(values, drop, values.length + 1);
        more[more.length - 1] = value;
        return new History(more);
    }

    /**
     * Returns the largest value of each group of successive values, the newest group last. Groups keep their members while values are
     * added.
     *
     * @param size how many values make a group, at least 1; the newest may have fewer
     * @param ever how many values there have been, those that are gone included
     */
    public History grouped(int size, long ever) {
        if (values.length == 0) {
            return EMPTY;
        }
        int newest = (int) ((ever - 1) % size) + 1;
        double[] groups = new double[(values.length - newest + size - 1) / size + 1];
        for (int group = 0; group < groups.length; group++) {
            int end = newest + group * size;
            double max = 0;
            for (int ago = Math.max(0, end - size); ago < Math.min(end, values.length); ago++) {
                max = Math.max(max, latest(ago));
            }
            groups[groups.length - 1 - group] = max;
        }
        return new History(groups);
    }

    /** Returns the number of values. */
    public int size() {
        return values.length;
    }

    /** Returns the value {@code ago} steps back; 0 is the newest. */
    public double latest(int ago) {
        return values[values.length - 1 - ago];
    }

    /** Returns the largest of the latest {@code count} values; 0 if there are none. */
    public double max(int count) {
        double max = 0;
        for (int i = 0; i < Math.min(count, values.length); i++) {
            max = Math.max(max, latest(i));
        }
        return max;
    }

    /** Returns the sum of the latest {@code count} values. */
    public double sum(int count) {
        double sum = 0;
        for (int i = 0; i < Math.min(count, values.length); i++) {
            sum += latest(i);
        }
        return sum;
    }

    /** Returns the mean of the latest {@code count} values; 0 if there are none. */
    public double mean(int count) {
        int present = Math.min(count, values.length);
        return present == 0 ? 0 : sum(present) / present;
    }
}
