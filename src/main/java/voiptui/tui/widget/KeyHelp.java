package voiptui.tui.widget;

import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** A box in the middle of the screen that lists every key and what it does. Pure drawing. */
public final class KeyHelp {

    private static final int GAP = 2;

    private KeyHelp() {}

    /**
     * Draws the box, as wide as its text.
     *
     * @param keys a row for each key: the key, and what it does
     */
    public static void draw(Canvas canvas, String[][] keys) {
        int keyColumns = 0;
        int textColumns = 0;
        for (String[] key : keys) {
            keyColumns = Math.max(keyColumns, Canvas.columnsOf(key[0]) + GAP);
            textColumns = Math.max(textColumns, Canvas.columnsOf(key[1]));
        }
        Canvas inside = Box.draw(canvas, "Keys", keyColumns + textColumns, keys.length);
        for (int row = 0; row < keys.length; row++) {
            inside.put(0, row, keys[row][0], Style.ACCENT);
            inside.put(keyColumns, row, keys[row][1], Style.TEXT);
        }
    }
}
