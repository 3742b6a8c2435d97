package voiptui.tui.phone;

/**
 * The layout of the phone screen between calls: the phone on top, contacts on the left, missed calls on the right, the log
 * below, the keys in the last row. Depends on the screen's size alone.
 *
 * @param width columns of the screen
 * @param height rows of the screen
 * @param logRows rows of the log
 */
record PhoneLayout(int width, int height, int logRows) {

    static final int PHONE_ROWS = 3;
    /** The four borders and the keys. */
    private static final int FIXED_ROWS = 5;

    static PhoneLayout of(int width, int height) {
        return new PhoneLayout(width, height, Math.max(3, (height - FIXED_ROWS - PHONE_ROWS) / 3));
    }

    /** Returns the row of the border below the phone. */
    int phoneEnd() {
        return PHONE_ROWS + 1;
    }

    /** Returns the row of the border below contacts and missed calls. */
    int contactsEnd() {
        return bottom() - logRows - 1;
    }

    /** Returns the row of the bottom border, above the keys. */
    int bottom() {
        return height - 2;
    }

    /** Returns the column of the border between contacts and missed calls. */
    int middle() {
        return width * 5 / 8;
    }

    int right() {
        return width - 1;
    }
}
