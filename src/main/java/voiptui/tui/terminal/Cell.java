package voiptui.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;

/**
 * A character with its look, of which a {@link Theme} makes only one: so that two are the same or different, and how wide it
 * is was found out once.
 *
 * <p>Lanterna asks both of every cell in every frame, and by itself looks the character up in the tables of Unicode each
 * time: most of the processor time of a screen that hardly changes.
 */
final class Cell extends TextCharacter {

    private static final long serialVersionUID = 1L;

    private final boolean doubleWidth;

    /** The constructor is deprecated in favour of a method that makes no subclasses. */
    @SuppressWarnings("deprecation")
    Cell(char character, TextColor color, SGR... modifiers) {
        super(character, color, TextColor.ANSI.DEFAULT, modifiers);
        this.doubleWidth = super.isDoubleWidth();
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
