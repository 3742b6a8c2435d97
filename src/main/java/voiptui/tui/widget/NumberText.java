package voiptui.tui.widget;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import voiptui.event.CallEvent;
import voiptui.tui.terminal.Glyphs;

/**
 * Numbers as people read them on a screen, of the same width whatever their value, as far as that goes.
 *
 * <p>Put together without patterns, which would be parsed anew for some thirty numbers in each frame.
 */
public final class NumberText {

    private NumberText() {}

    /** A time of day: {@code 14:03:01}. */
    public static String timeOfDay(long atMs, ZoneId zone) {
        LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(atMs), zone);
        return clock(time.getHour(), time.getMinute(), time.getSecond());
    }

    /** A length of time: {@code 00:12:34}, or {@code 12d 03:04:05}. */
    public static String duration(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        String days = seconds >= 86_400 ? seconds / 86_400 + "d " : "";
        return days + clock(seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    }

    private static String clock(long hours, long minutes, long seconds) {
        return twoDigits(hours) + ":" + twoDigits(minutes) + ":" + twoDigits(seconds);
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /** A level: {@code  -18 dBFS}; digital silence is below every number. */
    public static String dbfs(double level, Glyphs glyphs) {
        return right(level <= CallEvent.SILENCE_DBFS ? "-" + glyphs.infinity() : Long.toString(Math.round(level)), 4)
                + " dBFS";
    }

    /** A gain with its sign: {@code +3 dB}. */
    public static String gain(double db) {
        long rounded = Math.round(db);
        return (rounded > 0 ? "+" : "") + rounded + " dB";
    }

    /** A part of a hundred: {@code  0.1 %}. */
    public static String percent(double percent) {
        return right(tenths(percent), 4) + " %";
    }

    /** Milliseconds to a tenth: {@code   1.9 ms}. */
    public static String ms(double ms) {
        return right(tenths(ms), 5) + " ms";
    }

    /** A length of time in seconds, to a tenth where that matters: {@code 1.9 s}. */
    public static String seconds(double ms) {
        return (ms < 1_000_000 ? tenths(ms / 1000) : Long.toString(Math.round(ms / 1000))) + " s";
    }

    /** How long ago something was, in a few letters: {@code 42 s}, {@code 12 min}, {@code 3 h}. */
    public static String ago(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        return seconds < 100 ? seconds + " s" : seconds < 6000 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /** A number of things: {@code 37,700}. */
    public static String count(long count) {
        StringBuilder digits = new StringBuilder(Long.toString(count));
        int first = count < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** A text that ends at a column, where it is shorter. */
    public static String right(String text, int columns) {
        return text.length() >= columns ? text : " ".repeat(columns - text.length()) + text;
    }

    private static String tenths(double number) {
        long tenths = Math.round(Math.abs(number) * 10);
        return (number < 0 && tenths > 0 ? "-" : "") + tenths / 10 + "." + tenths % 10;
    }
}
