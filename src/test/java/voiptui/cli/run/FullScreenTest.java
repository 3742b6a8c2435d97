package voiptui.cli.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import voiptui.cli.exit.CommandFailure;

class FullScreenTest {

    @Test
    void shouldNameTermAsTheReason() {
        assertThatThrownBy(() -> FullScreen.requireUsable(Map.of("TERM", "dumb"), "use --plain"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        "TERM is dumb, so the full screen cannot be drawn: set TERM to the terminal's type; use --plain");
        assertThatThrownBy(() -> FullScreen.requireUsable(Map.of(), "use --plain"))
                .hasMessageStartingWith("TERM is not set, ");
        assertThatCode(() -> FullScreen.requireUsable(Map.of("TERM", "xterm"), "use --plain"))
                .doesNotThrowAnyException();
    }
}
