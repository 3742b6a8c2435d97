package voiptui.tui.call;

/**
 * The layout of the overview, from top to bottom: the call, the levels of both sides beside each other, the charts, where packets
 * get lost, the log; the keys in the last row. All numbers are columns and rows of the screen; a pane's rows are those between
 * its borders.
 *
 * @param width columns of the screen
 * @param height rows of the screen
 * @param levelRows rows of the levels
 * @param chartRows rows of each chart
 * @param charts number of charts
 * @param whereRows rows of the way from here to the peer
 */
record OverviewLayout(int width, int height, int levelRows, int chartRows, int charts, int whereRows)
        implements CallFrame {

    private static final int ROOMY_HEIGHT = 32;
    private static final int HUGE_HEIGHT = 50;

    /** Returns the layout of a screen that is not too small. */
    static OverviewLayout of(int width, int height) {
        if (width < 80 || height < 24) {
            return new OverviewLayout(width, height, 1, 1, 2, 2);
        }
        if (height < ROOMY_HEIGHT) {
            return new OverviewLayout(width, height, 2, 1, 3, 2);
        }
        return new OverviewLayout(width, height, 3, height < HUGE_HEIGHT ? 3 : 6, 3, 3);
    }

    int levelsEnd() {
        return callEnd() + levelRows + 1;
    }

    int chartsEnd() {
        return levelsEnd() + charts * chartRows + 1;
    }

    int whereEnd() {
        return chartsEnd() + whereRows + 1;
    }
}
