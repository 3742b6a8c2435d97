package voiptui.tui.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.tui.Bar;
import voiptui.tui.Canvas;
import voiptui.tui.Figures;
import voiptui.tui.History;
import voiptui.tui.Style;

/** All counters, and the four histories with their numbers where there is room for them. */
final class StatisticsPage {

    private static final int COUNT_COLUMNS = 12;
    private static final int LABEL_COLUMNS = 15;
    private static final int NUMBER_COLUMNS = 28;
    /** An empty row and the four histories. */
    private static final int HISTORY_ROWS = 5;

    private StatisticsPage() {
    }

    static void draw(CallModel model, Canvas canvas) {
        int row = 0;
        for (Counter counter : countersFor(canvas.height() - HISTORY_ROWS, model.totals())) {
            drawCounter(counter, model.totals(), canvas, row++);
        }
        if (canvas.height() - row >= HISTORY_ROWS) {
            drawHistories(model, canvas.part(0, row + 1, canvas.width(), canvas.height() - row - 1));
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

    private static void drawCounter(Counter counter, Map<Counter, Long> totals, Canvas canvas, int row) {
        Long total = totals.get(counter);
        canvas.putRight(COUNT_COLUMNS, row, total == null ? "" : Figures.count(total),
                total == null || total == 0 ? Style.LABEL : Style.TEXT);
        canvas.put(COUNT_COLUMNS + 2, row, counter.meaning(), Style.LABEL);
    }

    private static void drawHistories(CallModel model, Canvas canvas) {
        int rows = canvas.height() / 4;
        NetworkReading network = model.network();
        drawHistory(canvas.part(0, 0, canvas.width(), rows), "loss", worst(model), network.lossPercent(),
                NetworkPane.FULL_LOSS_PERCENT);
        drawHistory(canvas.part(0, rows, canvas.width(), rows), "jitter",
                network.totals() == null ? "" : Figures.ms(network.totals().jitterMs()), network.jitterMs(),
                Math.max(20, network.jitterMs().max(canvas.width())));
        CallEvent.JitterBufferFill fill = model.buffer().last();
        drawHistory(canvas.part(0, 2 * rows, canvas.width(), rows), "jitter buffer",
                fill == null ? "" : Figures.right(Integer.toString(fill.depthMs()), 5) + " ms", model.buffer().depthMs(),
                Math.max(1, model.buffer().capacityMs()));
        RelayReading relay = model.relay();
        drawHistory(canvas.part(0, 3 * rows, canvas.width(), rows), "round trip",
                relay.answered() == null ? "" : Figures.ms(relay.answered().rttMs()), relay.rttMs(),
                relay.fullRttMs(canvas.width()));
    }

    private static String worst(CallModel model) {
        NetworkReading.Worst worst = model.network().worst();
        return Figures.percent(model.network().lossNowPercent())
                + (worst == null ? "" : " (worst " + Figures.percent(worst.lossPercent()).strip() + ")");
    }

    private static void drawHistory(Canvas canvas, String label, String number, History history, double full) {
        canvas.put(0, 0, label, Style.LABEL);
        canvas.put(LABEL_COLUMNS, 0, number, Style.TEXT);
        int column = LABEL_COLUMNS + NUMBER_COLUMNS;
        Bar.history(canvas.part(column, 0, canvas.width() - column, canvas.height()), history, full,
                value -> Style.GOOD);
    }
}
