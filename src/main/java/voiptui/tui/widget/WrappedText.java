package voiptui.tui.widget;

import java.util.ArrayList;
import java.util.List;
import voiptui.tui.terminal.Canvas;

/** Text in rows. Pure. */
public final class WrappedText {

    private WrappedText() {}

    /** Returns the rows of a text, broken between words; a word that is longer than a row has one of its own. */
    public static List<String> lines(String text, int columns) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        for (String word : text.split(" ")) {
            if (row.length() > 0 && Canvas.columnsOf(row.toString()) + 1 + Canvas.columnsOf(word) > columns) {
                rows.add(row.toString());
                row.setLength(0);
            }
            row.append(row.length() == 0 ? "" : " ").append(word);
        }
        rows.add(row.toString());
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
