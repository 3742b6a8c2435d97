package voiptui.tui.terminal;

import java.util.Map;
import voiptui.tui.terminal.input.TerminalInput.BackgroundColor;

/** The background of a terminal, which decides the colors that can be read on it. */
public enum Background {
    /** Black, or nearly so. */
    DARK,
    /** White, or nearly so. */
    LIGHT;

    /** The relative luminance on which black and white text have the same contrast (WCAG 2.2). */
    private static final double MIDDLE_LUMINANCE = 0.179;

    private static final int FIRST_BRIGHT = 9;
    private static final int WHITE = 7;
    private static final int LAST = 15;

    /**
     * Returns what {@code COLORFGBG} says, as rxvt, Konsole and others set it: the background is its last number, one of the
     * sixteen colors. Dark without it.
     */
    public static Background of(Map<String, String> environment) {
        String colors = environment.getOrDefault("COLORFGBG", "");
        String last = colors.substring(colors.lastIndexOf(';') + 1);
        if (!last.matches("[0-9]{1,2}")) {
            return DARK;
        }
        int color = Integer.parseInt(last);
        return color == WHITE || color >= FIRST_BRIGHT && color <= LAST ? LIGHT : DARK;
    }

    /** Returns the background with this color. */
    public static Background of(BackgroundColor color) {
        return color.luminance() > MIDDLE_LUMINANCE ? LIGHT : DARK;
    }
}
