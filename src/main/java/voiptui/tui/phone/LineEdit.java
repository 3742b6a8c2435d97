package voiptui.tui.phone;

import com.googlecode.lanterna.input.KeyStroke;
import voiptui.tui.ScreenLoop;

/**
 * A line of text that is being typed. Immutable.
 *
 * @param text what stands there: ASCII that can be seen
 * @param cursor in front of which character the next one goes, from 0 to the text's length
 */
record LineEdit(String text, int cursor) {

    static final LineEdit EMPTY = new LineEdit("", 0);

    /** More than the longest name and the longest address. */
    static final int MOST = 64;

    /** With what a key does; this very line for keys that do nothing. */
    LineEdit with(KeyStroke key) {
        if (ScreenLoop.isCtrl(key, 'u')) {
            return new LineEdit(text.substring(cursor), 0);
        } else if (ScreenLoop.isCtrl(key, 'k')) {
            return new LineEdit(text.substring(0, cursor), cursor);
        } else if (ScreenLoop.isCtrl(key, 'a')) {
            return at(0);
        } else if (ScreenLoop.isCtrl(key, 'e')) {
            return at(text.length());
        }
        return switch (key.getKeyType()) {
            case Character -> key.isCtrlDown() || key.isAltDown() ? this : typed(key.getCharacter());
            case Backspace -> without(cursor - 1);
            case Delete -> without(cursor);
            case ArrowLeft -> at(cursor - 1);
            case ArrowRight -> at(cursor + 1);
            case Home -> at(0);
            case End -> at(text.length());
            default -> this;
        };
    }

    private LineEdit typed(char character) {
        boolean visible = character > ' ' && character <= '~';
        return !visible || text.length() >= MOST
                ? this
                : new LineEdit(text.substring(0, cursor) + character + text.substring(cursor), cursor + 1);
    }

    private LineEdit without(int at) {
        return at < 0 || at >= text.length() ? this : new LineEdit(text.substring(0, at) + text.substring(at + 1), at);
    }

    private LineEdit at(int place) {
        return new LineEdit(text, Math.max(0, Math.min(text.length(), place)));
    }

    /** With another text, and the cursor behind it. */
    static LineEdit of(String text) {
        String some = text.substring(0, Math.min(MOST, text.length()));
        return new LineEdit(some, some.length());
    }
}
