package voiptui.tui.phone;

/**
 * Where things are on a phone's screen between calls: the phone on top, contacts on the left, missed calls on the right, the
 * log below, and the keys in the last row. By the screen's size alone.
 *
 * @param width columns of the screen
 * @param height rows of the screen
 * @param logRows rows of the log
 */
record PhoneLayout(int width, int height, int logRows) {

    static final int LEAST_WIDTH = 60;
    static final int LEAST_HEIGHT = 16;
    static final int PHONE_ROWS = 3;
    /** The four lines of the frame, and the keys. */
    private static final int FIXED_ROWS = 5;

    static boolean fits(int width, int height) {
        return width >= LEAST_WIDTH && height >= LEAST_HEIGHT;
    }

    static PhoneLayout of(int width, int height) {
        return new PhoneLayout(width, height, Math.max(3, (height - FIXED_ROWS - PHONE_ROWS) / 3));
    }

    /** The line below the phone. */
    int phoneEnd() {
        return PHONE_ROWS + 1;
    }

    /** The line below contacts and missed calls. */
    int contactsEnd() {
        return bottom() - logRows - 1;
    }

    /** The line at the bottom of everything but the keys. */
    int bottom() {
        return height - 2;
    }

    /** The line between contacts and missed calls. */
    int middle() {
        return width * 5 / 8;
    }

    int right() {
        return width - 1;
    }
}
