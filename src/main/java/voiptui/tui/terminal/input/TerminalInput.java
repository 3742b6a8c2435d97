package voiptui.tui.terminal.input;

import com.googlecode.lanterna.input.KeyStroke;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the user does at the terminal, and what the terminal reports. */
public sealed interface TerminalInput {

    /**
     * A key.
     *
     * @param phase what happens to it; {@link KeyPhase#PRESSED} where the terminal does not tell
     */
    record Key(KeyStroke key, KeyPhase phase) implements TerminalInput {

        /** A key that was pressed. */
        Key(KeyStroke key) {
            this(key, KeyPhase.PRESSED);
        }
    }

    /**
     * The mouse (XTerm Control Sequences, SGR mode 1006).
     *
     * @param does what it does
     * @param column where, from 0
     * @param row where, from 0
     */
    record Mouse(Does does, int column, int row) implements TerminalInput {

        /** What a mouse does. Movements, other buttons and what is done with Shift, Alt or Ctrl count as nothing. */
        public enum Does {
            /** The left button goes down. */
            CLICK,
            /** The wheel turns away from the user. */
            WHEEL_UP,
            /** The wheel turns towards the user. */
            WHEEL_DOWN
        }

        private static final Pattern REPORT = Pattern.compile("<([0-9]{1,3});([0-9]{1,4});([0-9]{1,4})");
        private static final int WHEEL = 64;

        /**
         * Returns what a mouse does by the report of a terminal; null: nothing.
         *
         * @param parameters what is between CSI and {@code M}
         */
        static @Nullable Mouse of(CharSequence parameters) {
            Matcher report = REPORT.matcher(parameters);
            if (!report.matches()) {
                return null;
            }
            int button = Integer.parseInt(report.group(1));
            int column = Integer.parseInt(report.group(2)) - 1;
            int row = Integer.parseInt(report.group(3)) - 1;
            Does does = button == 0
                    ? Does.CLICK
                    : button == WHEEL ? Does.WHEEL_UP : button == WHEEL + 1 ? Does.WHEEL_DOWN : null;
            return does == null || column < 0 || row < 0 ? null : new Mouse(does, column, row);
        }
    }

    /** The terminal gets the focus, or loses it (XTerm Control Sequences, mode 1004). */
    record Focus(boolean gained) implements TerminalInput {}

    /**
     * What a terminal reports about its keyboard when it is asked (kitty, Comprehensive keyboard handling in terminals).
     *
     * @param flags what it does beyond what all terminals do, one bit each
     */
    record KeyboardFlags(int flags) implements TerminalInput {

        private static final Pattern REPORT = Pattern.compile("\\?([0-9]{1,3})");

        /**
         * Returns the flags in the report of a terminal; null: it is another report.
         *
         * @param parameters what is between CSI and {@code u}
         */
        static @Nullable KeyboardFlags of(CharSequence parameters) {
            Matcher report = REPORT.matcher(parameters);
            return report.matches() ? new KeyboardFlags(Integer.parseInt(report.group(1))) : null;
        }
    }

    /**
     * Pasted text, which is never a command.
     *
     * @param text the text as the terminal sent it: with line ends and control characters, cut to {@value
     *     KeyDecoder#MAX_PASTE} characters
     */
    record Paste(String text) implements TerminalInput {}

    /**
     * The background, as the terminal reports it when it is asked. It counts as no key.
     *
     * @param red in sRGB, from 0 to 1, as the others
     */
    record BackgroundColor(double red, double green, double blue) implements TerminalInput {

        /** A color as XParseColor(3) writes it, with 4 to 16 bits each, and maybe an opacity. */
        private static final Pattern REPORT = Pattern.compile(
                "11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?");

        private static final int HEXADECIMAL = 16;

        /**
         * Returns the color in the report of a terminal; null: it is another report.
         *
         * @param command what is between OSC and its end (XTerm Control Sequences, OSC 11)
         */
        static @Nullable BackgroundColor of(CharSequence command) {
            Matcher report = REPORT.matcher(command);
            return report.matches()
                    ? new BackgroundColor(
                            fraction(report.group(1)), fraction(report.group(2)), fraction(report.group(3)))
                    : null;
        }

        private static double fraction(String digits) {
            return Integer.parseInt(digits, HEXADECIMAL) / (Math.pow(HEXADECIMAL, digits.length()) - 1);
        }

        /** Returns the relative luminance, from 0 to 1 (WCAG 2.2). */
        public double luminance() {
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        }

        private static double linear(double sRgb) {
            return sRgb <= 0.04045 ? sRgb / 12.92 : Math.pow((sRgb + 0.055) / 1.055, 2.4);
        }
    }
}
