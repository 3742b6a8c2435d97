package voiptui.tui.call;

import voiptui.event.CallState;
import voiptui.report.Printable;
import voiptui.tui.Bar;
import voiptui.tui.Canvas;
import voiptui.tui.Figures;
import voiptui.tui.Glyphs;
import voiptui.tui.Style;

/** Whether the relay knows us, how far away it is, and how it has been. */
final class RelayPane {

    private static final int RTT_COLUMN = 11;

    private RelayPane() {
    }

    static void draw(CallModel model, Canvas canvas) {
        RelayReading relay = model.relay();
        Glyphs glyphs = canvas.glyphs();
        boolean lost = model.state().name() == CallState.RELAY_LOST;
        boolean known = model.state().registeredMs() > 0;
        Style style = lost ? Style.BAD : !known ? Style.ACCENT : relay.problem().isEmpty() ? Style.GOOD : Style.WARN;
        String word = lost ? "lost" : !known ? "asking" : relay.problem().isEmpty() ? "registered" : "no answer";
        canvas.put(0, 0, lost ? glyphs.alert() : known ? glyphs.on() : glyphs.off(), style);
        canvas.put(2, 0, word, style);
        String rtt = relay.answered() == null ? "" : Figures.ms(relay.answered().rttMs());
        if (canvas.height() == 1) {
            canvas.putRight(canvas.width(), 0, rtt, Style.TEXT);
            return;
        }
        if (known) {
            canvas.putRight(canvas.width(), 0, "since " + Figures.timeOfDay(
                    lost ? model.state().sinceMs() : model.state().registeredMs(), model.setting().zone()), Style.LABEL);
        }
        canvas.put(0, 1, "round trip", Style.LABEL);
        canvas.put(RTT_COLUMN, 1, rtt, Style.TEXT);
        int historyColumn = RTT_COLUMN + 10;
        double fullMs = relay.fullRttMs(canvas.width() - historyColumn);
        int historyRows = canvas.height() - 2;
        Bar.history(canvas.part(historyColumn, 1, canvas.width() - historyColumn, historyRows), relay.rttMs(), fullMs,
                value -> Style.GOOD);
        drawAnswers(model, canvas.part(0, canvas.height() - 1, canvas.width(), 1));
    }

    private static void drawAnswers(CallModel model, Canvas row) {
        RelayReading relay = model.relay();
        if (!relay.problem().isEmpty()) {
            row.put(0, 0, Printable.of(relay.problem()), Style.WARN);
        } else if (relay.answered() != null) {
            row.put(0, 0, "answered " + Figures.ago(model.nowMs() - relay.answeredMs()) + " ago", Style.LABEL);
            row.putRight(row.width(), 0, relay.failures() == 0 ? "no failures"
                    : relay.failures() + (relay.failures() == 1 ? " failure" : " failures"), Style.LABEL);
        }
    }
}
