package voiptui.tui.widget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** The last row of a screen: what can be pressed now. */
public final class KeyBar {

    private static final int GAP = 2;

    /**
     * One of the keys.
     *
     * @param key what is pressed
     * @param does what it does, in a word
     * @param rank what is left out first where room is short: the largest
     */
    public record Key(String key, String does, int rank) {

        private int columns() {
            return Canvas.columnsOf(key) + 1 + Canvas.columnsOf(does);
        }
    }

    private KeyBar() {}

    /** Draws the keys in their order, the important ones where not all of them fit. */
    public static void draw(Canvas row, List<Key> keys) {
        List<Key> fitting = new ArrayList<>();
        int columns = 1 - GAP;
        for (Key key : keys.stream().sorted(Comparator.comparingInt(Key::rank)).toList()) {
            if (columns + GAP + key.columns() <= row.width()) {
                columns += GAP + key.columns();
                fitting.add(key);
            }
        }
        int column = 1;
        for (Key key : keys) {
            if (fitting.contains(key)) {
                column = row.put(column, 0, key.key(), Style.ACCENT) + 1;
                column = row.put(column, 0, key.does(), Style.LABEL) + GAP;
            }
        }
    }

    /** Draws a question over the whole row. */
    public static void ask(Canvas row, String question) {
        for (int column = 0; column < row.width(); column++) {
            row.put(column, 0, ' ', Style.QUESTION);
        }
        row.put(1, 0, question, Style.QUESTION);
    }
}
