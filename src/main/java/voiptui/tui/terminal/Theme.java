package voiptui.tui.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How each {@link Style} looks with the terminal's colors. The background is always the terminal's own.
 *
 * <p>Caches the characters it creates, so that drawing allocates nothing. Owned by the UI thread.
 */
public final class Theme {

    private static final int PAGES = 256;
    /** The most cells of links that are kept: more than a screen has. */
    private static final int MAX_LINKED = 20_000;

    private record Linked(char character, Style style, Hyperlink link) {}

    private record Look(TextColor color, SGR... modifiers) {}

    private final ColorDepth depth;
    private final Background background;
    private final Map<Style, Look> looks = new EnumMap<>(Style.class);
    /** The cache: by style, then by character in pages of 256. */
    private final TextCharacter[][][] made = new TextCharacter[Style.values().length][PAGES][];

    private final Map<Linked, TextCharacter> linked = new HashMap<>();

    /**
     * Creates a theme for a terminal with that many colors on such a background. With 256 colors, and with the sixteen of
     * xterm, text has a contrast of 4.5:1 at least, borders of 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
     */
    public Theme(ColorDepth depth, Background background) {
        this.depth = depth;
        this.background = background;
        looks.put(Style.TEXT, new Look(TextColor.ANSI.DEFAULT));
        looks.put(Style.TITLE, new Look(TextColor.ANSI.DEFAULT, SGR.BOLD));
        looks.put(Style.SELECTED, new Look(TextColor.ANSI.DEFAULT, SGR.REVERSE));
        looks.put(Style.QUESTION, new Look(TextColor.ANSI.DEFAULT, SGR.REVERSE, SGR.BOLD));
        if (background == Background.DARK) {
            addColorsOnDark();
        } else {
            addColorsOnLight();
        }
    }

    private void addColorsOnDark() {
        looks.put(Style.LABEL, new Look(color(245, TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT)));
        looks.put(Style.FAINT, new Look(color(241, TextColor.ANSI.BLACK_BRIGHT, TextColor.ANSI.DEFAULT)));
        looks.put(Style.ACCENT, new Look(color(74, TextColor.ANSI.CYAN, TextColor.ANSI.CYAN), SGR.BOLD));
        looks.put(Style.GOOD, new Look(color(71, TextColor.ANSI.GREEN, TextColor.ANSI.GREEN)));
        looks.put(Style.WARN, new Look(color(179, TextColor.ANSI.YELLOW, TextColor.ANSI.YELLOW), SGR.BOLD));
        // With eight colors, bold text is bright.
        looks.put(Style.BAD, new Look(color(167, TextColor.ANSI.RED_BRIGHT, TextColor.ANSI.RED), SGR.BOLD));
    }

    /** Of the sixteen colors, green, yellow and cyan are too bright for a light background. */
    private void addColorsOnLight() {
        looks.put(Style.LABEL, new Look(color(239, TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT)));
        looks.put(Style.FAINT, new Look(color(245, TextColor.ANSI.BLACK_BRIGHT, TextColor.ANSI.DEFAULT)));
        looks.put(Style.ACCENT, new Look(color(25, TextColor.ANSI.BLUE, TextColor.ANSI.BLUE), SGR.BOLD));
        looks.put(Style.GOOD, new Look(color(22, TextColor.ANSI.DEFAULT, TextColor.ANSI.DEFAULT)));
        looks.put(Style.WARN, new Look(color(94, TextColor.ANSI.MAGENTA, TextColor.ANSI.MAGENTA), SGR.BOLD));
        looks.put(Style.BAD, new Look(color(160, TextColor.ANSI.RED, TextColor.ANSI.RED), SGR.BOLD));
    }

    private TextColor color(int of256, TextColor of16, TextColor of8) {
        return switch (depth) {
            case NONE -> TextColor.ANSI.DEFAULT;
            case COLORS_8 -> of8;
            case COLORS_16 -> of16;
            case COLORS_256 -> new TextColor.Indexed(of256);
        };
    }

    /** Returns the theme of the same terminal on another background; this one if it is the same. */
    public Theme on(Background other) {
        return other == background ? this : new Theme(depth, other);
    }

    /** Returns the styled character; always the same object for the same character and style. */
    public TextCharacter character(char character, Style style) {
        TextCharacter[][] pages = made[style.ordinal()];
        TextCharacter[] page = pages[character >> 8];
        if (page == null) {
            page = new TextCharacter[256];
            pages[character >> 8] = page;
        }
        if (page[character & 0xff] == null) {
            page[character & 0xff] = make(character, style, null);
        }
        return page[character & 0xff];
    }

    /** Returns the styled character as a part of a link; the same object for the same character, style and link. */
    TextCharacter character(char character, Style style, Hyperlink link) {
        if (linked.size() >= MAX_LINKED) {
            linked.clear();
        }
        return linked.computeIfAbsent(new Linked(character, style, link), absent -> make(character, style, link));
    }

    private TextCharacter make(char character, Style style, @Nullable Hyperlink link) {
        Look look = Objects.requireNonNull(looks.get(style));
        return new Cell(character, link, look.color(), look.modifiers());
    }
}
