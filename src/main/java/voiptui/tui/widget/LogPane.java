package voiptui.tui.widget;

import java.time.ZoneId;
import java.util.List;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;

/** A log with times of day, the newest line at the bottom. Pure drawing. */
public final class LogPane {

    private static final int TIME_COLUMNS = 10;

    private LogPane() {}

    /** Returns how far the log is scrolled, for the pane's title; empty if it follows the newest line. */
    public static String place(LogLines log) {
        return log.scrolledBack() == 0 ? "" : log.scrolledBack() + " newer below";
    }

    /** Draws one row for each line; long lines are cut. */
    public static void draw(LogLines log, ZoneId zone, Canvas canvas) {
        int end = log.lines().size() - log.scrolledBack();
        int first = Math.max(0, end - canvas.height());
        for (int i = first; i < end; i++) {
            LogLines.Line line = log.lines().get(i);
            drawRow(canvas, i - first, line, NumberText.timeOfDay(line.atMs(), zone), line.text());
        }
    }

    /** Draws as many rows for each line as it needs, broken between words. */
    public static void drawWrapped(LogLines log, ZoneId zone, Canvas canvas) {
        canvas.target(Target.scrolled());
        int row = canvas.height();
        for (int i = log.lines().size() - log.scrolledBack() - 1; i >= 0 && row > 0; i--) {
            LogLines.Line line = log.lines().get(i);
            List<String> rows = WrappedText.lines(line.text(), canvas.width() - TIME_COLUMNS);
            for (int part = rows.size() - 1; part >= 0 && row > 0; part--) {
                row--;
                drawRow(canvas, row, line, part == 0 ? NumberText.timeOfDay(line.atMs(), zone) : "", rows.get(part));
            }
        }
    }

    private static void drawRow(Canvas canvas, int row, LogLines.Line line, String time, String text) {
        canvas.put(0, row, time, Style.LABEL);
        canvas.put(TIME_COLUMNS, row, text, line.warning() ? Style.WARN : Style.TEXT);
    }
}
