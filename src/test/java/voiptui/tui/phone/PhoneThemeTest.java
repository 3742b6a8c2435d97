package voiptui.tui.phone;

import org.junit.jupiter.api.Test;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Theme;

/** A phone on a light background, held to golden files. */
class PhoneThemeTest {

    @Test
    void shouldShowAnIncomingCallOnALightBackground() {
        GoldenScreen.verify(
                "phone-incoming-light-80x24",
                80,
                24,
                new Theme(ColorDepth.COLORS_256, Background.LIGHT),
                Glyphs.UNICODE,
                canvas -> PhoneView.draw(PhoneScene.incoming().model, canvas));
    }

    @Test
    void shouldShowPeopleRecentCallsAndALevelOnALightBackground() {
        GoldenScreen.verify(
                "phone-hear-yourself-light-80x24",
                80,
                24,
                new Theme(ColorDepth.COLORS_256, Background.LIGHT),
                Glyphs.UNICODE,
                canvas -> PhoneView.draw(PhoneScene.speaking().model, canvas));
        GoldenScreen.verify(
                "phone-hear-yourself-light-16-colors-80x24",
                80,
                24,
                new Theme(ColorDepth.COLORS_16, Background.LIGHT),
                Glyphs.UNICODE,
                canvas -> PhoneView.draw(PhoneScene.speaking().model, canvas));
    }
}
