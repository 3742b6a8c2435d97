package voiptui.tui.terminal;

/**
 * A grid of box-drawing lines, drawn as a whole so that each crossing gets the right character. UI thread.
 */
public final class BoxGrid {

    private static final int RIGHT = 1;
    private static final int DOWN = 2;
    private static final int LEFT = 4;
    private static final int UP = 8;

    private final int width;
    /** Where the lines of each cell lead, row by row. */
    private final byte[] directions;

    /** Creates an empty grid of that many columns and rows. */
    public BoxGrid(int width, int height) {
        this.width = width;
        this.directions = new byte[width * height];
    }

    /** Adds a horizontal line between two columns, both included. */
    public BoxGrid horizontal(int row, int from, int to) {
        for (int column = from; column <= to; column++) {
            directions[row * width + column] |= (byte) ((column > from ? LEFT : 0) | (column < to ? RIGHT : 0));
        }
        return this;
    }

    /** Adds a vertical line between two rows, both included. */
    public BoxGrid vertical(int column, int from, int to) {
        for (int row = from; row <= to; row++) {
            directions[row * width + column] |= (byte) ((row > from ? UP : 0) | (row < to ? DOWN : 0));
        }
        return this;
    }

    /** Adds the four sides of a rectangle. */
    public BoxGrid box(int leftColumn, int topRow, int rightColumn, int bottomRow) {
        return horizontal(topRow, leftColumn, rightColumn)
                .horizontal(bottomRow, leftColumn, rightColumn)
                .vertical(leftColumn, topRow, bottomRow)
                .vertical(rightColumn, topRow, bottomRow);
    }

    /** Draws the grid; cells without a line stay as they are. */
    public void draw(Canvas canvas) {
        for (int cell = 0; cell < directions.length; cell++) {
            if (directions[cell] != 0) {
                canvas.put(cell % width, cell / width, canvas.glyphs().line(directions[cell]), Style.FAINT);
            }
        }
    }

    /** Returns what is inside four borders, less a blank column on each side. */
    public static Canvas inside(Canvas canvas, int left, int top, int right, int bottom) {
        return canvas.part(left + 2, top + 1, right - left - 3, bottom - top - 1);
    }

    /**
     * Draws a title at the start of a horizontal line, and a detail at its end.
     *
     * @param from the line's first column
     * @param to its last column
     */
    public static void title(Canvas canvas, int row, int from, int to, String name, String detail) {
        title(canvas, row, from, to, name, detail, Style.LABEL);
    }

    /**
     * Draws a title at the start of a horizontal line, and a detail at its end.
     *
     * @param from the line's first column
     * @param to its last column
     * @param style the style of the detail
     */
    public static void title(Canvas canvas, int row, int from, int to, String name, String detail, Style style) {
        int end = canvas.put(from + 2, row, " " + name + " ", Style.TITLE);
        int room = to - end - 4;
        if (!detail.isEmpty() && room >= 6) {
            int columns = Math.min(Canvas.columnsOf(detail), room);
            canvas.part(to - columns - 3, row, columns + 2, 1).put(0, 0, " ", Style.LABEL);
            canvas.part(to - columns - 2, row, columns, 1).put(0, 0, detail, style);
            canvas.put(to - 2, row, ' ', Style.LABEL);
        }
    }
}
