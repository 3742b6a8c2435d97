package voiptui.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that tell a terminal who is calling. */
class OperatingSystemCommandsTest {

    private static final String ST = "\033\\";
    private static final String EVIL = "a;b\007c\033]0;x\u009c\n\u202e" + "z".repeat(500);

    @Test
    void shouldKeepTheTitleAndRestoreIt() {
        assertThat(OperatingSystemCommands.pushTitle("▲ ben calling")).isEqualTo("\033[22;0t\033]0;▲ ben calling" + ST);
        assertThat(OperatingSystemCommands.popTitle()).isEqualTo("\033]0;voiptui" + ST + "\033[23;0t");
    }

    @ParameterizedTest
    @CsvSource({
        "xterm-kitty, '', ']99;i=voiptui;ben calling'",
        "foot, '', ']777;notify;voiptui;ben calling'",
        "rxvt-unicode-256color, '', ']777;notify;voiptui;ben calling'",
        "xterm-256color, iTerm.app, ']9;ben calling'",
        "xterm-256color, WezTerm, ']9;ben calling'",
        "xterm-ghostty, ghostty, ']9;ben calling'"
    })
    void shouldNotifyAsTheTerminalUnderstands(String term, String program, String command) {
        assertThat(OperatingSystemCommands.notification(Map.of("TERM", term, "TERM_PROGRAM", program), "ben calling"))
                .isEqualTo("\033" + command + ST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm-256color", "linux", "dumb", "screen-256color", "tmux-256color"})
    void shouldNotNotifyWhereNothingIsKnownToUnderstand(String term) {
        assertThat(OperatingSystemCommands.notification(Map.of("TERM", term), "ben calling"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TMUX", "STY"})
    void shouldNotNotifyThroughAMultiplexer(String variable) {
        assertThat(OperatingSystemCommands.notification(
                        Map.of("TERM", "xterm-256color", "TERM_PROGRAM", "WezTerm", variable, "x"), "ben calling"))
                .isEmpty();
    }

    @Test
    void shouldNotLetANameEndOrSplitACommand() {
        String title = OperatingSystemCommands.title(EVIL);
        assertThat(title).startsWith("\033]0;a,b?c?]0,x???z").endsWith("z" + ST);
        assertThat(title.substring(4, title.length() - ST.length()))
                .hasSize(OperatingSystemCommands.MAX_TEXT)
                .doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f;]");
        String notification = OperatingSystemCommands.notification(Map.of("TERM", "foot"), EVIL);
        assertThat(notification.chars().filter(c -> c == ';').count()).isEqualTo(3);
    }
}
