package voiptui.tui.terminal.input;

import com.googlecode.lanterna.input.KeyStroke;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the user does at the terminal, and what the terminal reports. */
public sealed interface TerminalInput {

    /** A key that was pressed. */
    record Key(KeyStroke key) implements TerminalInput {}

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
