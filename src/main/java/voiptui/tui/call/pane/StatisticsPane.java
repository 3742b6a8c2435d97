package voiptui.tui.call.pane;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallQuality;
import voiptui.tui.call.model.NetworkHistory;
import voiptui.tui.call.model.PeerReports;
import voiptui.tui.call.model.RelayReplies;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.History;
import voiptui.tui.widget.NumberText;

/** All counters, then histories with their values where space allows. */
public final class StatisticsPane {

    private static final int COUNT_COLUMNS = 12;
    private static final int LABEL_COLUMNS = 15;
    private static final int NUMBER_COLUMNS = 28;
    /** The least rows for histories: one for each without peer reports. */
    private static final int MIN_HISTORY_ROWS = 4;
    /** So many counters are shown rather than histories. */
    private static final int MIN_COUNTER_ROWS = 6;

    /** Repairs and retransmissions, of which a call on a clean path has none. */
    private static final Set<Counter> DETAILS = EnumSet.of(
            Counter.RECOVERED_FROM_COPIES,
            Counter.RECOVERED_BY_RETRANSMISSION,
            Counter.RECOVERED_FROM_FEC,
            Counter.RECOVERED_FROM_DRED,
            Counter.RETRANSMISSIONS_REQUESTED,
            Counter.RETRANSMISSIONS_SENT,
            Counter.RETRANSMISSIONS_REFUSED,
            Counter.PACKETS_HEALED);

    /** What users look for first; the rest follows in its own order. */
    private static final List<Counter> FIRST = List.of(
            Counter.PACKETS_SENT,
            Counter.PACKETS_RECEIVED,
            Counter.PACKETS_LOST,
            Counter.PACKETS_LATE,
            Counter.PACKETS_EXPECTED,
            Counter.PACKETS_PLAYED,
            Counter.PACKETS_RECOVERED,
            Counter.PACKETS_CONCEALED,
            Counter.PACKETS_DISCARDED,
            Counter.CONCEALED_MS,
            Counter.RECOVERED_FROM_COPIES,
            Counter.RECOVERED_BY_RETRANSMISSION,
            Counter.RECOVERED_FROM_FEC,
            Counter.RECOVERED_FROM_DRED,
            Counter.STRETCH_REMOVED_MS,
            Counter.STRETCH_ADDED_MS,
            Counter.PACKETS_SEND_FAILED,
            Counter.PACKETS_DUPLICATE,
            Counter.PACKETS_REORDERED);

    /** A history with its label, its last value, and the value that fills its height. */
    private record Series(String label, String number, History values, double full) {}

    private static final int LOST_COLUMNS = 7;
    private static final int PERCENT_COLUMNS = 7;

    private StatisticsPane() {}

    /** Draws the page. */
    public static void draw(CallModel model, Canvas canvas) {
        boolean peerReports = model.hasPeerReports();
        int row = 0;
        if (!model.quality().voice().isEmpty()) {
            VoicePane.draw(model.quality().voice(), model.quality().buffer().last(), canvas);
            row += VoicePane.ROWS;
        }
        if (peerReports) {
            drawPeer(model.quality().peer(), canvas.part(0, row, canvas.width(), 1));
            row++;
        }
        int histories = peerReports ? 6 : 4;
        Map<Counter, Long> totals = model.quality().totals();
        for (Counter counter : countersFor(canvas.height() - row - histories, totals)) {
            drawCounter(counter, totals, canvas, row++);
        }
        int gap = canvas.height() - row > histories ? 1 : 0;
        if (canvas.height() - row >= MIN_HISTORY_ROWS) {
            drawHistories(model, canvas.part(0, row + gap, canvas.width(), canvas.height() - row - gap));
        }
    }

    /**
     * Returns the call's counters in the order of their use. Those of repairs and retransmissions are there when they counted something.
     * If the rest does not fit, those at zero are left out, then the others, the last ones first.
     */
    private static List<Counter> countersFor(int rows, Map<Counter, Long> totals) {
        Set<Counter> ordered = new LinkedHashSet<>(FIRST);
        for (Counter counter : Counter.values()) {
            if (counter.side() == Counter.Side.CALL) {
                ordered.add(counter);
            }
        }
        List<Counter> counters = new ArrayList<>(ordered);
        counters.removeIf(counter -> DETAILS.contains(counter) && isZero(counter, totals));
        for (int at = counters.size() - 1; at >= 0 && counters.size() > rows; at--) {
            if (isZero(counters.get(at), totals)) {
                counters.remove(at);
            }
        }
        return counters.subList(0, Math.min(counters.size(), Math.max(rows, MIN_COUNTER_ROWS)));
    }

