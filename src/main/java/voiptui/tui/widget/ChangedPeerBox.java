package voiptui.tui.widget;

import org.jspecify.annotations.Nullable;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/**
 * A box that names the known and the new fingerprint of somebody, or says that they show none, and what that may mean. Pure
 * drawing.
 */
public final class ChangedPeerBox {

    /** Columns inside: a fingerprint has 50. */
    private static final int COLUMNS = 56;

    private static final int ROWS = 10;

    private ChangedPeerBox() {}

    /**
     * Draws the box, all but its last row.
     *
     * @param title the title of the box
     * @param headline the first line, printable
     * @param style the style of the first line
     * @param known the known fingerprint
     * @param shown the new one; null: none, and the call would not be encrypted
     * @return the last row inside, for the keys
     */
    public static Canvas draw(
            Canvas canvas, String title, String headline, Style style, String known, @Nullable String shown) {
        Canvas inside = Box.draw(canvas, title, COLUMNS, ROWS);
        inside.put(0, 0, " ".repeat(inside.width()), style);
        int indent = Math.max(0, (inside.width() - Canvas.columnsOf(headline)) / 2);
        inside.put(indent, 0, headline, style);
        inside.put(
                0, 2, shown == null ? "THIS CALL WOULD NOT BE ENCRYPTED" : "THEIR FINGERPRINT HAS CHANGED", Style.BAD);
        inside.put(0, 3, "was", Style.LABEL);
        inside.put(5, 3, known, Style.TEXT);
        inside.put(0, 4, "now", Style.LABEL);
        inside.put(5, 4, shown == null ? "none" : shown, Style.TITLE);
        inside.put(
                0,
                6,
                shown == null
                        ? "Earlier calls were. They use an old program, or somebody"
                        : "They have another computer, or somebody is in between",
                Style.TEXT);
        inside.put(
                0,
                7,
                shown == null
                        ? "in between wants to listen. Ask them in another way."
                        : "and could listen. Ask them in another way.",
                Style.TEXT);
        return inside.part(0, ROWS - 1, inside.width(), 1);
    }
}
