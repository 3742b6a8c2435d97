package voiptui.tui.widget;

import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;

/** A box in the middle of the screen, over everything else. Pure drawing. */
public final class Box {

    /** Rows of the border. */
    static final int BORDER_ROWS = 2;

    private Box() {}

    /**
     * Draws the border with a title and clears the inside.
     *
     * @param innerWidth columns inside; fewer if the canvas is too small
     * @param innerHeight rows inside; fewer if the canvas is too small
     * @return the inside
     */
    public static Canvas draw(Canvas canvas, String name, int innerWidth, int innerHeight) {
        return draw(canvas, name, "", innerWidth, innerHeight);
    }

    /** As the other, with a detail at the end of the upper border; empty: none. */
    static Canvas draw(Canvas canvas, String name, String detail, int innerWidth, int innerHeight) {
        int width = Math.min(innerWidth + 4, canvas.width());
        int height = Math.min(innerHeight + BORDER_ROWS, canvas.height());
        Canvas box = canvas.part((canvas.width() - width) / 2, (canvas.height() - height) / 2, width, height);
        box.forgetTargets();
        box.clear();
        new BoxGrid(width, height).box(0, 0, width - 1, height - 1).draw(box);
        BoxGrid.title(box, 0, 0, width - 1, name, detail);
        return box.part(2, 1, width - 4, height - BORDER_ROWS);
    }
}
