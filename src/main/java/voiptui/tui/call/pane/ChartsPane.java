package voiptui.tui.call.pane;

import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.VoiceEvent;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.VerdictHistory;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.GradeStyle;
import voiptui.tui.widget.History;
import voiptui.tui.widget.NumberText;

/**
 * Charts of the last minutes, each with its name and its present values: what the user hears, what the peer hears, and the delay
 * from mouth to ear. High is bad.
 */
public final class ChartsPane {

    /** The delay that fills the height of its chart, in milliseconds. */
    private static final double FULL_DELAY_MS = 400;

    private static final int WIDE_COLUMNS = 70;
    private static final int GRADE_COLUMNS = 4;
    private static final int VALUE_COLUMNS = 12;
    private static final int GAP = 2;

    private ChartsPane() {}

    /**
     * Draws the pane.
     *
     * @param charts how many, 2 or 3
     */
    public static void draw(CallModel model, int charts, Canvas canvas) {
        VerdictHistory verdict = model.quality().verdict();
        String peer = PeerName.of(model, canvas.glyphs());
        String[] names = {"you hear " + peer, peer + " hears you", "mouth to ear"};
        int label = 0;
        for (String name : names) {
            label = Math.max(label, Canvas.columnsOf(name));
        }
        int rows = canvas.height() / charts;
        for (int chart = 0; chart < charts; chart++) {
            Canvas part = canvas.part(0, chart * rows, canvas.width(), rows);
            part.put(0, 0, names[chart], Style.LABEL);
            int values = valueColumns(part);
            int left = label + GAP;
            Canvas room = part.part(left, 0, part.width() - left - values - GAP, rows);
            Canvas numbers = part.part(part.width() - values, 0, values, rows);
            switch (chart) {
                case 0 -> drawDirection(model, MediaDirection.RECEIVED, verdict.received(), room, numbers);
                case 1 -> drawDirection(model, MediaDirection.SENT, verdict.sent(), room, numbers);
                default -> drawDelay(model, room, numbers);
            }
        }
    }

    private static int valueColumns(Canvas chart) {
        if (chart.height() >= 3) {
            return VALUE_COLUMNS;
        }
        return chart.width() < WIDE_COLUMNS
                ? GRADE_COLUMNS + 1 + 7
                : GRADE_COLUMNS + GAP + VALUE_COLUMNS + GAP + VALUE_COLUMNS;
    }

    private static void drawDirection(
            CallModel model, MediaDirection direction, History impairment, Canvas room, Canvas numbers) {
        drawChart(model, impairment, 100, ChartsPane::styleOfImpairment, room);
        VoiceEvent.Quality last = model.quality().verdict().last();
        VoiceEvent.Assessment now = last == null ? VoiceEvent.Assessment.UNKNOWN : last.of(direction);
        if (direction == MediaDirection.SENT && !model.hasPeerReports()) {
            numbers.put(0, 0, "no report", Style.LABEL);
            return;
        }
        drawGrade(now.grade(), numbers);
        if (last == null) {
            return;
        }
        String loss = NumberText.percent(now.lossPercent());
        int end = numbers.width();
        if (numbers.height() >= 3) {
            pair(numbers, 1, 0, end, "lost", loss);
            pair(numbers, 2, 0, end, "gaps", NumberText.seconds(now.gapsMs()));
        } else if (end > VALUE_COLUMNS) {
            pair(numbers, 0, GRADE_COLUMNS + GAP, GRADE_COLUMNS + GAP + VALUE_COLUMNS, "lost", loss);
            pair(numbers, 0, end - VALUE_COLUMNS, end, "gaps", NumberText.seconds(now.gapsMs()));
        } else {
            numbers.putRight(end, 0, loss, Style.TEXT);
        }
    }

    private static void pair(Canvas numbers, int row, int from, int end, String name, String value) {
        numbers.put(from, row, name, Style.LABEL);
        numbers.putRight(end, row, value, Style.TEXT);
    }

    private static void drawDelay(CallModel model, Canvas room, Canvas numbers) {
        drawChart(
                model,
                model.quality().verdict().delayMs(),
                FULL_DELAY_MS,
                delay -> GradeStyle.of(gradeOfDelay(delay)),
                room);
        VoiceEvent.VoiceDelay delay = model.quality().voice().delay();
        if (delay != null) {
            drawGrade(gradeOfDelay(delay.totalMs()), numbers);
            int row = numbers.height() >= 3 ? 1 : 0;
            numbers.putRight(numbers.width(), row, Math.round(delay.totalMs()) + " ms", Style.TEXT);
        }
    }

    private static void drawChart(
            CallModel model, History values, double full, DoubleFunction<Style> styleOf, Canvas room) {
        if (room.width() <= 0) {
            return;
        }
        int shownAtOnce = room.width() * Bar.valuesPerColumn(room);
        int group = (VerdictHistory.READINGS + shownAtOnce - 1) / shownAtOnce;
        History shown = values.grouped(group, model.quality().verdict().readings());
        Bar.chart(room, shown, full, styleOf);
    }

    private static void drawGrade(@Nullable Grade grade, Canvas numbers) {
        if (grade != null) {
            numbers.put(0, 0, grade.name(), GradeStyle.of(grade));
        }
    }

    /** Returns the grade of a delay from mouth to ear (ITU-T G.114: up to 150 ms most conversations do not suffer, over 400 all). */
    private static Grade gradeOfDelay(double ms) {
        return ms < 150 ? Grade.GOOD : ms < 250 ? Grade.FAIR : ms < 400 ? Grade.POOR : Grade.BAD;
    }

    private static Style styleOfImpairment(double percent) {
        return percent < 12 ? Style.GOOD : percent < 54 ? Style.WARN : Style.BAD;
    }
}
