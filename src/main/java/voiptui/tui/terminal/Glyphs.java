package voiptui.tui.terminal;

import java.util.Locale;
import java.util.Map;

/** The characters for lines, bars and signs, by what the terminal's font has. */
public enum Glyphs {

    /** A terminal with a modern font. */
    UNICODE("╶╷╭╴─╮┬╵╰│├╯┴┤┼", "▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█", '·', '│', '●', '○', '▲', '…', "↑↓", "∞"),
    /** The Linux console, whose font has the characters of the original PC. */
    CONSOLE("─│┌──┐┬│└│├┘┴┤┼", "▌█", "_.:░▒▓█", '·', '│', '■', 'o', '!', '~', "^v", "inf"),
    /** ASCII only. */
    ASCII("-|+--++|+|+++++", "#", "_.:-=+*#", '.', '|', '*', 'o', '!', '~', "^v", "inf");

    private static final int BRAILLE_BLANK = 0x2800;
    /** The bits of the dots from bottom to top (Unicode Standard, 21.1). */
    private static final int[] BRAILLE_LEFT = {0x40, 0x04, 0x02, 0x01};

    private static final int[] BRAILLE_RIGHT = {0x80, 0x20, 0x10, 0x08};

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
     * Creates a set.
     *
     * @param lines lines to the right (1), down (2), left (4), up (8) and all their sums, from 1 to 15
     * @param barParts the last cell of a bar, from almost empty to full
     * @param heights a cell of a history, from low to full
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
     * Returns what the environment can show: ASCII if the locale is not UTF-8 ({@code LC_ALL}, {@code LC_CTYPE}, {@code LANG},
     * in this order), otherwise the set of the console or of a terminal, according to {@code TERM}.
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

    /** Returns a piece of a line; bits: 1 right, 2 down, 4 left, 8 up. */
    char line(int directions) {
        return directions == 0 ? ' ' : lines.charAt(directions - 1);
    }

    /** Returns the number of steps in a cell of a bar. */
    public int barSteps() {
        return barParts.length();
    }

    /** Returns a cell of a bar, filled to {@code step} of {@link #barSteps}; a blank for 0. */
    public char barPart(int step) {
        return step == 0 ? ' ' : barParts.charAt(step - 1);
    }

    /** Returns an empty cell of a bar. */
    public char barRest() {
        return barRest;
    }

    /** Returns the number of heights in a cell of a history. */
    public int heightSteps() {
        return heights.length();
    }

    /** Returns a cell of a history, filled to {@code step} of {@link #heightSteps}; a blank for 0. */
    public char height(int step) {
        return step == 0 ? ' ' : heights.charAt(step - 1);
    }

    /** Returns the mark on a bar. */
    public char mark() {
        return mark;
    }

    /** Returns the sign for something that works. */
    public char on() {
        return on;
    }

    /** Returns the sign for something awaited or offline. */
    public char off() {
        return off;
    }

    /** Returns the sign for a problem. */
    public char alert() {
        return alert;
    }

    /** Returns the ellipsis. */
    public char cut() {
        return cut;
    }

    /** Returns the arrows up and down. */
    public String arrows() {
        return arrows;
    }

    /** Returns infinity. */
    public String infinity() {
        return infinity;
    }

    /** Returns whether the font has the Braille patterns (Unicode block U+2800). */
    public boolean hasBraille() {
        return this == UNICODE;
    }

    /**
     * Returns a cell with two columns of dots, filled from below.
     *
     * @param left how many dots of the left column, of 4; fewer than 0 is 0, more is 4
     * @param right the same for the right column
     */
    public static char braille(int left, int right) {
        int dots = 0;
        for (int dot = 0; dot < 4; dot++) {
            dots |= dot < left ? BRAILLE_LEFT[dot] : 0;
            dots |= dot < right ? BRAILLE_RIGHT[dot] : 0;
        }
        return dots == 0 ? ' ' : (char) (BRAILLE_BLANK + dots);
    }

    /** Returns a piece of a horizontal line. */
    public char plainLine() {
        return line(5);
    }

    /** Returns a piece of a horizontal line that stands out. */
    public char doubleLine() {
        return this == UNICODE ? '═' : '=';
    }

    /** Returns the mark of somebody who is verified. */
    public char check() {
        return this == UNICODE ? '✓' : '+';
    }

    /** Returns the multiplication sign. */
    public char by() {
        return this == ASCII ? 'x' : '×';
    }

    /** Returns what separates two parts of a title. */
    public char dot() {
        return this == ASCII ? '-' : '·';
    }

    /** Returns the mark of a favorite. */
    public char star() {
        return this == UNICODE ? '★' : '*';
    }

    /** Returns the sign for somebody who is there, but busy. */
    public char half() {
        return this == UNICODE ? '◐' : this == CONSOLE ? '░' : '%';
    }

    /** Returns what points to the selected row. */
    public char pointer() {
        return this == UNICODE ? '▶' : '>';
    }

    /** Returns the sign for something that goes out. */
    public char outgoing() {
        return this == UNICODE ? '→' : '>';
    }

    /** Returns the sign for something that comes in. */
    public char incoming() {
        return this == UNICODE ? '←' : '<';
    }

    /** Returns the character, or a question mark if it cannot be shown. */
    char shown(char character) {
        return this == UNICODE || character < 128 || this == CONSOLE && character < 256 || isOwn(character)
                ? character
                : '?';
    }

    private boolean isOwn(char character) {
        return this == CONSOLE && (lines + barParts + heights + barRest + on + off + cut).indexOf(character) >= 0;
    }
}
