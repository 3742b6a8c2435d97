package voiptui.tui.widget;

import java.time.ZoneId;
import java.util.List;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Hyperlink;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;

/** A log with times of day, the newest line at the bottom; web addresses are links. Pure drawing. */
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
            Canvas row = canvas.part(0, i - first, canvas.width(), 1);
            row.put(0, 0, NumberText.timeOfDay(line.atMs(), zone), Style.LABEL);
            int columns = row.width() - TIME_COLUMNS;
            boolean fits = Canvas.columnsOf(line.text()) <= columns;
            row.put(TIME_COLUMNS, 0, line.text(), styleOf(line));
            for (Hyperlink.Place place : linksOf(line)) {
                int column = Canvas.columnsOf(line.text().substring(0, place.from()));
                // Of a text that is cut, the last column is the ellipsis.
                if (column + place.to() - place.from() <= (fits ? columns : columns - 1)) {
                    link(row, place, place.from(), place.to(), column, line);
                }
            }
        }
    }

    /** Draws as many rows for each line as it needs, broken between words. */
    public static void drawWrapped(LogLines log, ZoneId zone, Canvas canvas) {
        canvas.target(Target.scrolled());
        int row = canvas.height();
        for (int i = log.lines().size() - log.scrolledBack() - 1; i >= 0 && row > 0; i--) {
            LogLines.Line line = log.lines().get(i);
            List<WrappedText.Row> rows = WrappedText.rows(line.text(), canvas.width() - TIME_COLUMNS);
            int firstPart = Math.max(0, rows.size() - row);
            row -= rows.size();
            if (row >= 0) {
                canvas.put(0, row, NumberText.timeOfDay(line.atMs(), zone), Style.LABEL);
            }
            List<Hyperlink.Place> links = linksOf(line);
            for (int part = firstPart; part < rows.size(); part++) {
                WrappedText.Row text = rows.get(part);
                Canvas shown = canvas.part(0, row + part, canvas.width(), 1);
                shown.put(TIME_COLUMNS, 0, text.of(line.text()), styleOf(line));
                for (Hyperlink.Place place : links) {
                    int from = Math.max(place.from(), text.from());
                    int to = Math.min(place.to(), text.to());
                    if (from < to && place.from() >= rows.get(firstPart).from()) {
                        int column = Canvas.columnsOf(line.text().substring(text.from(), from));
                        link(shown, place, from, to, column, line);
                    }
                }
            }
        }
    }

    private static List<Hyperlink.Place> linksOf(LogLines.Line line) {
        return Hyperlink.in(line.text(), Long.toString(line.atMs(), Character.MAX_RADIX));
    }

    /** Draws a part of a link over the same text. */
    private static void link(Canvas row, Hyperlink.Place place, int from, int to, int column, LogLines.Line line) {
        row.link(TIME_COLUMNS + column, 0, line.text().substring(from, to), styleOf(line), place.link());
    }

    private static Style styleOf(LogLines.Line line) {
        return line.warning() ? Style.WARN : Style.TEXT;
    }
}
