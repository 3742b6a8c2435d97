package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.NumberText;

/** Packet loss now, in all and second by second; jitter; what else can happen to a packet; here, and there if it tells. */
final class NetworkPane {

    /** This much loss fills the line of history. */
    static final double FULL_LOSS_PERCENT = 20;

    private static final double NOTICEABLE_PERCENT = 1;
    private static final double BAD_PERCENT = 5;
    private static final int VALUE_END = 18;
    private static final int SECOND_COLUMN = 20;
    private static final int SECOND_VALUE_END = 36;
    private static final int COMPACT_SHIFT = 3;
    /** Where the columns of both ways end. */
    private static final int NOW_END = 11;

    private static final int ALL_END = 18;
    private static final int JITTER_END = 26;
    private static final int LOST_END = 36;

    private NetworkPane() {}

    static void draw(CallModel model, Canvas canvas) {
        if (model.tellsBothWays()) {
            drawBothWays(model, canvas);
        } else {
            drawOneWay(model.network(), canvas);
        }
    }

    /** What we hear and what the other side hears, one below the other; then what else there is to say of what we hear. */
    private static void drawBothWays(CallModel model, Canvas canvas) {
        NetworkReading here = model.network();
        CallEvent.NetworkStats totals = here.totals();
        boolean narrow = canvas.width() < LOST_END;
        CallEvent.PeerReport report = model.there().last();
        row(canvas, 0, "loss", "now", "all", "jitter", narrow ? "" : "lost", Style.LABEL, Style.LABEL);
        row(
                canvas,
                1,
                "here",
                percent(here.lossNowPercent()),
                percent(here.lossPercentInAll()),
                totals == null ? "" : NumberText.ms(totals.jitterMs()),
                narrow || totals == null ? "" : NumberText.count(totals.packetsLost()),
                styleOf(here.lossNowPercent()),
                Style.TEXT);
        if (report == null) {
            canvas.put(0, 2, "there  no report yet", Style.LABEL);
        } else {
            row(
                    canvas,
                    2,
                    "there",
                    percent(model.there().lossNowPercent()),
                    percent(model.there().lossPercentInAll(totals == null ? 0 : totals.packetsSent())),
                    NumberText.ms(report.jitterMs()),
                    narrow ? "" : NumberText.count(report.packetsLost()),
                    styleOf(model.there().lossNowPercent()),
                    Style.TEXT);
        }
        if (canvas.height() < 6) {
            int column = canvas.put(0, 3, "lost ", Style.LABEL);
            column =
                    canvas.put(column, 3, totals == null ? "" : NumberText.count(totals.packetsLost()), Style.TEXT) + 1;
            drawLoss(here, canvas.part(column, 3, canvas.width() - column, 1));
            return;
        }
        int historyRows = canvas.height() - 5;
        drawLoss(here, canvas.part(0, 3, canvas.width(), historyRows));
        drawRest(totals, canvas, 3 + historyRows);
    }

    private static void row(
            Canvas canvas,
            int row,
            String label,
            String now,
            String all,
            String jitter,
            String lost,
            Style nowStyle,
            Style style) {
        canvas.put(0, row, label, Style.LABEL);
        canvas.putRight(NOW_END, row, now, nowStyle);
        canvas.putRight(ALL_END, row, all, style);
        canvas.putRight(JITTER_END, row, jitter, style);
        canvas.putRight(LOST_END, row, lost, style);
    }

    /** Never wider than six columns. */
    private static String percent(double percent) {
        return percent > 99.9 ? "100 %" : NumberText.percent(percent).strip();
    }

    private static void drawOneWay(NetworkReading network, Canvas canvas) {
        canvas.put(0, 0, "loss", Style.LABEL);
        boolean compact = canvas.width() < SECOND_VALUE_END || canvas.height() < 5;
        int column = canvas.put(
                compact ? 5 : VALUE_END - 6,
                0,
                NumberText.percent(network.lossNowPercent()),
                styleOf(network.lossNowPercent()));
        canvas.put(column, 0, " now", Style.LABEL);
        column = canvas.put(
                compact ? 16 : SECOND_COLUMN + 3, 0, NumberText.percent(network.lossPercentInAll()), Style.TEXT);
        canvas.put(column, 0, compact ? " all" : " in all", Style.LABEL);
        int historyRows = compact ? 1 : canvas.height() - 4;
        drawLoss(network, canvas.part(0, 1, canvas.width(), historyRows));
        CallEvent.NetworkStats totals = network.totals();
        int row = 1 + historyRows;
        pair(
                canvas,
                row,
                "jitter",
                totals == null ? "" : NumberText.ms(totals.jitterMs()),
                "lost",
                totals == null ? "" : NumberText.count(totals.packetsLost()));
        if (!compact) {
            drawRest(totals, canvas, row + 1);
        }
    }

    private static void drawRest(CallEvent.NetworkStats totals, Canvas canvas, int row) {
        pair(
                canvas,
                row,
                "concealed",
                totals == null ? "" : NumberText.seconds(totals.concealedMs()),
                "late",
                totals == null ? "" : NumberText.count(totals.packetsLate()));
        pair(
                canvas,
                row + 1,
                "duplicate",
                totals == null ? "" : NumberText.count(totals.packetsDuplicate()),
                "reordered",
                totals == null ? "" : NumberText.count(totals.packetsReordered()));
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
