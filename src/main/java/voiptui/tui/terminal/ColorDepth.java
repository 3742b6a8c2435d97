package voiptui.tui.terminal;

import java.util.Map;

/** How many colours a terminal shows. */
public enum ColorDepth {
    /** None: bold and reverse only. */
    NONE,
    /** The eight colours of ECMA-48. */
    COLORS_8,
    /** Those and their bright ones. */
    COLORS_16,
    /** The table of xterm. */
    COLORS_256;

    /**
     * What the environment says of its terminal: {@code NO_COLOR} (no-color.org) first, then {@code COLORTERM} and {@code
     * TERM}. A terminal that is not known is taken to have sixteen colours.
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
}
