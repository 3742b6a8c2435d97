package voiptui.tui.terminal.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyStroke;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.testkit.Programs;
import voiptui.tui.terminal.input.KeyTables.Sequence;

/** A terminal session on a real pseudoterminal. {@code src/test/bench/keys.sh} splits each sequence at every byte. */
class TerminalSessionIT {

    /** A busy machine may make a pause longer than the terminal waits for the rest of a sequence. */
    private static final int ATTEMPTS = 5;

    @Test
    @Timeout(60)
    void shouldHaveAKittyReportReleasesUntilTheScreenIsLeft() throws Exception {
        Programs.require("script", "stty");
        try (PtyKeyboard kitty = new PtyKeyboard(true)) {
            kitty.written("\033[?u");
            assertThat(kitty.type(1, latin1("\033[?0u"))).isEmpty();
            kitty.written("\033[>27u\033[?u");
            assertThat(kitty.type(1, latin1("\033[?27u"))).isEmpty();
            kitty.written("\033[?1004h");
            TerminalInput space = new TerminalInput.Key(new KeyStroke(' ', false, false), KeyPhase.RELEASED);
            assertThat(kitty.type(1, latin1("\033[32;1:3u"))).containsExactly(PtyKeyboard.line(space));
            assertThat(kitty.type(1, latin1("\033[O")))
                    .containsExactly(PtyKeyboard.line(new TerminalInput.Focus(false)));

            kitty.leave();
            assertThat(kitty.written("\033[?1049l")).contains("\033[?1004l\033[<u");
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldHearExactlyTheKeysOfEachSequenceThatIsTypedInTwoPieces() throws Exception {
        Programs.require("script", "stty");
        Random random = new Random(12);
        List<Sequence> all = new ArrayList<>(KeyTables.keys());
        all.addAll(KeyTables.reports());
        try (PtyKeyboard keyboard = new PtyKeyboard()) {
            for (Sequence sequence : all) {
                byte[] bytes = sequence.bytes();
                int at = random.nextInt(bytes.length);
                List<String> expected = PtyKeyboard.lines(List.of(sequence));
                List<String> taken = List.of("nothing");
                for (int attempt = 0; attempt < ATTEMPTS && !taken.equals(expected); attempt++) {
                    try {
                        taken = keyboard.type(1, Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length));
                    } catch (SocketTimeoutException swallowed) {
                        taken = List.of("nothing, nor what came after it");
                    }
                }
                assertThat(taken).as("%s split at %d", sequence, at).isEqualTo(expected);
            }
        }
    }
}
