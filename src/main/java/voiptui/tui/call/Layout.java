package voiptui.tui.call;

/**
 * How the panes share the screen: the call on top, microphone, speaker and relay on the left, network and jitter buffer on
 * the right, the log below, and the keys in the last row. All numbers are columns and rows of the screen; a pane's rows are
 * the ones between its lines.
 *
 * @param width columns of the screen
 * @param height rows of the screen
 * @param levelRows rows of the microphone, and of the speaker
 * @param relayRows rows of the relay
 * @param networkRows rows of the network
 * @param bufferRows rows of the jitter buffer
 */
record Layout(int width, int height, int levelRows, int relayRows, int networkRows, int bufferRows) {

    static final int LEAST_WIDTH = 60;
    static final int LEAST_HEIGHT = 16;
    static final int CALL_ROWS = 2;

    private static final int ROOMY_HEIGHT = 32;

    /** The layout of a screen that is not too small, with a row more for a line and for both ways where there are any. */
    static Layout of(int width, int height, boolean hasLine) {
        int more = hasLine ? 1 : 0;
        if (width < 80 || height < 24) {
            return new Layout(width, height, 1, 1 + more, 3 + more, 1);
        }
        return height < ROOMY_HEIGHT
                ? new Layout(width, height, 2, 3 + more, 5 + more, 3)
                : new Layout(width, height, 3, 5 + more, 7 + more, 5);
    }

    static boolean fits(int width, int height) {
        return width >= LEAST_WIDTH && height >= LEAST_HEIGHT;
    }

    /** The line below the call. */
    int callEnd() {
        return CALL_ROWS + 1;
    }

    int microphoneEnd() {
        return callEnd() + levelRows + 1;
    }

    int speakerEnd() {
        return microphoneEnd() + levelRows + 1;
    }

    /** The line below the relay, and below the jitter buffer. */
    int panesEnd() {
        return speakerEnd() + relayRows + 1;
    }

    int networkEnd() {
        return callEnd() + networkRows + 1;
    }

    /** The line at the bottom of everything but the keys. */
    int bottom() {
        return height - 2;
    }

    /** The line between left and right. */
    int middle() {
        return width / 2;
    }

    int right() {
        return width - 1;
    }
}
