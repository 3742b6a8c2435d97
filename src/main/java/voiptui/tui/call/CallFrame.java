package voiptui.tui.call;

/**
 * What the layouts of the call screen have in common: the call on top, the keys in the last row. All numbers are columns and rows of
 * the screen.
 */
interface CallFrame {

    /** Rows of the call, between its borders. */
    int CALL_ROWS = 2;

    /** Returns the columns of the screen. */
    int width();

    /** Returns the rows of the screen. */
    int height();

    /** Returns the row of the border below the call. */
    default int callEnd() {
        return CALL_ROWS + 1;
    }

    /** Returns the row of the bottom border, above the keys. */
    default int bottom() {
        return height() - 2;
    }

    /** Returns the column of the border between left and right. */
    default int middle() {
        return width() / 2;
    }

    /** Returns the column of the right border. */
    default int right() {
        return width() - 1;
    }
}
