package voiptui.tui.top;

import java.util.Locale;
import voiptui.tui.widget.NumberText;

/** Formats rates, ages and sizes in few columns. */
final class TopText {

    private static final long S_MS = 1000;
    private static final long MIN_MS = 60 * S_MS;
    private static final long HOUR_MS = 60 * MIN_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    private static final long KB = 1024;
    private static final long MB = 1024 * KB;
    private static final long GB = 1024 * MB;
    private static final String UNKNOWN = "-";

    private TopText() {}

    /** Formats a rate without decimals; a dash if it is unknown. */
    static String rate(double perS) {
        return perS < 0 ? UNKNOWN : NumberText.count(Math.round(perS));
    }

    /** Formats a duration: {@code 03:04:05}, or {@code 12d 03h} from a day on. */
    static String since(long ms) {
        return ms < DAY_MS
                ? NumberText.duration(ms)
                : ms / DAY_MS + String.format(Locale.ROOT, "d %02dh", ms % DAY_MS / HOUR_MS);
    }

    /** Formats an age: {@code 12 ms}, {@code 3.4 s}, {@code 42 s}, {@code 5 min}, {@code 2 h}. */
    static String ago(long ms) {
        if (ms < S_MS) {
            return ms + " ms";
        }
        if (ms < 10 * S_MS) {
            return ms / S_MS + "." + ms % S_MS / 100 + " s";
        }
        return ms < 2 * MIN_MS ? ms / S_MS + " s" : ms < 2 * HOUR_MS ? ms / MIN_MS + " min" : ms / HOUR_MS + " h";
    }

    /** Formats a size: {@code 512 kB}, {@code 58 MB}, {@code 12 GB}; a dash if it is unknown. Four digits at most below 10 TB. */
    static String bytes(long bytes) {
        if (bytes < 0) {
            return UNKNOWN;
        }
        return bytes < 10 * MB ? bytes / KB + " kB" : bytes < 10 * GB ? bytes / MB + " MB" : bytes / GB + " GB";
    }

    /** Formats a percentage: {@code  1.2 %}; a dash if it is unknown. */
    static String percent(double percent) {
        return percent < 0 ? UNKNOWN : NumberText.percent(percent);
    }
}
