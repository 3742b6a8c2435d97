package voiptui.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.terminal.Terminal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes cells to a terminal: moves the cursor and changes the look only where the next cell needs it. For one frame, whose cells come
 * from left to right and from top to bottom. Owned by the UI thread.
 */
final class CellWriter {

    /** Begins and ends hyperlinks in a terminal. */
    @FunctionalInterface
    interface LinkOutput {

        /** Makes what is written from now on a link; null: an ordinary text. */
        void link(@Nullable Hyperlink link) throws IOException;
    }

    private final Terminal terminal;
    private final LinkOutput links;
    /** Where the next character would go; -1: not known. */
    private int column = -1;

    private int row = -1;
    /** The last cell written; null: none yet. */
    private @Nullable TextCharacter last;

    private @Nullable Hyperlink link;

    CellWriter(Terminal terminal, LinkOutput links) {
        this.terminal = terminal;
        this.links = links;
    }

    /** Writes a cell. */
    void put(int toColumn, int toRow, TextCharacter cell) throws IOException {
        // The first cell of a row does not follow from the last one of the row above: terminals differ in when they
        // wrap.
        if (toColumn != column || toRow != row) {
            terminal.setCursorPosition(toColumn, toRow);
        }
        Hyperlink wanted = cell instanceof Cell own ? own.link() : null;
        if (wanted != link) {
            links.link(wanted);
            link = wanted;
        }
        if (last == null || !looksAlike(last, cell)) {
            look(cell);
        }
        terminal.putString(cell.getCharacterString());
        last = cell;
        column = toColumn + (cell.isDoubleWidth() ? 2 : 1);
        row = toRow;
    }

    private static boolean looksAlike(TextCharacter one, TextCharacter other) {
        return one.getForegroundColor().equals(other.getForegroundColor())
                && one.getModifiers().equals(other.getModifiers());
    }

    private void look(TextCharacter cell) throws IOException {
        terminal.resetColorAndSGR();
        for (SGR modifier : cell.getModifiers()) {
            terminal.enableSGR(modifier);
        }
        if (cell.getForegroundColor() != TextColor.ANSI.DEFAULT) {
            terminal.setForegroundColor(cell.getForegroundColor());
        }
    }

    /** Ends the frame: what was written goes out, if anything was. */
    void finish() throws IOException {
        if (link != null) {
            links.link(null);
        }
        if (last != null) {
            terminal.flush();
        }
    }
}
