package voiptui.tui;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import voiptui.event.CallEvent;

/** Numbers as people read them on a screen, of the same width whatever their value, as far as that goes. */
public final class Figures {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Figures() {
    }

    /** A time of day: {@code 14:03:01}. */
    public static String timeOfDay(long atMs, ZoneId zone) {
        return TIME.format(Instant.ofEpochMilli(atMs).atZone(zone));
    }

    /** A length of time: {@code 00:12:34}, or {@code 12d 03:04:05}. */
    public static String duration(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        String days = seconds >= 86_400 ? seconds / 86_400 + "d " : "";
        return days + String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    }

    /** A level: {@code  -18 dBFS}; digital silence is below every number. */
    public static String dbfs(double level, Glyphs glyphs) {
        return level <= CallEvent.SILENCE_DBFS ? String.format(Locale.ROOT, "%4s dBFS", "-" + glyphs.infinity())
                : String.format(Locale.ROOT, "%4d dBFS", Math.round(level));
    }

    /** A gain with its sign: {@code +3 dB}. */
    public static String gain(double db) {
        return String.format(Locale.ROOT, Math.round(db) == 0 ? "%d dB" : "%+d dB", Math.round(db));
    }

    /** A part of a hundred: {@code  0.1 %}. */
    public static String percent(double percent) {
        return String.format(Locale.ROOT, "%4.1f %%", percent);
    }

    /** Milliseconds to a tenth: {@code   1.9 ms}. */
    public static String ms(double ms) {
        return String.format(Locale.ROOT, "%5.1f ms", ms);
    }

    /** A length of time in seconds, to a tenth where that matters: {@code 1.9 s}. */
    public static String seconds(double ms) {
        return String.format(Locale.ROOT, ms < 1_000_000 ? "%.1f s" : "%.0f s", ms / 1000);
    }

    /** How long ago something was, in a few letters: {@code 42 s}, {@code 12 min}, {@code 3 h}. */
    public static String ago(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        return seconds < 100 ? seconds + " s" : seconds < 6000 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /** A number of things: {@code 37,700}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
