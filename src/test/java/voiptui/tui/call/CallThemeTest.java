package voiptui.tui.call;

import org.junit.jupiter.api.Test;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Theme;

/** A call on a light background, held to golden files. */
class CallThemeTest {

    @Test
    void shouldShowAPoorCallOnALightBackground() {
        verify("call-poor-light-80x24", ColorDepth.COLORS_256);
        verify("call-poor-light-16-colors-80x24", ColorDepth.COLORS_16);
    }

    private static void verify(String name, ColorDepth colors) {
        Theme theme = new Theme(colors, Background.LIGHT);
        GoldenScreen.verify(name, 80, 24, theme, Glyphs.UNICODE, canvas -> CallView.draw(Scene.poor().model, canvas));
    }
}
