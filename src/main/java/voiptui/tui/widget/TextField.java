package voiptui.tui.widget;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.event.CallEvent;
import voiptui.tui.key.Keys;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/**
 * A one-line text field with the usual editing keys. Immutable.
 *
 * @param kind what can be typed
 * @param text the text
 * @param cursor where the next character goes, from 0 to the text's length
 */
public record TextField(Kind kind, String text, int cursor) {

    /** What can be typed. */
    public enum Kind {
        /** A name or an address: printable ASCII without spaces. */
        NAME,
        /** A text to the other side: whatever can be shown. */
        MESSAGE
    }

    /** An empty field for a name. */
    public static final TextField EMPTY = new TextField("", 0);

    /** An empty field for a text to the other side. */
    public static final TextField MESSAGE = new TextField(Kind.MESSAGE, "", 0);

    /** The most characters; longer than any name or address. */
    public static final int MAX_LENGTH = 64;

    /** A field for a name. */
    public TextField(String text, int cursor) {
        this(Kind.NAME, text, cursor);
    }

    private TextField of(String newText, int newCursor) {
        return new TextField(kind, newText, newCursor);
    }

    /** Returns the field after a key; the same field for keys that do nothing. */
    public TextField with(KeyStroke key) {
        if (Keys.isCtrl(key, 'u')) {
            return of(text.substring(cursor), 0);
        } else if (Keys.isCtrl(key, 'w')) {
            return withoutWord();
        } else if (Keys.isCtrl(key, 'k')) {
            return of(text.substring(0, cursor), cursor);
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
        return of(text.substring(0, from) + text.substring(cursor), from);
    }

    private TextField typed(char character) {
        return canTake(character)
                ? of(text.substring(0, cursor) + character + text.substring(cursor), cursor + 1)
                : this;
    }

    private boolean canTake(char character) {
        return switch (kind) {
            case NAME -> character > ' ' && character <= '~' && text.length() < MAX_LENGTH;
            case MESSAGE ->
                Canvas.columnsOf(Character.toString(character)) > 0 && CallEvent.Text.fits(text + character);
        };
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
        return at < 0 || at >= text.length() ? this : of(text.substring(0, at) + text.substring(at + 1), at);
    }

    private TextField at(int place) {
        return of(text, Math.max(0, Math.min(text.length(), place)));
    }

    /** Returns a field with that text, cut to the maximum, and the cursor at its end. */
    public static TextField of(String text) {
        String cut = text.substring(0, Math.min(MAX_LENGTH, text.length()));
        return new TextField(cut, cut.length());
    }

    /** Draws the field over a row, scrolled to its cursor. */
    public void draw(Canvas row) {
        int first = 0;
        while (Canvas.columnsOf(text.substring(first, cursor)) >= row.width() && first < cursor) {
            first++;
        }
        int column = 0;
        for (int at = first; at <= text.length() && column < row.width(); at++) {
            char character = at < text.length() ? text.charAt(at) : ' ';
            row.put(column, 0, character, at == cursor ? Style.SELECTED : Style.TEXT);
            column += Math.max(1, Canvas.columnsOf(Character.toString(character)));
        }
    }
}
