package voiptui.media.quality;

/**
 * Measures the loss of the last five seconds, or of the first ones, from totals that are read twice a second and began at 0. Owned by
 * one thread.
 */
final class LossMeter {

    private static final int READINGS = 10;

    private final long[] expected = new long[READINGS];
    private final long[] lost = new long[READINGS];
    private int readings;
    private double percent;

    /**
     * Takes a reading of the totals.
     *
     * @param newExpected packets expected so far
     * @param newLost packets lost so far; may fall when a late one arrives after all
     */
    void add(long newExpected, long newLost) {
        int at = readings % READINGS;
        long packets = newExpected - expected[at];
        percent = packets <= 0 ? 0 : 100.0 * Math.max(0, Math.min(packets, newLost - lost[at])) / packets;
        expected[at] = newExpected;
        lost[at] = newLost;
        readings++;
    }

    /** Returns the loss in percent, 0 to 100. */
    double percent() {
        return percent;
    }
}
