package voiptui.tui.terminal;

import java.util.Map;

/** The number of colors a terminal shows. */
public enum ColorDepth {
    /** None: bold and reverse only. */
    NONE,
    /** The eight colors of ECMA-48. */
    COLORS_8,
    /** The eight colors and their bright variants. */
    COLORS_16,
    /** The 256 colors of xterm. */
    COLORS_256;

    /**
     * Returns what the environment says about its terminal: {@code NO_COLOR} (no-color.org) first, then {@code COLORTERM} and {@code
     * TERM}. An unknown terminal is assumed to have sixteen colors.
     */
    public static ColorDepth of(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()
                || term.startsWith("vt")
                || term.endsWith("-m")
                || term.endsWith("-mono")) {
            return NONE;
        }
        if (!environment.getOrDefault("COLORTERM", "").isEmpty()
                || term.contains("256color")
                || term.contains("direct")) {
            return COLORS_256;
        }
        return term.equals("linux") || term.equals("screen") || term.equals("ansi") ? COLORS_8 : COLORS_16;
    }

    /** Returns this depth, or 16 colors if it has more. */
    public ColorDepth atMost16() {
        return this == COLORS_256 ? COLORS_16 : this;
    }
}
