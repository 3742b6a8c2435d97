package voiptui.tui.terminal;

import com.googlecode.lanterna.input.KeyStroke;

/** What a click or the wheel of the mouse means in some cells of the screen. */
public sealed interface Target {

    /** A click presses a key. */
    record Key(KeyStroke key) implements Target {}

    /**
     * A click selects a row of a list, or does with the selected one what Enter does; the wheel moves the selection.
     *
     * @param id the row, by something that stays when the list changes
     */
    record Row(String id) implements Target {}

    /** The wheel scrolls, as the arrow keys do. */
    record Scrolled() implements Target {}

    /** Returns what the wheel scrolls. */
    static Target scrolled() {
        return new Scrolled();
    }
}
