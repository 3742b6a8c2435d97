package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.Ports;
import voiptui.testkit.SoundServer;
import voiptui.testkit.TestRelay;
import voiptui.testkit.Tmux;
import voiptui.testkit.VoiptuiProcess;
import voiptui.testkit.Wav;

/** What users once met on the screens, in a large terminal with a light background. */
class ScreenFaultsIT {

    private static final long SOON_MS = 20_000;
    private static final Pattern BRAILLE = Pattern.compile("[\u2801-\u28ff]{20}");
    /** Labels on a light background. */
    private static final String LIGHT_LABEL = "\033[38;5;239m";

    private static final int SPEECH_S = 9;
    private static final int PAUSE_S = 3;

    @TempDir
    private Path folder;

    private Tmux terminal;

    private void enter(List<String> arguments) {
        List<String> words = new ArrayList<>(VoiptuiProcess.command());
        words.addAll(arguments);
        terminal.enter(Tmux.quoted(words) + "; echo status $?");
    }

    /** Waits for a line that the terminal may have broken. */
    private void awaitLine(String line) {
        terminal.await(SOON_MS, line, screen -> screen.replace("\n", "").contains(line));
    }

    private static int rowOf(String label, String screen) {
        return screen.lines().map(row -> row.contains("│ " + label)).toList().indexOf(true);
    }

    @Test
    void shouldNameWhatIsWrongAndShowOutagesAtOnce() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess ben = VoiptuiProcess.start(
                        relay.phone("ben", "--auto-answer", "--mic", "tone", "--speaker", "null"));
                Tmux opened = Tmux.open(60, 16, folder, Map.of("HOME", folder.toString()))) {
            terminal = opened;
            ben.awaitEvent(SOON_MS, "signed_in", event -> true);

            enter(List.of("call", "--sever", "x"));
            awaitLine("unknown option '--sever'; did you mean '--server'?");
            enter(List.of("call", "workshop"));
            awaitLine("voiptui call: --server HOST[:PORT] missing");

            int deaf = Ports.free("127.0.0.1");
            terminal.enter("clear");
            enter(List.of(
                    "doctor",
                    "--server",
                    relay.server(),
                    "--accept-new",
                    "--name",
                    "dora",
                    "--relay-udp-port",
                    Integer.toString(deaf),
                    "--mic",
                    "tone",
                    "--speaker",
                    "null"));
            terminal.awaitText(SOON_MS, "status 1");
            assertThat(terminal.screen()).containsPattern("(?s)allow\\s+UDP\\s+port\\s+" + deaf);
            assertThat(terminal.screen().lines()).as("no words are cut").noneMatch(line -> line.length() > 60);

            terminal.resize(200, 60);
            terminal.enter("clear; tmux set-option -w window-style 'bg=#ffffff'");
            enter(List.of(
                    "phone",
                    "--server",
                    relay.server(),
                    "--name",
                    "dora",
                    "--accept-new",
                    "--ptt",
                    "--mic",
                    "tone",
                    "--speaker",
                    "null"));
            terminal.awaitText(SOON_MS, "1 of 1 online");
            terminal.press("Enter");
            terminal.awaitText(SOON_MS, "in call with ben: GOOD");
            String screen = terminal.await(
                    SOON_MS, "a chart", shown -> BRAILLE.matcher(shown).find());
            assertThat(rowOf("mouth to ear", screen) - rowOf("ben hears you", screen))
                    .as("rows of a chart")
                    .isGreaterThan(3);
            assertThat(terminal.styledScreen()).contains(LIGHT_LABEL);

            terminal.awaitText(SOON_MS, "MUTED");
            terminal.press("Space");
            terminal.await(SOON_MS, "Space talks", shown -> !shown.contains("MUTED"));
            terminal.press("Space");
            terminal.awaitText(SOON_MS, "MUTED");

            ben.signal("STOP");
            terminal.awaitText(SOON_MS, "BAD: nothing arrives from ben");
            ben.signal("CONT");
            terminal.awaitText(SOON_MS, "in call with ben: GOOD");
            terminal.press("q", "q", "C-c");
            terminal.awaitText(SOON_MS, "1 outgoing");
        }
    }

    @Test
    void shouldWarnOfAMicrophoneThatDiesAndOfNoPause() throws Exception {
        Path speech = Wav.write(folder.resolve("speech.wav"), speechWithPauses());
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess ben = VoiptuiProcess.start(
                        relay.phone("ben", "--auto-answer", "--mic", "tone", "--speaker", "null"));
                Tmux opened = Tmux.open(80, 24, folder, home(sound.environment("micA", "spkA")))) {
            terminal = opened;
            ben.awaitEvent(SOON_MS, "signed_in", event -> true);
            Process player = sound.play(speech, "micA");
            enter(List.of(
                    "call",
                    "ben",
                    "--server",
                    relay.server(),
                    "--name",
                    "dora",
                    "--accept-new",
                    "--mic",
                    SoundServer.microphone("micA"),
                    "--speaker",
                    "null"));
            terminal.awaitText(SOON_MS, "in call with ben");
            assertThat(player.waitFor()).isZero();
            assertThat(terminal.screen()).as("after pauses of speech").doesNotContain("silent");

            terminal.awaitText(SOON_MS, "microphone silent for");
            player = sound.play(speech, "micA");
            terminal.awaitText(SOON_MS, "microphone active again");
            SoundServer.stop(player);
            terminal.press("q", "q");
            terminal.awaitText(SOON_MS, "status 0");
        }
    }

    private Map<String, String> home(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOME", folder.toString());
        return all;
    }

    /** A loud word, and three seconds of the room's noise, in turns. */
    private static short[] speechWithPauses() {
        Random noise = new Random(1);
        short[] samples = new short[SPEECH_S * Wav.RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            boolean word = i % (PAUSE_S * Wav.RATE_HZ) < Wav.RATE_HZ / 3;
            samples[i] = (short) ((noise.nextDouble() - 0.5) * (word ? 20_000 : 200));
        }
        return samples;
    }
}
