package voiptui.tui.widget;

import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** The place of the rows shown in a longer list, in one column. Pure drawing. */
public final class ScrollBar {

    private ScrollBar() {}

    /**
     * Draws a bar as high as the canvas; nothing if all rows are shown.
     *
     * @param first the first row shown
     * @param size the number of rows, shown or not
     */
    public static void draw(Canvas column, int first, int size) {
        int height = column.height();
        if (size <= height) {
            return;
        }
        int thumb = Math.max(1, height * height / size);
        int from = (int) Math.round((double) first / (size - height) * (height - thumb));
        for (int row = 0; row < height; row++) {
            boolean filled = row >= from && row < from + thumb;
            char cell = filled
                    ? column.glyphs().barPart(column.glyphs().barSteps())
                    : column.glyphs().barRest();
            column.put(0, row, cell, filled ? Style.LABEL : Style.FAINT);
        }
    }
}
