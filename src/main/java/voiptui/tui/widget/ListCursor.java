package voiptui.tui.widget;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import voiptui.tui.key.Keys;

/** Moving a selection through a list that may be longer than the screen. Pure. */
public final class ListCursor {

    private ListCursor() {}

    /**
     * Returns the row selected after a key.
     *
     * @param row the selected row; negative if none is
     * @param size the number of rows, at least 1
     * @param pageRows how far PgUp and PgDn go
     * @return the same row for keys that do not move
     */
    public static int after(KeyType key, int row, int size, int pageRows) {
        return switch (key) {
            case ArrowUp -> row < 0 ? 0 : bounded(row - 1, size);
            case ArrowDown -> row < 0 ? 0 : bounded(row + 1, size);
            case PageUp -> bounded(Math.max(0, row) - pageRows, size);
            case PageDown -> bounded(Math.max(0, row) + pageRows, size);
            case Home -> 0;
            case End -> size - 1;
            default -> row;
        };
    }

    /** Returns the type of a key in a list: {@code j}, {@code k}, {@code g} and {@code G} are arrow down, arrow up, Home and End. */
    public static KeyType typeOf(KeyStroke key) {
        if (!Keys.isPlain(key)) {
            return key.getKeyType();
        }
        return switch (key.getCharacter()) {
            case 'j' -> KeyType.ArrowDown;
            case 'k' -> KeyType.ArrowUp;
            case 'g' -> KeyType.Home;
            case 'G' -> KeyType.End;
            default -> KeyType.Character;
        };
    }

    private static int bounded(int row, int size) {
        return Math.max(0, Math.min(size - 1, row));
    }

    /** Returns the first row shown: the selected one is in the middle, as far as both ends allow. */
    public static int firstShown(int row, int size, int shown) {
        return Math.max(0, Math.min(row - shown / 2, size - shown));
    }
}
