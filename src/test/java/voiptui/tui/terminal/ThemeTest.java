package voiptui.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.tui.terminal.input.TerminalInput.BackgroundColor;

/** Every style can be read: its contrast by WCAG 2.2, with the colors of xterm. */
class ThemeTest {

    private static final double TEXT = 4.5;
    private static final double BORDER = 3;
    /** What xterm shows for the first sixteen colors, from XTerm-col.ad. */
    private static final int[] SIXTEEN = {
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
        0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
    };

    private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

    @ParameterizedTest
    @CsvSource({
        "COLORS_256, DARK",
        "COLORS_256, LIGHT",
        "COLORS_16, DARK",
        "COLORS_16, LIGHT",
        "COLORS_8, DARK",
        "COLORS_8, LIGHT"
    })
    void shouldBeReadable(ColorDepth depth, Background background) {
        Theme theme = new Theme(depth, background);
        double of = luminance(background == Background.DARK ? 0x000000 : 0xffffff);
        for (Style style : Style.values()) {
            TextCharacter character = theme.character('x', style);
            assertThat(character.getBackgroundColor()).isEqualTo(TextColor.ANSI.DEFAULT);
            if (character.getForegroundColor() != TextColor.ANSI.DEFAULT) {
                boolean brightened =
                        depth == ColorDepth.COLORS_8 && character.getModifiers().contains(SGR.BOLD);
                double contrast = contrast(of, luminance(rgb(index(character.getForegroundColor()), brightened)));
                assertThat(contrast)
                        .as("the contrast of %s", style)
                        .isGreaterThanOrEqualTo(style == Style.FAINT ? BORDER : brightened ? BORDER : TEXT);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Background.class)
    void shouldTellApartWhatIsGoodAndWhatIsNot(Background background) {
        Theme theme = new Theme(ColorDepth.COLORS_256, background);
        assertThat(Map.of(
                        theme.character('x', Style.GOOD).getForegroundColor(), "",
                        theme.character('x', Style.WARN).getForegroundColor(), "",
                        theme.character('x', Style.BAD).getForegroundColor(), "",
                        theme.character('x', Style.ACCENT).getForegroundColor(), ""))
                .hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(Background.class)
    void shouldUseSixteenColorsWhereMoreAreNotWanted(Background background) {
        Theme theme = new Theme(ColorDepth.COLORS_256.atMost16(), background);
        for (Style style : Style.values()) {
            assertThat(theme.character('x', style).getForegroundColor()).isInstanceOf(TextColor.ANSI.class);
        }
        assertThat(ColorDepth.NONE.atMost16()).isEqualTo(ColorDepth.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "0;15, LIGHT",
        "0;default;15, LIGHT",
        "0;7, LIGHT",
        "15;0, DARK",
        "15;default;8, DARK",
        "7;default, DARK",
        "'', DARK",
        "99999999999, DARK",
        "0;16, DARK"
    })
    void shouldFollowColorFgBg(String colors, Background background) {
        assertThat(Background.of(Map.of("COLORFGBG", colors))).isEqualTo(background);
    }

    @ParameterizedTest
    @CsvSource({
        "fdf6e3, LIGHT",
        "ffffff, LIGHT",
        "ffffdd, LIGHT",
        "c0c0c0, LIGHT",
        "002b36, DARK",
        "000000, DARK",
        "282a36, DARK",
        "0000ee, DARK",
        "300a24, DARK"
    })
    void shouldJudgeTheColorOfABackground(String color, Background background) {
        assertThat(Background.of(color(Integer.parseInt(color, 16)))).isEqualTo(background);
    }

    @Test
    void shouldStayTheSameOnTheSameBackground() {
        Theme theme = new Theme(ColorDepth.COLORS_256, Background.LIGHT);
        assertThat(theme.on(Background.LIGHT)).isSameAs(theme);
        assertThat(theme.on(Background.DARK).character('x', Style.LABEL))
                .isNotEqualTo(theme.character('x', Style.LABEL));
    }

    @ParameterizedTest
    @CsvSource({"linux", "dumb", "vt220", "ansi", "''"})
    void shouldAskNoTerminalThatWouldPrintTheQuestion(String term) {
        assertThat(OperatingSystemCommands.areTaken(Map.of("TERM", term))).isFalse();
        assertThat(OperatingSystemCommands.areTaken(Map.of("TERM", "xterm"))).isTrue();
    }

    private static int index(TextColor color) {
        if (color instanceof TextColor.ANSI ansi) {
            return ansi.ordinal();
        }
        String text = color.toString();
        return Integer.parseInt(text.substring(text.indexOf(':') + 1, text.indexOf('}')));
    }

    private static int rgb(int index, boolean brightened) {
        if (index < 16) {
            return SIXTEEN[brightened && index < 8 ? index + 8 : index];
        }
        if (index < 232) {
            int cube = index - 16;
            return CUBE[cube / 36] << 16 | CUBE[cube / 6 % 6] << 8 | CUBE[cube % 6];
        }
        int gray = 8 + 10 * (index - 232);
        return gray << 16 | gray << 8 | gray;
    }

    private static BackgroundColor color(int rgb) {
        return new BackgroundColor((rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
    }

    private static double luminance(int rgb) {
        return color(rgb).luminance();
    }

    private static double contrast(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }
}
