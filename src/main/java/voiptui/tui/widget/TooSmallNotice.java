package voiptui.tui.widget;

import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** The smallest screen there is a layout for, and what a smaller one shows instead. */
public final class TooSmallNotice {

    /** The least width in columns. */
    public static final int MIN_WIDTH = 60;
    /** The least height in rows. */
    public static final int MIN_HEIGHT = 16;

    private TooSmallNotice() {}

    /** Returns whether a screen of that size can be laid out. */
    public static boolean fits(Canvas canvas) {
        return canvas.width() >= MIN_WIDTH && canvas.height() >= MIN_HEIGHT;
    }

    /** Draws the size needed in the middle of the canvas. */
    public static void draw(Canvas canvas) {
        String text = "terminal too small (need " + MIN_WIDTH + canvas.glyphs().by() + MIN_HEIGHT + ")";
        canvas.put(Math.max(0, (canvas.width() - text.length()) / 2), canvas.height() / 2, text, Style.WARN);
    }
}
