package voiptui.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.AudioDirection;
import voiptui.event.Command;

class TypedCommandsTest {

    private final List<Command> wanted = new ArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int stats;
    private final TypedCommands typed =
            new TypedCommands(wanted::add, () -> stats++, new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void shouldCarryOutEachCommand() {
        Map<String, Command> meanings = Map.ofEntries(
                Map.entry("quit", new Command.HangUp()),
                Map.entry("q", new Command.HangUp()),
                Map.entry(" MUTE ", new Command.ToggleMute()),
                Map.entry("m", new Command.ToggleMute()),
                Map.entry("again", new Command.SayAgain()),
                Map.entry("live", new Command.ReturnToLive()),
                Map.entry("text hello, ben", new Command.SendText("hello, ben")),
                Map.entry("record", new Command.ToggleRecording()),
                Map.entry("record %d Anna.wav", new Command.StartRecording("%d Anna.wav")),
                Map.entry("processing", new Command.CycleProcessing()),
                Map.entry("tone", new Command.PlayTestTone()),
                Map.entry("hangup", new Command.HangUp()),
                Map.entry("yes", new Command.AcceptChanged()),
                Map.entry("y", new Command.AcceptChanged()),
                Map.entry("verified", new Command.VerifyPeer()),
                Map.entry("devices", new Command.ListDevices()),
                Map.entry("volume +", new Command.ChangeGain(AudioDirection.OUTPUT, 3)),
                Map.entry("volume -", new Command.ChangeGain(AudioDirection.OUTPUT, -3)),
                Map.entry("gain   +", new Command.ChangeGain(AudioDirection.INPUT, 3)),
                Map.entry("gain -", new Command.ChangeGain(AudioDirection.INPUT, -3)),
                Map.entry("Mic file:My Speech.wav", new Command.UseDevice(AudioDirection.INPUT, "file:My Speech.wav")),
                Map.entry("speaker USB Headset ", new Command.UseDevice(AudioDirection.OUTPUT, "USB Headset")));

        meanings.forEach((line, command) -> {
            wanted.clear();
            typed.onLine(line);
            assertThat(wanted).as(line).containsExactly(command);
        });
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldPrintStatistics() {
        typed.onLine("stats");
        typed.onLine("s");
        typed.onLine("");

        assertThat(stats).isEqualTo(2);
        assertThat(wanted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "quit now", "volume", "volume 3", "gain up", "mic", "speaker  ", "re\u001b[2J"})
    void shouldReportAnUnknownCommandInOneLine(String line) {
        typed.onLine(line);

        assertThat(wanted).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .hasLineCount(1)
                .matches("(usage|commands): .*\n")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldTakeTheCommandsOfAPhone() {
        TypedCommands phone = TypedCommands.ofPhone(
                wanted::add, () -> stats++, () -> {}, new PrintStream(err, true, StandardCharsets.UTF_8));
        phone.onLine("test");
        phone.onLine("favorite ben");
        phone.onLine("dnd");
        assertThat(wanted)
                .containsExactly(
                        new Command.ToggleEchoTest(),
                        new Command.ToggleFavorite("ben"),
                        new Command.ToggleDoNotDisturb());
        phone.onLine("favorite");
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: favorite NAME");
        assertThat(wanted).hasSize(3);
    }
}
