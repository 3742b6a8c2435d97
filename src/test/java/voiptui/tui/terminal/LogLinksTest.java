package voiptui.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import voiptui.tui.widget.LogLines;
import voiptui.tui.widget.LogPane;

/** Web addresses in a log, as bytes for the terminal. */
class LogLinksTest {

    private static final String URL = "https://example.org/a/rather/long/path?with=a&few=parameters#and-a-part";

    private static final Pattern LINK = Pattern.compile("\033]8;id=([^;]*);([^\033]*)\033\\\\");

    @Test
    void shouldMakeALinkOfAnAddressThatIsVisible() throws Exception {
        String shown = shown("cleo: see " + URL + ", please", 120, false);

        assertThat(shown).containsSubsequence("]8;id=", ";" + URL + "\033\\", URL, "\033]8;;\033\\", ",");
        assertThat(LINK.matcher(shown).results().toList()).hasSize(1);
    }

    @Test
    void shouldMakeNoLinkOfAnAddressThatIsCut() throws Exception {
        assertThat(shown("cleo: see " + URL, 60, false))
                .contains("https://example.org/")
                .doesNotContain("\033]8");
    }

    @Test
    void shouldMakeOneLinkOfAnAddressInSeveralRows() throws Exception {
        String shown = shown("cleo: see " + URL + ", please", 40, true);

        assertThat(LINK.matcher(shown).results().map(MatchResult::group).distinct())
                .containsExactly("\033]8;id=" + Long.toString(1_000_000, 36) + "-0;" + URL + "\033\\");
        assertThat(shown.replaceAll("\033]8[^\033]*\033\\\\|\033\\[[0-9;]*[A-Za-z]", ""))
                .contains(URL);
    }

    @Test
    void shouldMakeNoLinkOfAnAddressWhoseBeginningIsNotVisible() throws Exception {
        assertThat(shown("cleo: see " + URL, 40, true, 2))
                .contains("parameters")
                .doesNotContain("\033]8");
    }

    @Test
    void shouldLetNoTextBreakOut() throws Exception {
        String shown = shown(
                "x https://a.example/\u001b\\\u001b]0;owned\u0007 https://b.example/\u009d8;;https://c.example",
                120,
                false);

        assertThat(shown)
                .doesNotContain("\033]0")
                .doesNotContain("\007")
                .doesNotContain("\u009d")
                .doesNotContain("\033]8");
    }

    private static String shown(String text, int columns, boolean wrapped) throws Exception {
        return shown(text, columns, wrapped, 6);
    }

    private static String shown(String text, int columns, boolean wrapped, int rows) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TtyTerminal tty = new TtyTerminal(InputStream.nullInputStream(), out, columns, rows, true);
        Theme theme = new Theme(ColorDepth.COLORS_256, Background.DARK);
        FrameBuffer frame = new FrameBuffer(columns, rows, theme.character(' ', Style.TEXT));
        Canvas canvas = new Canvas(frame, theme, Glyphs.UNICODE, columns, rows);
        LogLines log = LogLines.EMPTY.with(new LogLines.Line(1_000_000, text, false));
        frame.clear();
        if (wrapped) {
            LogPane.drawWrapped(log, ZoneOffset.UTC, canvas);
        } else {
            LogPane.draw(log, ZoneOffset.UTC, canvas);
        }
        tty.enter();
        tty.show(frame, true);
        return out.toString(StandardCharsets.UTF_8);
    }
}
