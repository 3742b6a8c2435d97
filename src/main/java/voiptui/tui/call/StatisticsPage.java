package voiptui.tui.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.History;
import voiptui.tui.widget.NumberText;

/** All counters, and the histories with their numbers where there is room for them. */
final class StatisticsPage {

    private static final int COUNT_COLUMNS = 12;
    private static final int LABEL_COLUMNS = 15;
    private static final int NUMBER_COLUMNS = 28;
    /** Fewer rows than this are no room for histories. */
    private static final int LEAST_HISTORIES = 4;

    /** A history with its name, its last number, and what fills its height. */
    private record Series(String label, String number, History values, double full) {}

    private StatisticsPage() {}

    static void draw(CallModel model, Canvas canvas) {
        boolean bothWays = model.tellsBothWays();
        int row = bothWays ? 1 : 0;
        if (bothWays) {
            drawThere(model, canvas);
        }
        int histories = bothWays ? 6 : 4;
        for (Counter counter : countersFor(canvas.height() - row - histories, model.totals())) {
            drawCounter(counter, model.totals(), canvas, row++);
        }
        int gap = canvas.height() - row > histories ? 1 : 0;
        if (canvas.height() - row >= LEAST_HISTORIES) {
            drawHistories(model, canvas.part(0, row + gap, canvas.width(), canvas.height() - row - gap));
        }
    }

    /** All of a call's counters, but where there is no room for so many: the last of those that are at zero give way. */
    private static List<Counter> countersFor(int rows, Map<Counter, Long> totals) {
        List<Counter> counters = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            if (counter.side() == Counter.Side.CALL) {
                counters.add(counter);
            }
        }
        for (int at = counters.size() - 1; at >= 0 && counters.size() > rows; at--) {
            if (totals.getOrDefault(counters.get(at), 0L) == 0) {
                counters.remove(at);
            }
        }
        return counters;
    }

    /** What the other side reports, in a row. */
    private static void drawThere(CallModel model, Canvas canvas) {
        CallEvent.PeerReport report = model.there().last();
        canvas.put(0, 0, "other side", Style.LABEL);
        canvas.put(
                COUNT_COLUMNS + 2,
                0,
                report == null
                        ? "no report yet"
                        : "loses " + NumberText.count(report.packetsLost())
                                + " ("
                                + NumberText.percent(model.there().lossNowPercent())
                                        .strip() + " now), jitter "
                                + NumberText.ms(report.jitterMs()).strip()
                                + (report.rttMs() == null
                                        ? ""
                                        : ", round trip "
                                                + NumberText.ms(report.rttMs()).strip()),
                report == null ? Style.LABEL : Style.TEXT);
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
        NetworkReading network = model.network();
        CallEvent.JitterBufferFill fill = model.buffer().last();
        RelayReading relay = model.relay();
        int columns = canvas.width() - LABEL_COLUMNS - NUMBER_COLUMNS;
        List<Series> all = new ArrayList<>();
        all.add(new Series("loss", worst(model), network.lossPercent(), NetworkPane.FULL_LOSS_PERCENT));
        all.add(new Series(
                "jitter",
                network.totals() == null ? "" : NumberText.ms(network.totals().jitterMs()),
                network.jitterMs(),
                Math.max(20, network.jitterMs().max(columns))));
        all.add(new Series(
                "jitter buffer",
                fill == null ? "" : NumberText.right(Integer.toString(fill.depthMs()), 5) + " ms",
                model.buffer().depthMs(),
                Math.max(1, model.buffer().capacityMs())));
        boolean byUdp = model.line().rttMs().size() > 0;
        History rtt = byUdp ? model.line().rttMs() : relay.rttMs();
        all.add(new Series(
                model.tellsBothWays() ? "to the relay" : "round trip",
                rtt.size() == 0 ? "" : NumberText.ms(rtt.latest(0)),
                rtt,
                RelayReading.fullRttMs(rtt, columns)));
        if (model.tellsBothWays() && canvas.height() >= 6) {
            PeerReading there = model.there();
            all.add(
                    1,
                    new Series(
                            "loss there",
                            NumberText.percent(there.lossNowPercent()),
                            there.lossPercent(),
                            NetworkPane.FULL_LOSS_PERCENT));
            all.add(new Series(
                    "to the peer",
                    there.rttMs().size() == 0 ? "" : NumberText.ms(there.rttMs().latest(0)),
                    there.rttMs(),
                    RelayReading.fullRttMs(there.rttMs(), columns)));
        }
        int rows = canvas.height() / all.size();
        for (int i = 0; i < all.size(); i++) {
            drawHistory(canvas.part(0, i * rows, canvas.width(), rows), all.get(i));
        }
    }

    private static String worst(CallModel model) {
        NetworkReading.Worst worst = model.network().worst();
        return NumberText.percent(model.network().lossNowPercent())
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
