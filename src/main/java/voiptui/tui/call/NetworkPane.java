package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.tui.Bar;
import voiptui.tui.Canvas;
import voiptui.tui.Figures;
import voiptui.tui.Style;

/** Packet loss now, in all and second by second; jitter; and what else can happen to a packet. */
final class NetworkPane {

    /** This much loss fills the line of history. */
    static final double FULL_LOSS_PERCENT = 20;

    private static final double NOTICEABLE_PERCENT = 1;
    private static final double BAD_PERCENT = 5;
    private static final int VALUE_END = 18;
    private static final int SECOND_COLUMN = 20;
    private static final int SECOND_VALUE_END = 36;
    private static final int COMPACT_SHIFT = 3;

    private NetworkPane() {
    }

    static void draw(NetworkReading network, Canvas canvas) {
        canvas.put(0, 0, "loss", Style.LABEL);
        boolean compact = canvas.height() < 5;
        int column = canvas.put(compact ? 5 : VALUE_END - 6, 0, Figures.percent(network.lossNowPercent()),
                styleOf(network.lossNowPercent()));
        canvas.put(column, 0, " now", Style.LABEL);
        column = canvas.put(compact ? 16 : SECOND_COLUMN + 3, 0, Figures.percent(network.lossPercentInAll()), Style.TEXT);
        canvas.put(column, 0, compact ? " all" : " in all", Style.LABEL);
        int historyRows = compact ? 1 : canvas.height() - 4;
        drawLoss(network, canvas.part(0, 1, canvas.width(), historyRows));
        CallEvent.NetworkStats totals = network.totals();
        int row = 1 + historyRows;
        pair(canvas, row, "jitter", totals == null ? "" : Figures.ms(totals.jitterMs()), "lost",
                totals == null ? "" : Figures.count(totals.packetsLost()));
        if (!compact) {
            pair(canvas, row + 1, "concealed", totals == null ? "" : Figures.seconds(totals.concealedMs()), "late",
                    totals == null ? "" : Figures.count(totals.packetsLate()));
            pair(canvas, row + 2, "duplicate", totals == null ? "" : Figures.count(totals.packetsDuplicate()),
                    "reordered", totals == null ? "" : Figures.count(totals.packetsReordered()));
        }
    }

    private static void pair(Canvas canvas, int row, String label, String value, String second, String secondValue) {
        int shift = canvas.width() < SECOND_VALUE_END ? COMPACT_SHIFT : 0;
        canvas.put(0, row, label, Style.LABEL);
        canvas.putRight(VALUE_END - shift, row, value, Style.TEXT);
        canvas.put(SECOND_COLUMN - shift, row, second, Style.LABEL);
        canvas.putRight(Math.min(canvas.width(), SECOND_VALUE_END), row, secondValue, Style.TEXT);
    }

    /** The loss of each second. */
    static void drawLoss(NetworkReading network, Canvas canvas) {
        Bar.history(canvas, network.lossPercent(), FULL_LOSS_PERCENT, NetworkPane::styleOf);
    }

    private static Style styleOf(double percent) {
        return percent >= BAD_PERCENT ? Style.BAD : percent >= NOTICEABLE_PERCENT ? Style.WARN : Style.GOOD;
    }
}
