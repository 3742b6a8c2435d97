package voiptui.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How each {@link Style} looks with the terminal's colors. The background is always the terminal's own.
 *
 * <p>Caches the characters it creates, so that drawing allocates nothing. Owned by the UI thread.
 */
public final class Theme {

    private record Look(TextColor color, SGR... modifiers) {}

    private final Map<Style, Look> looks = new EnumMap<>(Style.class);
    /** The cache, by style and character. */
    private final TextCharacter[][] ascii = new TextCharacter[Style.values().length][128];

    private final Map<Style, Map<Character, TextCharacter>> others = new EnumMap<>(Style.class);

    /** Creates a theme for a terminal with that many colors. */
    public Theme(ColorDepth depth) {
        looks.put(Style.TEXT, new Look(TextColor.ANSI.DEFAULT));
        looks.put(Style.LABEL, new Look(color(depth, 245, TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT)));
        looks.put(Style.FAINT, new Look(color(depth, 240, TextColor.ANSI.BLACK_BRIGHT, TextColor.ANSI.DEFAULT)));
        looks.put(Style.TITLE, new Look(TextColor.ANSI.DEFAULT, SGR.BOLD));
        looks.put(Style.ACCENT, new Look(color(depth, 74, TextColor.ANSI.CYAN, TextColor.ANSI.CYAN), SGR.BOLD));
        looks.put(Style.GOOD, new Look(color(depth, 71, TextColor.ANSI.GREEN, TextColor.ANSI.GREEN)));
        looks.put(Style.WARN, new Look(color(depth, 179, TextColor.ANSI.YELLOW, TextColor.ANSI.YELLOW), SGR.BOLD));
        looks.put(Style.BAD, new Look(color(depth, 167, TextColor.ANSI.RED, TextColor.ANSI.RED), SGR.BOLD));
        looks.put(Style.SELECTED, new Look(TextColor.ANSI.DEFAULT, SGR.REVERSE));
        looks.put(Style.QUESTION, new Look(TextColor.ANSI.DEFAULT, SGR.REVERSE, SGR.BOLD));
        for (Style style : Style.values()) {
            others.put(style, new HashMap<>());
        }
    }

    private static TextColor color(ColorDepth depth, int of256, TextColor of16, TextColor of8) {
        return switch (depth) {
            case NONE -> TextColor.ANSI.DEFAULT;
            case COLORS_8 -> of8;
            case COLORS_16 -> of16;
            case COLORS_256 -> new TextColor.Indexed(of256);
        };
    }

    /** Returns the styled character; always the same object for the same character and style. */
    public TextCharacter character(char character, Style style) {
        if (character >= 128) {
            return Objects.requireNonNull(others.get(style)).computeIfAbsent(character, absent -> make(absent, style));
        }
        TextCharacter[] made = ascii[style.ordinal()];
        if (made[character] == null) {
            made[character] = make(character, style);
        }
        return made[character];
    }

    private TextCharacter make(char character, Style style) {
        Look look = Objects.requireNonNull(looks.get(style));
        return new Cell(character, look.color(), look.modifiers());
    }
}
