package voiptui.tui.widget;

import java.util.ArrayList;
import java.util.List;
import voiptui.tui.terminal.Canvas;

/** Text in rows. Pure. */
public final class WrappedText {

    private WrappedText() {}

    /**
     * A row of a text.
     *
     * @param from the index of its first character in the text
     * @param to the index after its last one
     */
    public record Row(int from, int to) {

        /** Returns the row's part of the text. */
        public String of(String text) {
            return text.substring(from, to);
        }
    }

    /** Returns the rows of a text, broken between words; a word that is longer than a row has one of its own. */
    public static List<String> lines(String text, int columns) {
        return rows(text, columns, false).stream().map(row -> row.of(text)).toList();
    }

    /** Returns the rows of a text, broken between words, and within those that are longer than a row. */
    public static List<Row> rows(String text, int columns) {
        return rows(text, columns, true);
    }

    private static List<Row> rows(String text, int columns, boolean breaksWords) {
        List<Row> rows = new ArrayList<>();
        int from = 0;
        int to = 0;
        while (to < text.length()) {
            int word = text.charAt(to) == ' ' ? to + 1 : to;
            int space = text.indexOf(' ', word);
            int end = space < 0 ? text.length() : space;
            if (to > from && Canvas.columnsOf(text.substring(from, end)) > columns) {
                rows.add(new Row(from, to));
                from = word;
            }
            while (breaksWords && end - from > 1 && Canvas.columnsOf(text.substring(from, end)) > columns) {
                int fitting = from + 1;
                while (Canvas.columnsOf(text.substring(from, fitting + 1)) <= columns) {
                    fitting++;
                }
                rows.add(new Row(from, fitting));
                from = fitting;
            }
            to = end;
        }
        rows.add(new Row(from, to));
        return rows;
    }

    /**
     * Returns a text without those of its last parts, separated by semicolons or commas, that do not fit into {@code columns}; the
     * first part is always kept.
     */
    public static String fitting(String text, int columns) {
        String shorter = text;
        int end = text.length();
        while (end > 0 && Canvas.columnsOf(shorter) > columns) {
            end = Math.max(shorter.lastIndexOf("; "), shorter.lastIndexOf(", "));
            shorter = end > 0 ? shorter.substring(0, end) : shorter;
        }
        return shorter;
    }
}
