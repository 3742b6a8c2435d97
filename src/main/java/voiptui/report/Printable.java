package voiptui.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside safe to print: names of devices and files, replies of relays, messages of the system.
 *
 * <p>Characters that control a terminal or end a line become spaces: control characters (C0, C1, DEL), line and paragraph
 * separators. Characters that are invisible or cannot be displayed become question marks: bidirectional controls,
 * zero-width characters, unpaired surrogates, and everything outside the basic multilingual plane. Combining accents are
 * composed with their letter (Unicode normalization form C); of those that cannot be, at most two in a row remain, because
 * more would overlap the lines above. The result is never longer than the input, and each character but a combining accent
 * is one or two columns wide.
 */
public final class Printable {

    private static final int MAX_ACCENTS = 2;

    private Printable() {}

    /** Returns the printable form of {@code text}; null: an empty string. */
    public static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder printable = new StringBuilder(composed.length());
        int accents = 0;
        for (int at = 0; at < composed.length(); at += Character.charCount(composed.codePointAt(at))) {
            int shown = shown(composed.codePointAt(at));
            accents = isAccent(shown) ? accents + 1 : 0;
            printable.append(accents > MAX_ACCENTS ? '?' : (char) shown);
        }
        return printable.toString();
    }

    /** Returns whether a UTF-16 code unit is printed as it is; half of a character outside the basic multilingual plane is. */
    static boolean isPlain(int codeUnit) {
        return Character.isSurrogate((char) codeUnit) || shown(codeUnit) == codeUnit;
    }

    /** Returns the lines of an exception's stack trace, with the messages in their printable form. */
    public static List<String> linesOf(Throwable problem) {
        StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace));
        return trace.toString()
                .lines()
                .map(line -> of(line.replace("\t", "    ")))
                .toList();
    }

    private static int shown(int codePoint) {
        if (!Character.isBmpCodePoint(codePoint)) {
            return '?';
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE -> '?';
            default -> isInvisible(codePoint) ? '?' : codePoint;
        };
    }

    /** Returns whether a character of another category is invisible: joiners, variation selectors, Hangul fillers. */
    private static boolean isInvisible(int codePoint) {
        return codePoint == 0x034F
                || codePoint == 0x115F
                || codePoint == 0x1160
                || codePoint == 0x17B4
                || codePoint == 0x17B5
                || codePoint >= 0x180B && codePoint <= 0x180F
                || codePoint == 0x3164
                || codePoint >= 0xFE00 && codePoint <= 0xFE0F
                || codePoint == 0xFFA0;
    }

    private static boolean isAccent(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }
}
