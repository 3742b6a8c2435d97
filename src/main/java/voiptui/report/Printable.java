package voiptui.report;

import java.text.Normalizer;

/**
 * Makes text from outside safe to print: names of devices and files, answers of relays, words of the system.
 *
 * <p>What steers a terminal or ends a line becomes a space: control characters (C0, C1, DEL), line and paragraph
 * separators. What is not seen but changes what is, or cannot be shown, becomes a question mark: controls of the writing
 * direction, zero-width characters and other invisible ones, unpaired surrogates, and everything outside the basic
 * multilingual plane. Accents that stand apart from their letter are joined with it (Unicode normalization form C); of
 * those that cannot be, two in a row stay, since more climb over the lines above. So the answer has no more characters
 * than what is given, and each is a column or two wide but for the accents.
 */
public final class Printable {

    private static final int MOST_ACCENTS = 2;

    private Printable() {}

    /** The text without anything that could steer a terminal or lie about what is written; never {@code null}. */
    public static String of(String text) {
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
            printable.append(accents > MOST_ACCENTS ? '?' : (char) shown);
        }
        return printable.toString();
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

    /** What is no format character by its kind, and still shows nothing: joiners, variation selectors, Hangul fillers. */
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
