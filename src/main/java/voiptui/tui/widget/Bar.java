package voiptui.tui.widget;

import java.util.function.DoubleFunction;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;

/** Bars and history charts. Pure drawing. */
public final class Bar {

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

    private static double clamp(double fraction) {
        return Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
    }
}
