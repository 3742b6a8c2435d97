package voiptui.tui.terminal.input;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import org.jspecify.annotations.Nullable;

/**
 * The keys of xterm, the VT420, kitty, rxvt and the Linux console, by the sequences that they send. Null stands for what is
 * not a key, or not one that is known. Pure.
 *
 * <p>Sources: XTerm Control Sequences (PC-style and VT220-style function keys, modifyOtherKeys); VT420 Programmer Reference,
 * chapter 3; console_codes(4); kitty, Comprehensive keyboard handling in terminals.
 */
final class KeySequences {

    private static final int SHIFT = 1;
    private static final int ALT = 2;
    private static final int CTRL = 4;
    private static final int CAPS_LOCK = 64;
    /** Super, Hyper and Meta, which nothing here is bound to. */
    private static final int OTHER_MODIFIERS = 8 | 16 | 32;

    private static final int MAX_NUMBER = 0x10FFFF;
    private static final int MODIFY_OTHER_KEYS = 27;

    /** The keys of CSI and a number and {@code ~}, from 1; null where there is none. */
    private static final @Nullable KeyType[] NUMBERED = {
        null,
        KeyType.Home,
        KeyType.Insert,
        KeyType.Delete,
        KeyType.End,
        KeyType.PageUp,
        KeyType.PageDown,
        KeyType.Home,
        KeyType.End,
        null,
        null,
        KeyType.F1,
        KeyType.F2,
        KeyType.F3,
        KeyType.F4,
        KeyType.F5,
        null,
        KeyType.F6,
        KeyType.F7,
        KeyType.F8,
        KeyType.F9,
        KeyType.F10,
        null,
        KeyType.F11,
        KeyType.F12,
        KeyType.F13,
        KeyType.F14,
        null,
        KeyType.F15,
        KeyType.F16,
        null,
        KeyType.F17,
        KeyType.F18,
        KeyType.F19
    };

    /** The keypad of kitty after its digits, from code 57409. */
    private static final String KITTY_KEYPAD = "./*-+\r=,";

    private static final int KITTY_DIGITS = 57399;
    private static final int KITTY_AFTER_DIGITS = 57409;
    private static final int KITTY_NAVIGATION = 57417;
    private static final int KITTY_KEYS = 57344;
    private static final int KITTY_LAST = 63743;
    private static final KeyType[] KITTY_NAVIGATION_KEYS = {
        KeyType.ArrowLeft,
        KeyType.ArrowRight,
        KeyType.ArrowUp,
        KeyType.ArrowDown,
        KeyType.PageUp,
        KeyType.PageDown,
        KeyType.Home,
        KeyType.End,
        KeyType.Insert,
        KeyType.Delete
    };

    private KeySequences() {}

    /** Returns the key that sends a single character; after ESC it is that key with Alt. */
    static @Nullable KeyStroke ofCharacter(int c, boolean alt) {
        return switch (c) {
            case 0 -> new KeyStroke(' ', true, alt);
            case '\b', 0x7F -> new KeyStroke(KeyType.Backspace, false, alt);
            case '\t' -> new KeyStroke(KeyType.Tab, false, alt);
            case '\n', '\r' -> new KeyStroke(KeyType.Enter, false, alt);
            default ->
                c < ' '
                        ? new KeyStroke((char) (c <= 26 ? c + 'a' - 1 : c + '@'), true, alt)
                        : Character.isBmpCodePoint(c) ? new KeyStroke((char) c, false, alt) : null;
        };
    }

    /** Returns the key of the Linux console that sends CSI, {@code [} and that character. */
    static @Nullable KeyStroke ofLinuxConsole(int c) {
        return c < 'A' || c > 'E' ? null : new KeyStroke(NUMBERED[11 + c - 'A']);
    }

    /** Returns the key that sends SS3, those parameters and that final character. */
    static @Nullable KeyStroke ofSs3(String parameters, char last) {
        int[] numbers = numbers(parameters);
        if (numbers == null) {
            return null;
        }
        int modifiers = numbers.length == 0 ? 0 : numbers[numbers.length - 1] - 1;
        KeyType cursor = cursorKey(last);
        if (cursor != null) {
            return typed(cursor, modifiers);
        }
        return switch (last) {
            case 'M' -> typed(KeyType.Enter, modifiers);
            case 'I' -> typed(KeyType.Tab, modifiers);
            case ' ' -> character(' ', modifiers);
            case 'X' -> character('=', modifiers);
            default -> last >= 'j' && last <= 'y' ? character((char) (last - 'j' + '*'), modifiers) : null;
        };
    }