    private static boolean isZero(Counter counter, Map<Counter, Long> totals) {
        return totals.getOrDefault(counter, 0L) == 0;
    }

    /** Draws the peer's last report in a row. */
    private static void drawPeer(PeerReports peer, Canvas canvas) {
        CallEvent.PeerReport report = peer.last();
        canvas.put(0, 0, "peer report", Style.LABEL);
        if (report == null) {
            canvas.put(COUNT_COLUMNS + 2, 0, "no report yet", Style.LABEL);
            return;
        }
        String now = NumberText.right(NumberText.percent(peer.lossNowPercent()), PERCENT_COLUMNS);
        int column = canvas.put(
                COUNT_COLUMNS + 2,
                0,
                "lost " + NumberText.right(NumberText.count(report.packetsLost()), LOST_COLUMNS) + " (" + now
                        + " now), jitter " + NumberText.ms(report.jitterMs()),
                Style.TEXT);
        Double rttMs = report.rttMs();
        String roundTrip = rttMs == null ? "" : ", round trip " + NumberText.ms(rttMs);
        if (column + roundTrip.length() <= canvas.width()) {
            canvas.put(column, 0, roundTrip, Style.TEXT);
        }
    }

    private static void drawCounter(Counter counter, Map<Counter, Long> totals, Canvas canvas, int row) {
        Long total = totals.get(counter);
        canvas.putRight(
                COUNT_COLUMNS,
                row,
                total == null ? "" : NumberText.count(total),
                total == null || total == 0 ? Style.LABEL : Style.TEXT);
        canvas.put(COUNT_COLUMNS + 2, row, counter.meaning(), Style.LABEL);
    }

    private static void drawHistories(CallModel model, Canvas canvas) {
        CallQuality quality = model.quality();
        NetworkHistory network = quality.network();
        CallEvent.NetworkStats stats = network.totals();
        CallEvent.PlayoutDelay delay = quality.buffer().last();
        int columns = canvas.width() - LABEL_COLUMNS - NUMBER_COLUMNS;
        boolean peerReports = model.hasPeerReports();
        List<Series> all = new ArrayList<>();
        all.add(new Series("loss", lossText(network), network.lossPercent(), NetworkPane.FULL_LOSS_PERCENT));
        all.add(new Series(
                "jitter",
                stats == null ? "" : NumberText.ms(stats.jitterMs()),
                network.jitterMs(),
                Math.max(20, network.jitterMs().max(columns))));
        all.add(new Series(
                "jitter buffer",
                delay == null ? "" : NumberText.right(Long.toString(Math.round(delay.delayMs())), 5) + " ms",
                quality.buffer().delayMs(),
                quality.buffer().scaleMs(columns)));
        all.add(roundTrip(
                peerReports ? "rtt to relay" : "round trip", model.relay().rttMs(), columns));
        if (peerReports && canvas.height() >= 6) {
            PeerReports peer = quality.peer();
            String loss = NumberText.percent(peer.lossNowPercent());
            all.add(1, new Series("peer loss", loss, peer.lossPercent(), NetworkPane.FULL_LOSS_PERCENT));
            all.add(roundTrip("rtt to peer", peer.rttMs(), columns));
        }
        int rows = canvas.height() / all.size();
        for (int i = 0; i < all.size(); i++) {
            drawHistory(canvas.part(0, i * rows, canvas.width(), rows), all.get(i));
        }
    }

    private static Series roundTrip(String label, History rttMs, int columns) {
        String last = rttMs.size() == 0 ? "" : NumberText.ms(rttMs.latest(0));
        return new Series(label, last, rttMs, RelayReplies.fullRttMs(rttMs, columns));
    }

    private static String lossText(NetworkHistory network) {
        NetworkHistory.Worst worst = network.worst();
        return NumberText.percent(network.lossNowPercent())
                + (worst == null
                        ? ""
                        : " (worst " + NumberText.percent(worst.lossPercent()).strip() + ")");
    }

    private static void drawHistory(Canvas canvas, Series series) {
        canvas.put(0, 0, series.label(), Style.LABEL);
        canvas.put(LABEL_COLUMNS, 0, series.number(), Style.TEXT);
        int column = LABEL_COLUMNS + NUMBER_COLUMNS;
        Bar.history(
                canvas.part(column, 0, canvas.width() - column, canvas.height()),
                series.values(),
                series.full(),
                value -> Style.GOOD);
    }
}
