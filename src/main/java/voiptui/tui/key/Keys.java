package voiptui.tui.key;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;

/** Tests for what key was pressed. Pure. */
public final class Keys {

    private Keys() {}

    /** Returns whether the key is Ctrl and that letter. */
    public static boolean isCtrl(KeyStroke key, char letter) {
        return key.isCtrlDown() && key.getCharacter() != null && Character.toLowerCase(key.getCharacter()) == letter;
    }

    /** Returns whether the key is that character, without Ctrl and Alt. */
    public static boolean isPlain(KeyStroke key, char letter) {
        return isPlain(key) && key.getCharacter() == letter;
    }

    /** Returns whether the key is a character, without Ctrl and Alt. */
    public static boolean isPlain(KeyStroke key) {
        return key.getKeyType() == KeyType.Character && !key.isCtrlDown() && !key.isAltDown();
    }

    /** Returns whether the key answers "Hang up?" or "Quit?" with yes: Enter or y. The key that asks does so, too. */
    public static boolean isYes(KeyStroke key) {
        return key.getKeyType() == KeyType.Enter || isPlain(key, 'y');
    }
}