    /** Returns what happens to the key that sends CSI and those parameters: {@code code ; modifiers:event ; text}. */
    static KeyPhase phaseOf(String parameters) {
        String[] fields = parameters.split(";", 3);
        String second = fields.length < 2 ? "" : fields[1];
        return second.endsWith(":3") ? KeyPhase.RELEASED : second.endsWith(":2") ? KeyPhase.REPEATED : KeyPhase.PRESSED;
    }

    /** Returns the text that a key types which sends CSI, those parameters and {@code u}; empty: the terminal does not say. */
    static String textOf(String parameters) {
        String[] fields = parameters.split(";", -1);
        int[] text = fields.length != 3 ? null : numbers(fields[2].replace(':', ';'));
        StringBuilder typed = new StringBuilder();
        for (int c : text == null ? new int[0] : text) {
            if (c >= ' ' && c <= MAX_NUMBER && Character.getType(c) != Character.CONTROL) {
                typed.appendCodePoint(c);
            }
        }
        return typed.toString();
    }

    /** Returns the key that sends CSI, those parameters and that final character. */
    static @Nullable KeyStroke ofCsi(String parameters, char last) {
        if (last == 'u') {
            return ofCode(parameters);
        }
        int event = parameters.lastIndexOf(':');
        int[] numbers = numbers(event < 0 ? parameters : parameters.substring(0, event));
        if (numbers == null) {
            return null;
        }
        int first = numbers.length == 0 ? 1 : numbers[0];
        int modifiers = numbers.length < 2 ? 0 : numbers[1] - 1;
        if (last == '~') {
            return first == MODIFY_OTHER_KEYS && numbers.length == 3
                    ? ofCodePoint(numbers[2], numbers[2], modifiers)
                    : numbered(first, modifiers);
        }
        if (numbers.length == 1 && (last == '^' || last == '$' || last == '@')) {
            return numbered(first, last == '^' ? CTRL : last == '$' ? SHIFT : CTRL | SHIFT);
        }
        // CSI and two numbers and R is the position of the cursor, or F3 with Shift, which nothing is bound to
        boolean report = numbers.length > 2 || first != 1 || last == 'R' && numbers.length > 0;
        if (report) {
            return null;
        }
        KeyType cursor = cursorKey(last);
        if (cursor != null) {
            return typed(cursor, modifiers);
        }
        if (last == 'Z') {
            return typed(KeyType.ReverseTab, modifiers);
        }
        return numbers.length == 0 && last >= 'a' && last <= 'd'
                ? typed(cursorKey(Character.toUpperCase(last)), SHIFT)
                : null;
    }

    private static @Nullable KeyType cursorKey(char last) {
        return switch (last) {
            case 'A' -> KeyType.ArrowUp;
            case 'B' -> KeyType.ArrowDown;
            case 'C' -> KeyType.ArrowRight;
            case 'D' -> KeyType.ArrowLeft;
            case 'F' -> KeyType.End;
            case 'H' -> KeyType.Home;
            case 'P' -> KeyType.F1;
            case 'Q' -> KeyType.F2;
            case 'R' -> KeyType.F3;
            case 'S' -> KeyType.F4;
            default -> null;
        };
    }

    private static @Nullable KeyStroke numbered(int number, int modifiers) {
        return number < 0 || number >= NUMBERED.length ? null : typed(NUMBERED[number], modifiers);
    }

    private static @Nullable KeyStroke typed(@Nullable KeyType type, int modifiers) {
        return type == null || (modifiers & OTHER_MODIFIERS) != 0 || modifiers < 0
                ? null
                : new KeyStroke(
                        type == KeyType.Tab && (modifiers & SHIFT) != 0 ? KeyType.ReverseTab : type,
                        (modifiers & CTRL) != 0,
                        (modifiers & ALT) != 0,
                        (modifiers & SHIFT) != 0);
    }

    private static @Nullable KeyStroke character(char character, int modifiers) {
        return modifiers < 0 || (modifiers & OTHER_MODIFIERS) != 0
                ? null
                : new KeyStroke(character, (modifiers & CTRL) != 0, (modifiers & ALT) != 0, (modifiers & SHIFT) != 0);
    }

