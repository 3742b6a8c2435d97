package voiptui.tui.call.pane;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.NetworkHistory;
import voiptui.tui.call.model.PeerReports;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.NumberText;

/**
 * Packet loss (now, average, and per second), jitter and concealment of what this side receives, and of what the peer
 * receives if it reports.
 */
public final class NetworkPane {

    /** The loss that fills the height of the history. */
    static final double FULL_LOSS_PERCENT = 20;

    private static final double NOTICEABLE_PERCENT = 1;
    private static final double BAD_PERCENT = 5;
    private static final int VALUE_END = 18;
    private static final int SECOND_COLUMN = 20;
    private static final int SECOND_VALUE_END = 36;
    private static final int COMPACT_SHIFT = 3;
    /** Where the columns of the table for both directions end. */
    private static final int NOW_END = 11;

    private static final int AVERAGE_END = 18;
    private static final int JITTER_END = 26;
    private static final int LOST_END = 36;

    private NetworkPane() {}

    /** Draws the pane. */
    public static void draw(CallModel model, Canvas canvas) {
        NetworkHistory received = model.quality().network();
        if (model.hasPeerReports()) {
            drawBothDirections(received, model.quality().peer(), canvas);
        } else {
            drawReceived(received, canvas);
        }
    }

    /** Draws what each side receives, one below the other, then more about this side. */
    private static void drawBothDirections(NetworkHistory you, PeerReports peer, Canvas canvas) {
        CallEvent.NetworkStats totals = you.totals();
        boolean narrow = canvas.width() < LOST_END;
        CallEvent.PeerReport report = peer.last();
        row(canvas, 0, "loss", "now", "avg", "jitter", narrow ? "" : "lost", Style.LABEL, Style.LABEL);
        row(
                canvas,
                1,
                "you",
                percent(you.lossNowPercent()),
                percent(you.lossPercentInAll()),
                totals == null ? "" : NumberText.ms(totals.jitterMs()),
                narrow || totals == null ? "" : NumberText.count(totals.packetsLost()),
                styleOf(you.lossNowPercent()),
                Style.TEXT);
        if (report == null) {
            canvas.put(0, 2, "peer   no report yet", Style.LABEL);
        } else {
            row(
                    canvas,
                    2,
                    "peer",
                    percent(peer.lossNowPercent()),
                    percent(peer.lossPercentInAll(totals == null ? 0 : totals.packetsSent())),
                    NumberText.ms(report.jitterMs()),
                    narrow ? "" : NumberText.count(report.packetsLost()),
                    styleOf(peer.lossNowPercent()),
                    Style.TEXT);
        }
        if (canvas.height() < 6) {
            int column = canvas.put(0, 3, "lost ", Style.LABEL);
            column =
                    canvas.put(column, 3, totals == null ? "" : NumberText.count(totals.packetsLost()), Style.TEXT) + 1;
            drawLoss(you, canvas.part(column, 3, canvas.width() - column, 1));
            return;
        }
        int historyRows = canvas.height() - 5;
        drawLoss(you, canvas.part(0, 3, canvas.width(), historyRows));
        drawRest(totals, canvas, 3 + historyRows);
    }

    private static void row(
            Canvas canvas,
            int row,
            String label,
            String now,
            String average,
            String jitter,
            String lost,
            Style nowStyle,
            Style style) {
        canvas.put(0, row, label, Style.LABEL);
        canvas.putRight(NOW_END, row, now, nowStyle);
        canvas.putRight(AVERAGE_END, row, average, style);
        canvas.putRight(JITTER_END, row, jitter, style);
        canvas.putRight(LOST_END, row, lost, style);
    }

    /** Formats a percentage in at most six columns. */
    private static String percent(double percent) {
        return percent > 99.9 ? "100 %" : NumberText.percent(percent).strip();
    }

    private static void drawReceived(NetworkHistory network, Canvas canvas) {
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
        canvas.put(column, 0, " avg", Style.LABEL);
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

    private static void drawRest(CallEvent.@Nullable NetworkStats totals, Canvas canvas, int row) {
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

    /** Draws the loss of each second. */
    private static void drawLoss(NetworkHistory network, Canvas canvas) {
        Bar.history(canvas, network.lossPercent(), FULL_LOSS_PERCENT, NetworkPane::styleOf);
    }

    private static Style styleOf(double percent) {
        return percent >= BAD_PERCENT ? Style.BAD : percent >= NOTICEABLE_PERCENT ? Style.WARN : Style.GOOD;
    }
}
