package voiptui.tui.terminal;

import com.googlecode.lanterna.TerminalTextUtils;
import com.googlecode.lanterna.TextCharacter;

/**
 * A rectangle of cells to draw on; what does not fit is cut.
 *
 * <p>Owned by the UI thread.
 */
public final class Canvas {

    /** Where the cells go. */
    @FunctionalInterface
    public interface Cells {

        /** Puts a character into the cell of that column and row, from 0. */
        void set(int column, int row, TextCharacter character);

        /** Notes what the mouse means in a row of cells; the last one counts. */
        default void target(int column, int row, int width, Target target) {}

        /** Forgets all that {@link #target} was told. */
        default void forgetTargets() {}
    }

    private final Cells cells;
    private final Theme theme;
    private final Glyphs glyphs;
    private final int left;
    private final int top;
    private final int width;
    private final int height;

    /**
     * Creates a canvas for the whole screen.
     *
     * @param width in columns
     * @param height in rows
     */
    public Canvas(Cells cells, Theme theme, Glyphs glyphs, int width, int height) {
        this(cells, theme, glyphs, 0, 0, width, height);
    }

    private Canvas(Cells cells, Theme theme, Glyphs glyphs, int left, int top, int width, int height) {
        this.cells = cells;
        this.theme = theme;
        this.glyphs = glyphs;
        this.left = left;
        this.top = top;
        this.width = Math.max(0, width);
        this.height = Math.max(0, height);
    }

    /** Returns a part of this canvas, given in its columns and rows and cut to it. */
    public Canvas part(int column, int row, int partWidth, int partHeight) {
        return new Canvas(
                cells,
                theme,
                glyphs,
                left + column,
                top + row,
                Math.min(partWidth, width - column),
                Math.min(partHeight, height - row));
    }

    /** Returns the width in columns. */
    public int width() {
        return width;
    }

    /** Returns the height in rows. */
    public int height() {
        return height;
    }

    /** Returns the characters that this terminal can show. */
    public Glyphs glyphs() {
        return glyphs;
    }

    /** Puts one character, if the cell is inside. */
    public void put(int column, int row, char character, Style style) {
        if (column >= 0 && column < width && row >= 0 && row < height) {
            cells.set(left + column, top + row, theme.character(glyphs.shown(character), style));
        }
    }

    /**
     * Puts a text in one row; a text that is too long ends in an ellipsis. Returns the column after it.
     *
     * <p>Wide characters take two columns; characters without width and control characters are left out.
     */
    public int put(int column, int row, String text, Style style) {
        boolean fits = column + columnsOf(text) <= width;
        int end = fits ? width : width - 1;
        int at = column;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            int columns = columnsOf(character);
            if (at + columns > end) {
                break;
            }
            if (columns > 0) {
                put(at, row, character, style);
            }
            at += columns;
        }
        if (!fits && at < width) {
            put(at, row, glyphs.cut(), style);
            at++;
        }
        return at;
    }

    /** Puts an address, or a part of it, as a link. What does not fit is cut, and is no ellipsis: only whole addresses are links. */
    public void link(int column, int row, String address, Style style, Hyperlink link) {
        for (int i = 0; i < address.length(); i++) {
            int at = column + i;
            if (at >= 0 && at < width && row >= 0 && row < height) {
                cells.set(left + at, top + row, theme.character(address.charAt(i), style, link));
            }
        }
    }

    /** Puts a text so that it ends before {@code endColumn}. */
    public void putRight(int endColumn, int row, String text, Style style) {
        put(Math.max(0, endColumn - columnsOf(text)), row, text, style);
    }

    /** Gives the mouse a meaning in a part of a row, as far as it is inside. */
    public void target(int column, int row, int columns, Target target) {
        int from = Math.max(0, column);
        int to = Math.min(width, column + columns);
        if (row >= 0 && row < height && from < to) {
            cells.target(left + from, top + row, to - from, target);
        }
    }

    /** Gives the mouse a meaning in all rows. */
    public void target(Target target) {
        for (int row = 0; row < height; row++) {
            target(0, row, width, target);
        }
    }

    /** Has the mouse mean nothing on the whole screen until it gets another meaning: what is drawn next covers it. */
    public void forgetTargets() {
        cells.forgetTargets();
    }

    /** Clears the canvas. */
    public void clear() {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                put(column, row, ' ', Style.TEXT);
            }
        }
    }

    /** Returns the number of columns a text takes. */
    public static int columnsOf(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); i++) {
            columns += columnsOf(text.charAt(i));
        }
        return columns;
    }

    private static int columnsOf(char character) {
        if (character >= ' ' && character <= '~') {
            return 1;
        }
        int type = Character.getType(character);
        boolean unseen = type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || type == Character.CONTROL
                || type == Character.SURROGATE;
        return unseen ? 0 : TerminalTextUtils.isCharDoubleWidth(character) ? 2 : 1;
    }
}
