package voiptui.tui.widget;

import java.util.function.DoubleFunction;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;

/** Bars and history charts. Pure drawing. */
public final class Bar {

    /** Fewer rows look better in blocks, which have eight steps each. */
    private static final int BRAILLE_ROWS = 3;

    private Bar() {}

    /**
     * Draws a bar that fills a row from the left.
     *
     * @param fraction the filled part, from 0 to 1
     * @param styleAt the style of a filled cell, by its position from 0 to 1
     */
    public static void draw(Canvas row, double fraction, DoubleFunction<Style> styleAt) {
        Glyphs glyphs = row.glyphs();
        int steps = glyphs.barSteps();
        int filled = (int) Math.round(clamp(fraction) * row.width() * steps);
        for (int column = 0; column < row.width(); column++) {
            int part = Math.max(0, Math.min(steps, filled - column * steps));
            if (part == 0) {
                row.put(column, 0, glyphs.barRest(), Style.FAINT);
            } else {
                row.put(column, 0, glyphs.barPart(part), styleAt.apply((column + 0.5) / row.width()));
            }
        }
    }

    /** Marks a position in a row, from 0 at the left to 1 at the right. */
    public static void mark(Canvas row, double fraction, Style style) {
        int column = (int) Math.min(row.width() - 1, clamp(fraction) * row.width());
        row.put(column, 0, row.glyphs().mark(), style);
    }

    /**
     * Draws the latest values from left to right, the newest at the right edge, over all rows of the canvas.
     *
     * @param full the value that fills the whole height; greater values do, too
     * @param styleOf the style of a value
     */
    public static void history(Canvas canvas, History values, double full, DoubleFunction<Style> styleOf) {
        Glyphs glyphs = canvas.glyphs();
        int steps = glyphs.heightSteps();
        int shown = Math.min(values.size(), canvas.width());
        for (int i = 0; i < shown; i++) {
            double value = values.latest(shown - 1 - i);
            int column = canvas.width() - shown + i;
            // Zero stays visible: a second without loss is a reading, too.
            int filled = Math.max(1, (int) Math.round(clamp(value / full) * steps * canvas.height()));
            if (value > 0 && filled == 1) {
                filled = 2;
            }
            for (int row = 0; row < canvas.height(); row++) {
                int below = (canvas.height() - 1 - row) * steps;
                int part = Math.max(0, Math.min(steps, filled - below));
                if (part > 0) {
                    canvas.put(column, row, glyphs.height(part), value > 0 ? styleOf.apply(value) : Style.FAINT);
                }
            }
        }
    }

    /** Returns how many values {@link #chart} shows in a column. */
    public static int valuesPerColumn(Canvas canvas) {
        return usesBraille(canvas) ? 2 : 1;
    }

    private static boolean usesBraille(Canvas canvas) {
        return canvas.height() >= BRAILLE_ROWS && canvas.glyphs().hasBraille();
    }

    /**
     * Draws as {@link #history} does, but in Braille dots where there are some rows and the font has them: two values side by
     * side and four steps in each cell.
     *
     * @param full the value that fills the whole height; greater values do, too
     * @param styleOf the style of a value; in a cell with two, that of the greater
     */
    public static void chart(Canvas canvas, History values, double full, DoubleFunction<Style> styleOf) {
        if (!usesBraille(canvas)) {
            history(canvas, values, full, styleOf);
            return;
        }
        int dots = 4 * canvas.height();
        int columns = Math.min(canvas.width(), (values.size() + 1) / 2);
        for (int back = 0; back < columns; back++) {
            double right = values.latest(2 * back);
            double left = 2 * back + 1 < values.size() ? values.latest(2 * back + 1) : 0;
            int leftDots = 2 * back + 1 < values.size() ? dotsOf(left, full, dots) : 0;
            int rightDots = dotsOf(right, full, dots);
            Style style = Math.max(left, right) > 0 ? styleOf.apply(Math.max(left, right)) : Style.FAINT;
            for (int row = 0; row < canvas.height(); row++) {
                int below = 4 * (canvas.height() - 1 - row);
                char cell = Glyphs.braille(leftDots - below, rightDots - below);
                if (cell != ' ') {
                    canvas.put(canvas.width() - 1 - back, row, cell, style);
                }
            }
        }
    }

    private static int dotsOf(double value, double full, int dots) {
        return Math.max(1, (int) Math.round(clamp(value / full) * dots));
    }

    private static double clamp(double fraction) {
        return Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
    }
}
