package voiptui.tui.widget;

import com.googlecode.lanterna.input.KeyStroke;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import voiptui.tui.key.KeyName;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;

/** The last row of a screen: the keys that do something now. Pure drawing. */
public final class KeyBar {

    /** What the help shows: any key closes it. */
    public static final List<Key> CLOSE_HELP = List.of(new Key("any key", "close", 0));

    private static final int GAP = 2;
    private static final int ANSWER_GAP = 3;

    /**
     * A key.
     *
     * @param key what is pressed
     * @param does what it does, in a word or two
     * @param rank the keys with the highest rank are left out first where space is short
     */
    public record Key(String key, String does, int rank) {

        private int columns() {
            return Canvas.columnsOf(key) + 1 + Canvas.columnsOf(does);
        }
    }

    private KeyBar() {}

    /** Draws the keys in order; where not all fit, whole keys are left out by rank. */
    public static void draw(Canvas row, List<Key> keys) {
        // By identity: the first comparison of records would delay the first picture by 15 ms.
        Set<Key> fitting = Collections.newSetFromMap(new IdentityHashMap<>());
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
                int from = column;
                column = row.put(column, 0, key.key(), Style.ACCENT) + 1;
                column = row.put(column, 0, key.does(), Style.LABEL);
                target(row, from, column - from, key.key());
                column += GAP;
            }
        }
    }

    /** Returns the key that opens the help. */
    public static Key help(String key) {
        return new Key(key, "help", 1);
    }

    /**
     * Returns the keys of a log at full height.
     *
     * @param log the key that shows and hides it
     */
    public static List<Key> forLog(String log, String arrows, Key help, Key quit) {
        return List.of(
                new Key(log, "back", 0),
                new Key(arrows, "scroll", 1),
                new Key("Home", "oldest", 2),
                new Key("End", "newest", 3),
                help,
                quit);
    }

    /** Has a click press the key; of two keys, such as {@code +-}, the one that is clicked. */
    private static void target(Canvas row, int from, int columns, String shown) {
        KeyStroke key = KeyName.shown(shown);
        if (key != null) {
            row.target(from, 0, columns, new Target.Key(key));
        } else if (shown.length() == 2) {
            target(row, from, 1, shown.substring(0, 1));
            target(row, from + 1, columns - 1, shown.substring(1));
        }
    }

    /**
     * Draws a question, or a notice, over the whole row.
     *
     * @param answers the keys that answer it, as {@code q or Enter: yes}
     */
    public static void ask(Canvas row, String question, String... answers) {
        row.forgetTargets();
        for (int column = 0; column < row.width(); column++) {
            row.put(column, 0, ' ', Style.QUESTION);
        }
        int column = row.put(1, 0, question, Style.QUESTION) + ANSWER_GAP;
        for (String answer : answers) {
            int from = column;
            column = row.put(from, 0, answer, Style.QUESTION);
            target(row, from, column - from, answer.replaceFirst("( or .*)?:.*", ""));
            column += ANSWER_GAP;
        }
    }
}
