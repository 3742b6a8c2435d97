package voiptui.tui.widget;

import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;

/** A box in the middle of the screen, over everything else. Pure drawing. */
public final class Box {

    private Box() {}

    /**
     * Draws the border with a title and clears the inside.
     *
     * @param innerWidth columns inside; fewer if the canvas is too small
     * @param innerHeight rows inside; fewer if the canvas is too small
     * @return the inside
     */
    public static Canvas draw(Canvas canvas, String name, int innerWidth, int innerHeight) {
        int width = Math.min(innerWidth + 4, canvas.width());
        int height = Math.min(innerHeight + 2, canvas.height());
        Canvas box = canvas.part((canvas.width() - width) / 2, (canvas.height() - height) / 2, width, height);
        box.forgetTargets();
        box.clear();
        new BoxGrid(width, height).box(0, 0, width - 1, height - 1).draw(box);
        BoxGrid.title(box, 0, 0, width - 1, name, "");
        return box.part(2, 1, width - 4, height - 2);
    }
}
