package voiptui.tui.key;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import voiptui.tui.terminal.Canvas;

/** Keys as people write them: {@code m}, {@code Space}, {@code F5}, {@code Ctrl+X}. Pure. */
public final class KeyName {

    /** How keys are written, for messages. */
    public static final String FORMS = "one character, Space, Enter, Tab, F1 to F12, or Ctrl+ and a letter";

    private static final String CTRL = "Ctrl+";
    /** With Ctrl, these are other keys (Backspace, Tab, Enter), or have a fixed meaning on every screen. */
    private static final String NOT_WITH_CTRL = "HIJMCLZ";

    private static final Map<String, KeyType> TYPES = IntStream.rangeClosed(1, 12)
            .mapToObj(number -> KeyType.valueOf("F" + number))
            .collect(Collectors.toMap(Enum::name, type -> type));

    private KeyName() {}

    /** Returns the key of that name, in the form of {@link #of}; null: there is none that can be chosen. */
    public static @Nullable KeyStroke parse(String name) {
        if (name.codePointCount(0, name.length()) == 1) {
            char character = name.charAt(0);
            return character > ' ' && Canvas.columnsOf(name) == 1 ? new KeyStroke(character, false, false) : null;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        KeyType function = TYPES.get(upper);
        if (function != null) {
            return new KeyStroke(function);
        }
        if (upper.startsWith(CTRL.toUpperCase(Locale.ROOT)) && upper.length() == CTRL.length() + 1) {
            char letter = upper.charAt(CTRL.length());
            return letter >= 'A' && letter <= 'Z' && NOT_WITH_CTRL.indexOf(letter) < 0
                    ? new KeyStroke(Character.toLowerCase(letter), true, false)
                    : null;
        }
        return switch (upper) {
            case "SPACE" -> new KeyStroke(' ', false, false);
            case "ENTER" -> new KeyStroke(KeyType.Enter);
            case "TAB" -> new KeyStroke(KeyType.Tab);
            default -> null;
        };
    }

    /**
     * Returns the key that a text on the screen stands for, such as {@code Esc}; null: none, or several. Of "any other key" it is
     * Escape.
     */
    public static @Nullable KeyStroke shown(String text) {
        return switch (text) {
            case "Esc", "any key", "any other key" -> new KeyStroke(KeyType.Escape);
            case "Home" -> new KeyStroke(KeyType.Home);
            case "End" -> new KeyStroke(KeyType.End);
            case "Ctrl+C" -> new KeyStroke('c', true, false);
            case "Ctrl+L" -> new KeyStroke('l', true, false);
            default -> parse(text);
        };
    }

    /** Returns the name of a key; empty if it has none. */
    public static String of(KeyStroke key) {
        Character character = key.getCharacter();
        if (key.isAltDown()) {
            return "";
        } else if (key.getKeyType() != KeyType.Character || character == null) {
            boolean plain = !key.isCtrlDown() && !key.isShiftDown();
            String name = key.getKeyType().name();
            return !plain
                    ? ""
                    : TYPES.containsKey(name)
                            ? name
                            : name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
        } else if (key.isCtrlDown()) {
            return CTRL + Character.toUpperCase(character);
        }
        return character == ' ' ? "Space" : character.toString();
    }
}
