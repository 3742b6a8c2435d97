package voiptui.tui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a terminal shows after frame upon frame, of which it gets the differences only. */
class FrameBufferTest {

    private static final int COLUMNS = 24;
    private static final int ROWS = 6;

    private final Theme theme = new Theme(ColorDepth.COLORS_256, Background.DARK);
    private final FrameBuffer frame = new FrameBuffer(COLUMNS, ROWS, theme.character(' ', Style.TEXT));
    private final DefaultVirtualTerminal terminal = new DefaultVirtualTerminal(new TerminalSize(COLUMNS, ROWS));
    private final Canvas canvas = new Canvas(frame, theme, Glyphs.UNICODE, COLUMNS, ROWS);

    @Test
    void shouldShowEachFrameAsItWasDrawn() throws Exception {
        Random random = new Random(7);
        frame.blanked();
        for (int picture = 0; picture < 500; picture++) {
            frame.clear();
            for (int text = 0; text < 5; text++) {
                Style style = Style.values()[random.nextInt(Style.values().length)];
                canvas.put(
                        random.nextInt(COLUMNS), random.nextInt(ROWS), "ab 漢字 cd█".substring(random.nextInt(8)), style);
            }
            show();
            assertThat(shown()).as("picture %d", picture).isEqualTo(drawn());
        }
    }

    @Test
    void shouldWriteNothingForTheSameFrame() throws Exception {
        TtyOutput tty = new TtyOutput();

        assertThat(tty.show(false, "abc")).contains("abc");
        assertThat(tty.show(false, "abc")).isEmpty();
        assertThat(tty.show(false, "abd")).contains("\033[1;3H").contains("d").doesNotContain("ab");
        assertThat(tty.show(true, "abd")).contains("\033[2J").contains("abd");
    }

    @Test
    void shouldWriteALinkAroundItsCellsOnly() throws Exception {
        TtyOutput tty = new TtyOutput();
        tty.show(true, "");
        String url = "https://a.example/";
        Hyperlink link = Hyperlink.in(url, "k").get(0).link();

        frame.clear();
        canvas.put(0, 0, "to:" + url + ".", Style.TEXT);
        canvas.link(3, 0, url, Style.TEXT, link);
        assertThat(tty.show()).contains("to:\033]8;id=k-0;" + url + "\033\\" + url + "\033]8;;\033\\.");
        frame.clear();
        canvas.put(0, 0, "to:" + url + ".", Style.TEXT);
        canvas.link(3, 0, url, Style.TEXT, link);
        assertThat(tty.show()).as("the same link again").isEmpty();
    }

    @Test
    void shouldWriteNoLinkToATerminalThatMayPrintIt() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TtyTerminal console = new TtyTerminal(InputStream.nullInputStream(), out, COLUMNS, ROWS, false);
        String url = "https://a.example/";
        console.enter();

        frame.clear();
        canvas.link(0, 0, url, Style.TEXT, Hyperlink.in(url, "k").get(0).link());
        console.show(frame, true);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains(url).doesNotContain("\033]");
    }

    private void show() throws IOException {
        CellWriter writer = new CellWriter(terminal, link -> {});
        frame.showOn(writer);
        writer.finish();
    }

    private String shown() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                TextCharacter cell = terminal.getCharacter(column, row);
                text.append(describe(cell));
                column += cell.isDoubleWidth() ? 1 : 0;
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** The frame as a terminal shows it: what a wide character covers is not seen. */
    private String drawn() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                TextCharacter cell = frame.at(column, row);
                text.append(describe(cell));
                column += cell.isDoubleWidth() ? 1 : 0;
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String describe(TextCharacter cell) {
        return cell.getCharacterString() + "<" + cell.getForegroundColor() + cell.getModifiers() + ">";
    }

    /** The bytes of each frame. */
    private final class TtyOutput {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final TtyTerminal tty;

        TtyOutput() throws IOException {
            tty = new TtyTerminal(InputStream.nullInputStream(), out, COLUMNS, ROWS, true);
            tty.enter();
        }

        String show(boolean whole, String text) throws IOException {
            frame.clear();
            canvas.put(0, 0, text, Style.TEXT);
            return show(whole);
        }

        String show() throws IOException {
            return show(false);
        }

        private String show(boolean whole) throws IOException {
            out.reset();
            tty.show(frame, whole);
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
