package voiptui.tui.top;

/**
 * Where things are on a relay's screen, by its size alone, so that nothing jumps when clients come and go.
 *
 * @param width of the screen in columns
 * @param height of the screen in rows
 * @param isCompact whether there is no room for a row for each counter
 * @param tableRows how many clients are shown
 * @param dropRows how many rows there are for what was dropped
 * @param logRows how many lines of the log are shown
 */
record TopLayout(int width, int height, boolean isCompact, int tableRows, int dropRows, int logRows) {

    static final int MIN_WIDTH = 60;
    static final int MIN_HEIGHT = 16;
    static final int HEADER_ROWS = 3;

    /** From here on there is a row for each counter, still with some for clients and log. */
    private static final int FULL_HEIGHT = 22;

    private static final int COMPACT_DROP_ROWS = 2;
    /** The net's five lines, the table's headings, the key bar. */
    private static final int FIXED_ROWS = 7;
    /** What the counters of the control connections take at least, with the line beside them. */
    private static final int CONTROL_COLUMNS = 29;
    /** More would only move the numbers away from their names. */
    private static final int DROP_COLUMNS = 60;

    /** Whether nothing can be shown on a screen of this size. */
    static boolean isTooSmall(int width, int height) {
        return width < MIN_WIDTH || height < MIN_HEIGHT;
    }

    /** The layout of a screen that is not too small. */
    static TopLayout of(int width, int height) {
        boolean compact = height < FULL_HEIGHT;
        int drops = compact ? COMPACT_DROP_ROWS : TopView.DROPS.size();
        int free = height - FIXED_ROWS - HEADER_ROWS - drops;
        int log = Math.max(compact ? 1 : 2, free / 3);
        return new TopLayout(width, height, compact, free - log, drops, log);
    }

    /** The line above the clients. */
    int clientsLine() {
        return HEADER_ROWS + 1;
    }

    /** The line above the drops. */
    int dropsLine() {
        return clientsLine() + tableRows + 2;
    }

    /** The line above the log. */
    int logLine() {
        return dropsLine() + dropRows + 1;
    }

    /** The last line of the net. */
    int bottomLine() {
        return height - 2;
    }

    /** The line between the drops and the counters of the control connections. */
    int controlColumn() {
        return Math.min(DROP_COLUMNS, width - CONTROL_COLUMNS);
    }
}
