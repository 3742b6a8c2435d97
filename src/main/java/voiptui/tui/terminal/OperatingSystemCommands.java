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

    /** The most characters of a title or a notification. */
    static final int MAX_TEXT = 80;

    /** The values of {@code TERM_PROGRAM} of terminals that show the text of OSC 9 as a notification. */
    private static final Set<String> OSC_9_PROGRAMS = Set.of("iTerm.app", "WezTerm", "ghostty");

    private OperatingSystemCommands() {}

    /** Keeps the title of the window, and of its icon (XTWINOPS 22, XTerm Control Sequences), and sets another one. */
    static String pushTitle(String title) {
        return "\033[22;0t" + title(title);
    }

    /** Returns to the title that was kept (XTWINOPS 23); terminals that keep none show the program's name. */
    static String popTitle() {
        return title("voiptui") + "\033[23;0t";
    }

    /** Sets the title of the window and of its icon (OSC 0). */
    static String title(String title) {
        return "\033]0;" + plain(title) + ST;
    }

    /**
     * Returns what makes the terminal of that environment show a notification on the desktop; empty if none is known to. A
     * multiplexer passes none on: tmux only if it is set up to, and GNU screen has a length limit.
     */
    static String notification(Map<String, String> environment, String text) {
        String term = environment.getOrDefault("TERM", "");
        boolean multiplexed = environment.containsKey("TMUX")
                || environment.containsKey("STY")
                || term.startsWith("tmux")
                || term.startsWith("screen");
        if (multiplexed || !areTaken(environment)) {
            return "";
        }
        if (term.equals("xterm-kitty")) {
            return "\033]99;i=voiptui;" + plain(text) + ST;
        }
        if (term.startsWith("foot") || term.startsWith("rxvt-unicode")) {
            return "\033]777;notify;voiptui;" + plain(text) + ST;
        }
        boolean takesOsc9 = OSC_9_PROGRAMS.contains(environment.getOrDefault("TERM_PROGRAM", ""))
                || environment.getOrDefault("LC_TERMINAL", "").equals("iTerm2")
                || term.equals("wezterm")
                || term.equals("xterm-ghostty");
        return takesOsc9 ? "\033]9;" + plain(text) + ST : "";
    }

    /** Returns a text without what could end or split a command: control characters, what cannot be seen, and semicolons. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(MAX_TEXT).forEach(c -> {
            int type = Character.getType(c);
            boolean unseen = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.PRIVATE_USE
                    || type == Character.UNASSIGNED
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            plain.appendCodePoint(unseen ? '?' : c == ';' ? ',' : c);
        });
        return plain.toString();
    }

    /** Returns whether the terminal of that environment takes them, or ignores them as a whole. */
    public static boolean areTaken(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        return !WITHOUT.contains(term)
                && !term.startsWith("vt")
                && !term.startsWith("cons")
                && !term.startsWith("eterm");
    }
}
