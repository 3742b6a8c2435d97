package voiptui.tui.widget;

import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a log, the newest last. Immutable.
 *
 * @param lines the lines kept
 * @param scrolledBack the number of lines below what is shown; 0 follows the newest
 */
public record LogLines(List<Line> lines, int scrolledBack) {

    /** An empty log. */
    public static final LogLines EMPTY = new LogLines(List.of(), 0);

    /** The most lines kept. */
    public static final int CAPACITY = 1000;

    private static final int PAGE_LINES = 8;

    /**
     * A line.
     *
     * @param atMs when it was logged, in milliseconds since 1970
     * @param text the text
     * @param warning whether it is highlighted
     */
    public record Line(long atMs, String text, boolean warning) {}

    /** Returns a log with another line; what a scrolled-back log shows stays in place. */
    public LogLines with(Line line) {
        List<Line> more = new ArrayList<>(lines.subList(lines.size() == CAPACITY ? 1 : 0, lines.size()));
        more.add(line);
        return new LogLines(List.copyOf(more), scrolledBack == 0 ? 0 : bounded(scrolledBack + 1, more.size()));
    }

    /** Returns the log after a key; the same log for keys that do not scroll. */
    public LogLines after(KeyType key) {
        return switch (key) {
            case ArrowUp -> scrolled(1);
            case ArrowDown -> scrolled(-1);
            case PageUp -> scrolled(PAGE_LINES);
            case PageDown -> scrolled(-PAGE_LINES);
            case Home -> scrolled(CAPACITY);
            case End -> new LogLines(lines, 0);
            default -> this;
        };
    }

    /** Returns the log scrolled by that many lines; positive: towards the oldest. */
    private LogLines scrolled(int by) {
        return new LogLines(lines, bounded(scrolledBack + by, lines.size()));
    }

    private static int bounded(int back, int size) {
        return Math.max(0, Math.min(back, size - 1));
    }
}
