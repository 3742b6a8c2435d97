package voiptui.tui.terminal;

import java.util.Locale;
import java.util.Map;

/** The characters that lines, bars and signs are made of: what a terminal's font has. */
public enum Glyphs {

    /** A terminal with a font of today. */
    UNICODE("╶╷╭╴─╮┬╵╰│├╯┴┤┼", "▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█", '·', '│', '●', '○', '▲', '…', "↑↓", "∞"),
    /** The Linux console, whose font has the signs of the first PC. */
    CONSOLE("─│┌──┐┬│└│├┘┴┤┼", "▌█", "_.:░▒▓█", '·', '│', '■', 'o', '!', '~', "^v", "inf"),
    /** Nothing but ASCII. */
    ASCII("-|+--++|+|+++++", "#", "_.:-=+*#", '.', '|', '*', 'o', '!', '~', "^v", "inf");

    private final String lines;
    private final String barParts;
    private final String heights;
    private final char barRest;
    private final char mark;
    private final char on;
    private final char off;
    private final char alert;
    private final char cut;
    private final String arrows;
    private final String infinity;

    /**
     * Makes a set.
     *
     * @param lines what leads to the right (1), down (2), left (4), up (8) and all their sums, from 1 to 15
     * @param barParts the last cell of a bar, from least to full
     * @param heights a cell of a history, from lowest to full
     */
    Glyphs(
            String lines,
            String barParts,
            String heights,
            char barRest,
            char mark,
            char on,
            char off,
            char alert,
            char cut,
            String arrows,
            String infinity) {
        this.lines = lines;
        this.barParts = barParts;
        this.heights = heights;
        this.barRest = barRest;
        this.mark = mark;
        this.on = on;
        this.off = off;
        this.alert = alert;
        this.cut = cut;
        this.arrows = arrows;
        this.infinity = infinity;
    }

    /**
     * What the environment can show: ASCII where the locale is not UTF-8 ({@code LC_ALL}, {@code LC_CTYPE}, {@code LANG},
     * in this order), the console's where {@code TERM} says so.
     */
    public static Glyphs of(Map<String, String> environment) {
        String locale = "";
        for (String variable : new String[] {"LANG", "LC_CTYPE", "LC_ALL"}) {
            String value = environment.getOrDefault(variable, "");
            locale = value.isEmpty() ? locale : value;
        }
        String charset = locale.toLowerCase(Locale.ROOT);
        if (!charset.contains("utf-8") && !charset.contains("utf8")) {
            return ASCII;
        }
        return environment.getOrDefault("TERM", "").equals("linux") ? CONSOLE : UNICODE;
    }

    /** A piece of a line that leads where the bits say: 1 right, 2 down, 4 left, 8 up. */
    char line(int directions) {
        return directions == 0 ? ' ' : lines.charAt(directions - 1);
    }

    /** How many steps a cell of a bar has. */
    public int barSteps() {
        return barParts.length();
    }

    /** A cell of a bar, filled to {@code step} of {@link #barSteps}; a blank for 0. */
    public char barPart(int step) {
        return step == 0 ? ' ' : barParts.charAt(step - 1);
    }

    /** A cell of a bar that is empty. */
    public char barRest() {
        return barRest;
    }

    /** How many heights a cell of a history has. */
    public int heightSteps() {
        return heights.length();
    }

    /** A cell of a history, filled to {@code step} of {@link #heightSteps}; a blank for 0. */
    public char height(int step) {
        return step == 0 ? ' ' : heights.charAt(step - 1);
    }

    /** A place on a bar. */
    public char mark() {
        return mark;
    }

    /** In front of what works. */
    public char on() {
        return on;
    }

    /** In front of what is waited for. */
    public char off() {
        return off;
    }

    /** In front of what is wrong. */
    public char alert() {
        return alert;
    }

    /** In place of what is left out. */
    public char cut() {
        return cut;
    }

    /** Up and down. */
    public String arrows() {
        return arrows;
    }

    /** Without end. */
    public String infinity() {
        return infinity;
    }

    /** Between the two sides of a rectangle. */
    public char by() {
        return this == ASCII ? 'x' : '×';
    }

    /** {@code character}, or what stands for it where it cannot be shown. */
    char shown(char character) {
        return this == UNICODE || character < 128 || this == CONSOLE && character < 256 || isOwn(character)
                ? character
                : '?';
    }

    private boolean isOwn(char character) {
        return this == CONSOLE && (lines + barParts + heights + barRest + on + off + cut).indexOf(character) >= 0;
    }
}
