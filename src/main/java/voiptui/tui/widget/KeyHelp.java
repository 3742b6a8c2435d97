package voiptui.tui.widget;

import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** A box in the middle of the screen with every key and what it does. */
public final class KeyHelp {

    private KeyHelp() {}

    /**
     * Draws the box.
     *
     * @param keys a row for each: what is pressed, and what it does
     * @param keyColumns columns for what is pressed
     * @param columns columns in all, inside the box
     */
    public static void draw(Canvas canvas, String[][] keys, int keyColumns, int columns) {
        Canvas inside = Box.draw(canvas, "Keys", columns, keys.length);
        for (int row = 0; row < keys.length; row++) {
            inside.put(0, row, keys[row][0], Style.ACCENT);
            inside.put(keyColumns, row, keys[row][1], Style.TEXT);
        }
    }
}
