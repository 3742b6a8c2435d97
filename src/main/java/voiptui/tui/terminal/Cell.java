package voiptui.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import org.jspecify.annotations.Nullable;

/**
 * A styled character. A {@link Theme} creates one instance for each character and style, so that comparing is by identity
 * and the width is computed once.
 *
 * <p>Lanterna compares and measures every cell in every frame, with a look-up in the Unicode tables each time; for a screen
 * that hardly changes, that would be most of the CPU time.
 */
final class Cell extends TextCharacter {

    private static final long serialVersionUID = 1L;

    private final boolean doubleWidth;
    private final transient @Nullable Hyperlink link;

    /** The constructor is deprecated in favor of a factory method, which cannot create subclasses. */
    @SuppressWarnings("deprecation")
    Cell(char character, @Nullable Hyperlink link, TextColor color, SGR... modifiers) {
        super(character, color, TextColor.ANSI.DEFAULT, modifiers);
        this.doubleWidth = super.isDoubleWidth();
        this.link = link;
    }

    /** Returns the link that the cell is a part of; null: none. */
    @Nullable
    Hyperlink link() {
        return link;
    }

    @Override
    public boolean isDoubleWidth() {
        return doubleWidth;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
