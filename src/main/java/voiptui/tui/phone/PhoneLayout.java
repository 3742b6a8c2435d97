package voiptui.tui.phone;

/**
 * The layout of the phone screen between calls: the phone's state on top, people on the left, recent calls on the right, the headset and,
 * if there is room, the log below, the keys in the last row. A narrow screen shows people or recent calls. Depends on the screen's size
 * alone.
 *
 * @param width columns of the screen
 * @param height rows of the screen
 */
record PhoneLayout(int width, int height) {

    private static final int TWO_PANES_WIDTH = 76;
    private static final int TWO_STATE_ROWS_HEIGHT = 20;
    private static final int LOG_HEIGHT = 22;
    private static final int MIN_LOG_ROWS = 3;
    private static final int ROWS_BUT_LISTS_AND_LOG = 13;

    /** Returns whether people and recent calls are shown at the same time. */
    boolean hasBoth() {
        return width >= TWO_PANES_WIDTH;
    }

    /** Returns the row of the border below the phone's state. */
    int stateEnd() {
        return height >= TWO_STATE_ROWS_HEIGHT ? 3 : 2;
    }

    /** Returns the rows of the log; 0: there is none. */
    int logRows() {
        return height < LOG_HEIGHT ? 0 : Math.max(MIN_LOG_ROWS, (height - ROWS_BUT_LISTS_AND_LOG) / 4);
    }

    /** Returns the row of the border below people and recent calls. */
    int listsEnd() {
        return headsetEnd() - HeadsetPane.ROWS - 1;
    }

    /** Returns the row of the border below the headset. */
    int headsetEnd() {
        return logRows() == 0 ? bottom() : bottom() - logRows() - 1;
    }

    /** Returns the row of the bottom border, above the keys. */
    int bottom() {
        return height - 2;
    }

    /** Returns the column of the border between people and recent calls. */
    int middle() {
        return width * 54 / 100;
    }

    int right() {
        return width - 1;
    }
}
