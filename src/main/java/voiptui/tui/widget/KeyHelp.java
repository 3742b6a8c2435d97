package voiptui.tui.widget;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;

/** A box in the middle of the screen that lists every key and what it does. Pure drawing. */
public final class KeyHelp {

    private static final int GAP = 2;

    private KeyHelp() {}

    /** Returns whether a key shows the end of the list. */
    public static boolean showsEnd(KeyStroke key) {
        return switch (key.getKeyType()) {
            case ArrowDown, PageDown, End -> true;
            default -> false;
        };
    }

    /** Returns whether a key shows the beginning of the list. */
    public static boolean showsBeginning(KeyStroke key) {
        return switch (key.getKeyType()) {
            case ArrowUp, PageUp, Home -> true;
            default -> false;
        };
    }

    /**
     * Draws the box, as wide as its text.
     *
     * @param keys a row for each key: the key, and what it does
     */
    public static void draw(Canvas canvas, String[][] keys) {
        draw(canvas, keys, false);
    }

    /**
     * Draws the box, as wide as its text.
     *
     * @param keys a row for each key: the key, and what it does
     * @param fromEnd whether to show the last rows if there is no room for all of them, rather than the first ones
     */
    public static void draw(Canvas canvas, String[][] keys, boolean fromEnd) {
        int keyColumns = 0;
        int textColumns = 0;
        for (String[] key : keys) {
            keyColumns = Math.max(keyColumns, Canvas.columnsOf(key[0]) + GAP);
            textColumns = Math.max(textColumns, Canvas.columnsOf(key[1]));
        }
        int hidden = Math.max(0, keys.length + Box.BORDER_ROWS - canvas.height());
        String more = hidden == 0 ? "" : hidden + (fromEnd ? " more above: Up" : " more below: Down");
        Canvas inside = Box.draw(canvas, "Keys", more, keyColumns + textColumns, keys.length);
        inside.target(Target.scrolled());
        int first = fromEnd ? hidden : 0;
        for (int row = 0; row < inside.height(); row++) {
            inside.put(0, row, keys[first + row][0], Style.ACCENT);
            inside.put(keyColumns, row, keys[first + row][1], Style.TEXT);
        }
    }
}
