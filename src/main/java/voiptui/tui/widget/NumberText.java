package voiptui.tui.widget;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import voiptui.event.CallEvent;
import voiptui.tui.terminal.Glyphs;

/**
 * Formats numbers for a screen, at a constant width where possible.
 *
 * <p>Does not use format patterns: they would be parsed about thirty times a frame.
 */
public final class NumberText {

    private NumberText() {}

    /** Formats a time of day: {@code 14:03:01}. */
    public static String timeOfDay(long atMs, ZoneId zone) {
        LocalTime time = LocalTime.ofInstant(Instant.ofEpochMilli(atMs), zone);
        return clock(time.getHour(), time.getMinute(), time.getSecond());
    }

    /** Formats a time of day without seconds: {@code 14:03}. */
    public static String minuteOfDay(long atMs, ZoneId zone) {
        return timeOfDay(atMs, zone).substring(0, 5);
    }

    /** Formats a duration: {@code 00:12:34} or {@code 12d 03:04:05}. */
    public static String duration(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        String days = seconds >= 86_400 ? seconds / 86_400 + "d " : "";
        return days + clock(seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    }

    /** Formats a duration in as few characters as it takes: {@code 0:31}, {@code 12:45}, {@code 1:02:03}. */
    public static String shortDuration(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        String rest = twoDigits(seconds % 60);
        return seconds < 3600
                ? seconds / 60 + ":" + rest
                : seconds / 3600 + ":" + twoDigits(seconds / 60 % 60) + ":" + rest;
    }

    private static String clock(long hours, long minutes, long seconds) {
        return twoDigits(hours) + ":" + twoDigits(minutes) + ":" + twoDigits(seconds);
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    /** Formats a level: {@code  -18 dBFS}; digital silence is minus infinity. */
    public static String dbfs(double level, Glyphs glyphs) {
        return right(level <= CallEvent.SILENCE_DBFS ? "-" + glyphs.infinity() : Long.toString(Math.round(level)), 4)
                + " dBFS";
    }

    /** Formats a gain with its sign: {@code +3 dB}. */
    public static String gain(double db) {
        long rounded = Math.round(db);
        return (rounded > 0 ? "+" : "") + rounded + " dB";
    }

    /** Formats a percentage: {@code  0.1 %}. */
    public static String percent(double percent) {
        return right(tenths(percent), 4) + " %";
    }

    /** Formats milliseconds to a tenth: {@code   1.9 ms}. */
    public static String ms(double ms) {
        return right(tenths(ms), 5) + " ms";
    }

    /** Formats milliseconds as seconds: {@code 1.9 s}, without the tenth from 1,000 s on. */
    public static String seconds(double ms) {
        return (ms < 1_000_000 ? tenths(ms / 1000) : Long.toString(Math.round(ms / 1000))) + " s";
    }

    /** Formats the whole seconds left until {@code atMs}, rounded up: {@code 3 s}; empty when that time has come. */
    public static String countdown(long atMs, long nowMs) {
        long leftMs = atMs - nowMs;
        return leftMs <= 0 ? "" : (leftMs + 999) / 1000 + " s";
    }

    /** Formats an age in a few letters: {@code 42 s}, {@code 12 min}, {@code 3 h}. */
    public static String ago(long ms) {
        long seconds = Math.max(0, ms) / 1000;
        return seconds < 100 ? seconds + " s" : seconds < 6000 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /** Formats a count: {@code 37,700}. */
    public static String count(long count) {
        StringBuilder digits = new StringBuilder(Long.toString(count));
        int first = count < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** Pads a text on the left to {@code columns}. */
    public static String right(String text, int columns) {
        return text.length() >= columns ? text : " ".repeat(columns - text.length()) + text;
    }

    private static String tenths(double number) {
        long tenths = Math.round(Math.abs(number) * 10);
        return (number < 0 && tenths > 0 ? "-" : "") + tenths / 10 + "." + tenths % 10;
    }
}
