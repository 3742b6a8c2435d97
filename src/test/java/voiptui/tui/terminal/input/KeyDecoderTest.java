package voiptui.tui.terminal.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Command;
import voiptui.tui.Next;
import voiptui.tui.call.CallProgram;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.key.Controls;
import voiptui.tui.terminal.input.KeyTables.Sequence;

/** Everything that a terminal sends becomes exactly the keys that were pressed, however it is cut in transit. */
class KeyDecoderTest {

    private static final long POLL_MS = 20;
    private static final TerminalInput MUTE = new TerminalInput.Key(new KeyStroke('m', false, false));
    private static final TerminalInput ESCAPE = new TerminalInput.Key(new KeyStroke(KeyType.Escape));

    /** A terminal, polled as the UI thread does it, with a clock that the test moves. */
    private static final class Line {

        private final KeyDecoder decoder = new KeyDecoder();
        private long nowMs = 1000;

        Line send(byte... bytes) {
            decoder.feed(bytes, bytes.length, nowMs);
            return this;
        }

        Line send(String text) {
            return send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Line pause(long ms) {
            long endMs = nowMs + ms;
            while (nowMs < endMs) {
                nowMs = Math.min(endMs, nowMs + POLL_MS);
                decoder.onNoBytes(nowMs);
            }
            return this;
        }

        List<TerminalInput> received() {
            List<TerminalInput> all = new ArrayList<>();
            for (TerminalInput next = decoder.poll(); next != null; next = decoder.poll()) {
                all.add(next);
            }
            return all;
        }
    }

