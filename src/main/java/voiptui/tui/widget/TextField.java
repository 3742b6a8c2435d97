package voiptui.tui.widget;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.tui.terminal.Keys;

/**
 * A one-line text field with the usual editing keys. Immutable.
 *
 * @param text the text: printable ASCII without spaces
 * @param cursor where the next character goes, from 0 to the text's length
 */
public record TextField(String text, int cursor) {

    /** An empty field. */
    public static final TextField EMPTY = new TextField("", 0);

    /** The most characters; longer than any name or address. */
    public static final int MAX_LENGTH = 64;

    /** Returns the field after a key; the same field for keys that do nothing. */
    public TextField with(KeyStroke key) {
        if (Keys.isCtrl(key, 'u')) {
            return new TextField(text.substring(cursor), 0);
        } else if (Keys.isCtrl(key, 'w')) {
            return withoutWord();
        } else if (Keys.isCtrl(key, 'k')) {
            return new TextField(text.substring(0, cursor), cursor);
        } else if (Keys.isCtrl(key, 'a')) {
            return at(0);
        } else if (Keys.isCtrl(key, 'e')) {
            return at(text.length());
        }
        return switch (key.getKeyType()) {
            case Character -> Keys.isPlain(key) ? typed(key.getCharacter()) : this;
            case Backspace -> without(cursor - 1);
            case Delete -> without(cursor);
            case ArrowLeft -> at(cursor - 1);
            case ArrowRight -> at(cursor + 1);
            case Home -> at(0);
            case End -> at(text.length());
            default -> this;
        };
    }

    /** Returns the field without the letters and digits before the cursor, and what separates them from it. */
    private TextField withoutWord() {
        int from = cursor;
        while (from > 0 && !Character.isLetterOrDigit(text.charAt(from - 1))) {
            from--;
        }
        while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
            from--;
        }
        return new TextField(text.substring(0, from) + text.substring(cursor), from);
    }

    private TextField typed(char character) {
        boolean visible = character > ' ' && character <= '~';
        return !visible || text.length() >= MAX_LENGTH
                ? this
                : new TextField(text.substring(0, cursor) + character + text.substring(cursor), cursor + 1);
    }

    /** Returns the field after a text was pasted: its first line that has any visible characters. */
    public TextField pasted(String pasted) {
        String line = pasted.lines().filter(some -> !some.isBlank()).findFirst().orElse("");
        TextField field = this;
        for (int i = 0; i < line.length(); i++) {
            field = field.typed(line.charAt(i));
        }
        return field;
    }

    private TextField without(int at) {
        return at < 0 || at >= text.length() ? this : new TextField(text.substring(0, at) + text.substring(at + 1), at);
    }

    private TextField at(int place) {
        return new TextField(text, Math.max(0, Math.min(text.length(), place)));
    }

    /** Returns a field with that text, cut to the maximum, and the cursor at its end. */
    public static TextField of(String text) {
        String cut = text.substring(0, Math.min(MAX_LENGTH, text.length()));
        return new TextField(cut, cut.length());
    }
}
