package voiptui.tui.widget;

import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** What is shown where a screen has no room. */
public final class TooSmall {

    private TooSmall() {}

    /** Says in the middle of the canvas how many columns and rows are needed. */
    public static void draw(Canvas canvas, int columns, int rows) {
        String words = "terminal too small (need " + columns + canvas.glyphs().by() + rows + ")";
        canvas.put(Math.max(0, (canvas.width() - words.length()) / 2), canvas.height() / 2, words, Style.WARN);
    }
}