    /** Returns the key of CSI, {@code code:shifted:base ; modifiers:event ; text} and {@code u}. */
    private static @Nullable KeyStroke ofCode(String parameters) {
        String[] fields = parameters.split(";", -1);
        int[] codes = numbers(fields[0].replace(':', ';'));
        int[] event = fields.length < 2 ? new int[0] : numbers(fields[1].replace(':', ';'));
        int[] text = fields.length < 3 ? new int[0] : numbers(fields[2].replace(':', ';'));
        if (codes == null || codes.length == 0 || event == null || text == null || fields.length > 3) {
            return null;
        }
        int modifiers = event.length == 0 ? 0 : event[0] - 1;
        int shown = text.length == 1
                ? text[0]
                : (modifiers & SHIFT) != 0 && codes.length > 1 && codes[1] > 0 ? codes[1] : codes[0];
        return ofCodePoint(codes[0], shown, modifiers);
    }

    /**
     * Returns the key of that code point.
     *
     * @param shown the character that the key types, as far as the terminal says; the same as {@code code} otherwise
     */
    private static @Nullable KeyStroke ofCodePoint(int code, int shown, int modifiers) {
        switch (code) {
            case 27 -> {
                return typed(KeyType.Escape, modifiers);
            }
            case 13 -> {
                return typed(KeyType.Enter, modifiers);
            }
            case 9 -> {
                return typed(KeyType.Tab, modifiers);
            }
            case 8, 127 -> {
                return typed(KeyType.Backspace, modifiers);
            }
            default -> {
                return code >= KITTY_KEYS && code <= KITTY_LAST
                        ? ofKittyCode(code, modifiers)
                        : ofTypedCharacter(shown, code != shown, modifiers);
            }
        }
    }

    private static @Nullable KeyStroke ofKittyCode(int code, int modifiers) {
        if (code >= KITTY_DIGITS && code < KITTY_AFTER_DIGITS) {
            return character((char) ('0' + code - KITTY_DIGITS), modifiers);
        }
        if (code >= KITTY_AFTER_DIGITS && code < KITTY_NAVIGATION) {
            char typed = KITTY_KEYPAD.charAt(code - KITTY_AFTER_DIGITS);
            return typed == '\r' ? typed(KeyType.Enter, modifiers) : character(typed, modifiers);
        }
        int navigation = code - KITTY_NAVIGATION;
        return navigation >= 0 && navigation < KITTY_NAVIGATION_KEYS.length
                ? typed(KITTY_NAVIGATION_KEYS[navigation], modifiers)
                : null;
    }

    /** With Shift, only letters are certain if the terminal does not say what the key types. */
    private static @Nullable KeyStroke ofTypedCharacter(int shown, boolean certain, int modifiers) {
        if (shown < ' ' || shown >= 0x7F && shown < 0xA0 || !Character.isBmpCodePoint(shown)) {
            return null;
        }
        boolean shift = (modifiers & SHIFT) != 0;
        if (Character.isLetter(shown)) {
            boolean capital = shift != ((modifiers & CAPS_LOCK) != 0);
            boolean control = (modifiers & (CTRL | ALT)) != 0;
            char letter = (char) (control || !capital || certain ? shown : Character.toUpperCase(shown));
            return character(letter, modifiers & ~SHIFT);
        }
        return shift && !certain && shown != ' ' ? null : character((char) shown, modifiers & ~SHIFT);
    }

    /** Returns that key with Alt. */
    static KeyStroke withAlt(KeyStroke key) {
        Character character = key.getCharacter();
        return key.getKeyType() == KeyType.Character && character != null
                ? new KeyStroke(character, key.isCtrlDown(), true, key.isShiftDown())
                : new KeyStroke(key.getKeyType(), key.isCtrlDown(), true, key.isShiftDown());
    }

    /** Returns whether the parameters are a single number. */
    static boolean isNumber(CharSequence parameters) {
        return !parameters.isEmpty() && parameters.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns the numbers between semicolons, an empty one as 1, its default; null: these are not numbers. */
    private static int @Nullable [] numbers(String parameters) {
        if (parameters.isEmpty()) {
            return new int[0];
        }
        String[] words = parameters.split(";", -1);
        int[] numbers = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            if (words[i].isEmpty()) {
                numbers[i] = 1;
            } else if (isNumber(words[i]) && words[i].length() <= 7) {
                numbers[i] = Math.min(MAX_NUMBER + 1, Integer.parseInt(words[i]));
            } else {
                return null;
            }
        }
        return numbers;
    }
}
