package voiptui.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a terminal is told about its keyboard, and that it is told the opposite at the end. */
class KeyboardProtocolTest {

    private static final String PUSH = "\033[>27u";
    private static final String POP = "\033[<u";
    private static final String FOCUS = "\033[?1004h";
    private static final String NO_FOCUS = "\033[?1004l";

    private final KeyboardProtocol keyboard = new KeyboardProtocol();

    private KeyboardProtocol on() {
        keyboard.ask();
        keyboard.onFlags(0);
        keyboard.onFlags(27);
        return keyboard;
    }

    @Test
    void shouldUseTheProtocolOnlyIfTheTerminalConfirmsIt() {
        assertThat(keyboard.ask()).isEqualTo("\033[?u");
        assertThat(keyboard.onFlags(0)).isEqualTo(PUSH + "\033[?u");
        assertThat(keyboard.reportsReleases()).isFalse();
        assertThat(keyboard.onFlags(27)).isEqualTo(FOCUS);
        assertThat(keyboard.reportsReleases()).isTrue();
        assertThat(keyboard.isAsked()).isFalse();
    }

    @Test
    void shouldUndoItWhereReleasesAreNotReported() {
        keyboard.ask();
        keyboard.onFlags(0);

        assertThat(keyboard.onFlags(1)).isEqualTo(POP);
        assertThat(keyboard.reportsReleases()).isFalse();
        assertThat(keyboard.leave()).isEmpty();
    }

    @Test
    void shouldChangeNothingWhereTheTerminalDoesNotAnswer() {
        keyboard.ask();

        assertThat(keyboard.leave()).isEmpty();
        assertThat(keyboard.enter()).isEmpty();
    }

    @Test
    void shouldIgnoreAnswersThatNobodyAskedFor() {
        assertThat(keyboard.onFlags(27)).isEmpty();
        assertThat(on().onFlags(0)).isEmpty();
        assertThat(keyboard.reportsReleases()).isTrue();
    }

    @Test
    void shouldPopWhatWasPushedEachTimeTheScreenIsLeft() {
        assertThat(on().leave()).isEqualTo(NO_FOCUS + POP);
        assertThat(keyboard.reportsReleases()).isFalse();
        assertThat(keyboard.leave()).as("left already").isEmpty();
        assertThat(keyboard.enter()).isEqualTo(PUSH + FOCUS);
        assertThat(keyboard.reportsReleases()).isTrue();
        assertThat(keyboard.leave()).isEqualTo(NO_FOCUS + POP);
    }

    @Test
    void shouldPopWhenLeftBeforeTheTerminalHasConfirmed() {
        keyboard.ask();
        keyboard.onFlags(0);

        assertThat(keyboard.leave()).isEqualTo(POP);
    }
}