    static Stream<Sequence> sequences() {
        return Stream.concat(KeyTables.keys().stream(), KeyTables.reports().stream());
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void shouldDecodeWhole(Sequence sequence) {
        assertThat(new Line().send(sequence.bytes()).send("m").received()).isEqualTo(followedByMute(sequence));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void shouldDecodeSplitAtEachByte(Sequence sequence) {
        byte[] bytes = sequence.bytes();
        for (int at = 1; at < Math.min(bytes.length, 50); at++) {
            for (long pauseMs : new long[] {20, 60}) {
                Line line = new Line()
                        .send(Arrays.copyOf(bytes, at))
                        .pause(pauseMs)
                        .send(Arrays.copyOfRange(bytes, at, bytes.length))
                        .pause(pauseMs)
                        .send("m");
                assertThat(line.received())
                        .as("split at %d for %d ms", at, pauseMs)
                        .isEqualTo(followedByMute(sequence));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void shouldDecodeByteByByte(Sequence sequence) {
        Line line = new Line();
        for (byte octet : sequence.bytes()) {
            line.send(octet).pause(40);
        }
        assertThat(line.send("m").received()).isEqualTo(followedByMute(sequence));
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void shouldTakeNoRestForKeysThatComesMuchLater(Sequence sequence) {
        byte[] bytes = sequence.bytes();
        if (bytes[0] != 033) {
            return;
        }
        for (int at = 1; at < Math.min(bytes.length - 1, 50); at++) {
            Line line = new Line()
                    .send(Arrays.copyOf(bytes, at))
                    .pause(bytes[at - 1] == 033 ? 500 : 9000)
                    .send(Arrays.copyOfRange(bytes, at, bytes.length));
            assertThat(line.received()).as("split at %d", at).isSubsetOf(oneOf(sequence));
        }
    }

    private static List<TerminalInput> oneOf(Sequence sequence) {
        List<TerminalInput> all = new ArrayList<>(sequence.means());
        all.add(ESCAPE);
        // Alt+Up of rxvt, cut after the second ESC, is Escape and Up.
        all.add(new TerminalInput.Key(new KeyStroke(KeyType.ArrowUp)));
        all.add(new TerminalInput.Key(new KeyStroke(KeyType.ArrowUp, false, true)));
        return all;
    }

    private static List<TerminalInput> followedByMute(Sequence sequence) {
        List<TerminalInput> all = new ArrayList<>(sequence.means());
        all.add(MUTE);
        return all;
    }

    @Test
    void shouldFindExactlyTheKeysAmongAnythingElse() {
        Random random = new Random(12);
        List<Sequence> keys = KeyTables.keys();
        List<Sequence> reports = KeyTables.reports();
        for (int round = 0; round < 10_000; round++) {
            List<Sequence> sent = new ArrayList<>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                int kind = random.nextInt(4);
                sent.add(
                        kind == 0
                                ? reports.get(random.nextInt(reports.size()))
                                : kind == 1 ? KeyTables.randomReport(random) : keys.get(random.nextInt(keys.size())));
            }
            Line line = new Line();
            byte[] bytes = KeyTables.joined(sent);
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + random.nextInt(30)));
                line.send(Arrays.copyOfRange(bytes, from, to)).pause(random.nextInt(70));
                from = to;
            }
            List<TerminalInput> expected =
                    sent.stream().flatMap(one -> one.means().stream()).toList();
            List<TerminalInput> received = line.received();
            assertThat(received).as("round %d: %s", round, sent).isEqualTo(expected);
            assertThat(commands(received)).isEqualTo(commands(expected));
        }
    }

    /** What a call's screen asks for. */
    private static List<Command> commands(List<TerminalInput> inputs) {
        CallProgram program = new CallProgram();
        CallModel model = CallModel.first(
                new CallModel.Setting("relay.example:8888", "ben", "", ZoneOffset.UTC, false, Controls.DEFAULT), 0);
        List<Command> asked = new ArrayList<>();
        for (TerminalInput input : inputs) {
            Next<CallModel> next = input instanceof TerminalInput.Key key
                    ? program.onHeldKey(model, key.key(), key.phase(), 0)
                    : input instanceof TerminalInput.Paste paste
                            ? program.onPaste(model, paste.text(), 0)
                            : Next.show(model);
            model = next.model();
            asked.addAll(next.commands());
        }
        return asked;
    }

    @Test
    void shouldTakeALoneEscapeForTheKeyAfterAWhile() {
        Line line = new Line().send("\033").pause(60);
        assertThat(line.received()).isEmpty();
        assertThat(line.pause(40).received()).containsExactly(ESCAPE);
        assertThat(line.pause(500).send("m").received()).containsExactly(MUTE);
    }

    @Test
    void shouldKeepKeysApartThatAPersonTypesAfterEscape() {
        assertThat(new Line()
                        .send("\033")
                        .pause(200)
                        .send("]")
                        .pause(100)
                        .send("m")
                        .received())
                .containsExactly(ESCAPE, new TerminalInput.Key(new KeyStroke(']', false, false)), MUTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\033[", "\033O", "\033]", "\033P", "\033_", "\033^", "\033X"})
    void shouldHearKeysAgainAfterAltAndACharacterThatBeginsASequence(String keyWithAlt) {
        assertThat(new Line().send(keyWithAlt).pause(1100).send("m").received()).containsExactly(MUTE);
    }

    @Test
    void shouldHearKeysAgainAfterAStringOrAPasteThatNeverEnds() {
        assertThat(new Line().send("\033]0;title").pause(1100).send("m").received())
                .containsExactly(MUTE);
        assertThat(new Line().send("\033[200~text").pause(3100).send("m").received())
                .containsExactly(MUTE);
        assertThat(new Line().send("\033[<0;10").pause(10_100).send("m").received())
                .containsExactly(MUTE);
    }

    @Test
    void shouldSwallowTheRestOfAPasteThatWasInterrupted() {
        assertThat(new Line()
                        .send("\033[200~text")
                        .pause(5000)
                        .send("mqr\033[201~")
                        .received())
                .containsExactly(new TerminalInput.Paste("textmqr"));
    }

    @Test
    void shouldBoundAPaste() {
        List<TerminalInput> received =
                new Line().send("\033[200~" + "m".repeat(100_000) + "\033[201~").received();

        assertThat(received).containsExactly(new TerminalInput.Paste("m".repeat(KeyDecoder.MAX_PASTE)));
    }

    @Test
    void shouldKeepAMarkThatIsNotTheEndOfThePaste() {
        assertThat(new Line().send("\033[200~a\033[20b\033[201~").received())
                .containsExactly(new TerminalInput.Paste("a\033[20b"));
    }

    @Test
    void shouldDropWhatIsNotUtf8() {
        assertThat(new Line()
                        .send("\u00ff\u00c0\u00e9m\u00f4\u00bf\u00bf\u00bf")
                        .pause(1100)
                        .received())
                .containsExactly(MUTE);
    }
}
