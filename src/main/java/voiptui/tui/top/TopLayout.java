package voiptui.tui.top;

/**
 * The layout of the relay's screen. Depends on the screen's size and on the counters that are not zero, of which there are
 * ever more, so that nothing jumps when clients come and go.
 *
 * @param width of the screen in columns
 * @param height of the screen in rows
 * @param isCompact whether counters are summed up for lack of space
 * @param tableRows rows for clients
 * @param dropRows rows for counters
 * @param logRows rows of the log
 */
record TopLayout(int width, int height, boolean isCompact, int tableRows, int dropRows, int logRows) {

    static final int HEADER_ROWS = 3;

    /** The least height for a row for each counter. */
    private static final int FULL_HEIGHT = 22;

    private static final int COMPACT_DROP_ROWS = 2;
    /** The most rows for counters, up to the height for more, and from there on. */
    private static final int MOST_DROP_ROWS = 8;

    private static final int TALL_HEIGHT = 36;
    private static final int TALL_DROP_ROWS = 16;
    /** The five borders, the table's headings, the key bar. */
    private static final int FIXED_ROWS = 7;
    /** The least width of the control connections' counters, with the border beside them. */
    private static final int CONTROL_COLUMNS = 29;
    /** The greatest width of the drop counters; more would only move the numbers away from their labels. */
    private static final int DROP_COLUMNS = 60;

    /**
     * Returns the layout of a screen that is not too small.
     *
     * @param counters rows that show every counter that is not zero
     */
    static TopLayout of(int width, int height, int counters) {
        boolean compact = height < FULL_HEIGHT;
        int most = height < TALL_HEIGHT ? MOST_DROP_ROWS : TALL_DROP_ROWS;
        int drops = compact ? COMPACT_DROP_ROWS : Math.min(most, counters);
        int free = height - FIXED_ROWS - HEADER_ROWS - drops;
        int log = Math.max(compact ? 1 : 2, free / 3);
        return new TopLayout(width, height, compact, free - log, drops, log);
    }

    /** Returns the row of the border above the clients. */
    int clientsLine() {
        return HEADER_ROWS + 1;
    }

    /** Returns the row of the border above the drops. */
    int dropsLine() {
        return clientsLine() + tableRows + 2;
    }

    /** Returns the row of the border above the log. */
    int logLine() {
        return dropsLine() + dropRows + 1;
    }

    /** Returns the row of the bottom border. */
    int bottomLine() {
        return height - 2;
    }

    /** Returns the column of the border between the drops and the counters of control connections. */
    int controlColumn() {
        return Math.min(DROP_COLUMNS, width - CONTROL_COLUMNS);
    }
}
