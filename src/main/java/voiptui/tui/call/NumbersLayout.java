package voiptui.tui.call;

/**
 * The layout of the page of numbers: the call on top; microphone, speaker and relay on the left; network and jitter buffer on
 * the right; the log below; the keys in the last row. All numbers are columns and rows of the screen; a pane's rows are
 * those between its borders.
 *
 * @param width columns of the screen
 * @param height rows of the screen
 * @param levelRows rows of the microphone, and of the speaker
 * @param relayRows rows of the relay
 * @param networkRows rows of the network
 * @param bufferRows rows of the jitter buffer
 */
record NumbersLayout(int width, int height, int levelRows, int relayRows, int networkRows, int bufferRows)
        implements CallFrame {

    private static final int ROOMY_HEIGHT = 32;

    /**
     * Returns the layout of a screen that is not too small.
     *
     * @param v2 adds a row for the session and one for the peer's reports
     */
    static NumbersLayout of(int width, int height, boolean v2) {
        int more = v2 ? 1 : 0;
        if (width < 80 || height < 24) {
            return new NumbersLayout(width, height, 1, 1 + more, 3 + more, 1);
        }
        return height < ROOMY_HEIGHT
                ? new NumbersLayout(width, height, 2, 3 + more, 5 + more, 3)
                : new NumbersLayout(width, height, 3, 5 + more, 7 + more, 5);
    }

    int microphoneEnd() {
        return callEnd() + levelRows + 1;
    }

    int speakerEnd() {
        return microphoneEnd() + levelRows + 1;
    }

    /** Returns the row of the border below the relay and the jitter buffer. */
    int panesEnd() {
        return speakerEnd() + relayRows + 1;
    }

    int networkEnd() {
        return callEnd() + networkRows + 1;
    }
}
