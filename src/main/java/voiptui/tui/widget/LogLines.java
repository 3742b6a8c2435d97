package voiptui.tui.widget;

import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened, the newest last.
 *
 * @param lines the lines that are kept
 * @param scrolledBack how many of the newest are below what is shown; 0 follows the newest
 */
public record LogLines(List<Line> lines, int scrolledBack) {

    /** Nothing yet. */
    public static final LogLines EMPTY = new LogLines(List.of(), 0);

    /** The most lines kept. */
    public static final int CAPACITY = 1000;

    private static final int PAGE_LINES = 8;

    /**
     * One of them.
     *
     * @param atMs when it happened
     * @param text what to say about it
     * @param warning whether to look at it
     */
    public record Line(long atMs, String text, boolean warning) {}

    /** With another line. Who has scrolled back keeps seeing what he was looking at. */
    public LogLines with(Line line) {
        List<Line> more = new ArrayList<>(lines.subList(lines.size() == CAPACITY ? 1 : 0, lines.size()));
        more.add(line);
        return new LogLines(List.copyOf(more), scrolledBack == 0 ? 0 : bounded(scrolledBack + 1, more.size()));
    }

    /** As a key scrolls them; these very lines for keys that do not. */
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

    /** Scrolled by so many lines, towards the oldest where positive. */
    private LogLines scrolled(int by) {
        return new LogLines(lines, bounded(scrolledBack + by, lines.size()));
    }

    private static int bounded(int back, int size) {
        return Math.max(0, Math.min(back, size - 1));
    }
}
