package voiptui.tui.terminal;

import java.util.Map;
import java.util.Set;

/** What a terminal is told or asked with OSC (ECMA-48, 8.3.89; XTerm Control Sequences). Pure. */
public final class OperatingSystemCommands {

    private static final String ST = "\033\\";

    /** Asks for the color of the background. */
    static final String ASK_BACKGROUND = "\033]11;?" + ST;

    /** Types of terminals that print what they do not understand, or end it too early. */
    private static final Set<String> WITHOUT = Set.of("", "dumb", "unknown", "linux", "ansi", "sun", "cygwin");

    private OperatingSystemCommands() {}

    /** Returns whether the terminal of that environment takes them, or ignores them as a whole. */
    public static boolean areTaken(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        return !WITHOUT.contains(term)
                && !term.startsWith("vt")
                && !term.startsWith("cons")
                && !term.startsWith("eterm");
    }
}
