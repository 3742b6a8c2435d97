package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.cli.run.FaultyScreen;
import voiptui.testkit.SoundServer;
import voiptui.testkit.TestRelay;
import voiptui.testkit.Tmux;
import voiptui.testkit.VoiptuiProcess;
import voiptui.testkit.Wav;

/** A call's full screen in a real terminal: keys and display. */
class ScreenIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final long SOON_MS = 20_000;
    private static final int SECOND_SAMPLES = 44_100;

    @TempDir
    private Path folder;

    @Test
    void shouldShowACallFromStartToEnd() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal()) {
            terminal.enter("echo what was here before; stty -a > before");
            terminal.awaitPrompt(SOON_MS);
            terminal.enter(call(relay, "--mic", "tone", "--speaker", "null"));
            terminal.awaitText(SOON_MS, "waiting for " + B);
            try (VoiptuiProcess peer = peer(relay, "--mic", "tone", "--speaker", "null")) {
                String screen = terminal.awaitText(SOON_MS, "in call with " + B);
                assertThat(screen)
                        .contains("You", "you hear " + B, "Where", "registered", "buffer", "What happened", "m mute");
                terminal.await(
                        SOON_MS,
                        "both meters at the tone's -12 dBFS",
                        shown -> levels(shown).equals(List.of(-12, -12)));
                terminal.press("q");
                terminal.awaitText(SOON_MS, "Hang up?");
                terminal.press("x");
                terminal.awaitText(SOON_MS, "m mute");
                terminal.press("q", "Enter");
                String after = terminal.awaitPrompt(SOON_MS);
                assertThat(after)
                        .contains("what was here before", "Call with " + B, "you hung up", "loss", "voiptui.log");
                assertGivenBack(terminal);
                assertThat(peer.awaitSummary(SOON_MS).get("reason").getAsString())
                        .isEqualTo("PEER_LEFT");
            }
        }
        assertThat(Files.readString(folder.resolve("state/voiptui/voiptui.log")))
                .contains("in call with " + B, "ended: you hung up");
    }

    @Test
    void shouldRestoreTheTerminalWhenTerminated() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal()) {
            terminal.enter("echo what was here before; stty -a > before");
            terminal.awaitPrompt(SOON_MS);
            terminal.enter("(echo $BASHPID > pid; exec " + call(relay, "--mic", "tone", "--speaker", "null")
                    + "); echo status $?");
            terminal.awaitText(SOON_MS, "waiting for " + B);
            String pid = Files.readString(folder.resolve("pid")).strip();
            assertThat(new ProcessBuilder("kill", "-TERM", pid)
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("what was here before", "you hung up", "status 0");
            assertGivenBack(terminal);
        }
    }

    @Test
    void shouldRestoreTheTerminalAfterAnInternalError() throws Exception {
        try (Tmux terminal = terminal()) {
            terminal.enter("echo what was here before; stty -a > before");
            terminal.awaitPrompt(SOON_MS);
            terminal.enter(Tmux.quoted(FaultyScreen.command()) + "; echo status $?");
            terminal.await(SOON_MS, "the end", screen -> screen.contains("status 1"));
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("what was here before", "internal error", "voiptui.log");
            assertGivenBack(terminal);
        }
        assertThat(Files.readString(folder.resolve("state/voiptui/voiptui.log")))
                .contains("NullPointerException", "at voiptui.tui.call.");
    }

    private void assertGivenBack(Tmux terminal) throws IOException {
        assertThat(terminal.isAlternate()).as("on the alternate screen").isFalse();
        terminal.enter("stty -a > after; clear");
        terminal.awaitPrompt(SOON_MS);
        assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
    }

    @Test
    void shouldSendSilenceWhileMuted() throws Exception {
        Path heard = folder.resolve("heard.wav");
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal();
                VoiptuiProcess peer = peer(relay, "--mic", "silence", "--speaker", "file:" + heard)) {
            terminal.enter(call(relay, "--mic", "tone", "--speaker", "null"));
            terminal.awaitText(SOON_MS, "in call");
            peer.awaitEvent(
                    SOON_MS, "speaker_level", level -> level.get("peak_dbfs").getAsDouble() > -30);
            terminal.press("m");
            String muted = terminal.awaitText(SOON_MS, "you are talking, but muted");
            assertThat(muted).contains("MUTED", "m unmute");
            int line = peer.lines();
            peer.awaitEventAfter(
                    line,
                    SOON_MS,
                    "speaker_level",
                    level -> level.get("peak_dbfs").getAsDouble() == -96);
            terminal.press("m");
            terminal.await(SOON_MS, "no mute", screen -> !screen.contains("MUTED"));
            line = peer.lines();
            peer.awaitEventAfter(
                    line,
                    SOON_MS,
                    "speaker_level",
                    level -> level.get("peak_dbfs").getAsDouble() > -30);
            terminal.press("q", "q");
            terminal.awaitPrompt(SOON_MS);
            assertThat(peer.awaitExit(SOON_MS)).isZero();
        }
        assertThat(Wav.longestSilence(Wav.read(heard)))
                .as("samples of silence between two tones")
                .isGreaterThan(882);
    }

    @Test
    void shouldShowTheRelayLostAndReturned() throws Exception {
        TestRelay relay = TestRelay.start();
        try (Tmux terminal = terminal()) {
            terminal.enter(call(relay, "--mic", "tone", "--speaker", "null", "--heartbeat", "1s"));
            terminal.awaitText(SOON_MS, "waiting for");
            relay.close();
            awaitStatus(terminal, SOON_MS, "relay lost");
            try (TestRelay back = relay.startAgain()) {
                awaitStatus(terminal, SOON_MS, "waiting for");
                terminal.press("q");
                terminal.awaitPrompt(SOON_MS);
            }
        } finally {
            relay.close();
        }
    }

    @Test
    void shouldShowTheRelayLostWithTheDefaultHeartbeat() throws Exception {
        TestRelay relay = TestRelay.start();
        try (Tmux terminal = terminal();
                VoiptuiProcess peer = peer(relay, "--mic", "tone", "--speaker", "null")) {
            terminal.enter(call(relay, "--mic", "tone", "--speaker", "null"));
            terminal.awaitText(SOON_MS, "in call");
            relay.close();
            awaitStatus(terminal, 50_000, "relay lost");
            try (TestRelay back = relay.startAgain()) {
                awaitStatus(terminal, SOON_MS, "in call");
                terminal.press("q", "Enter");
                terminal.awaitPrompt(SOON_MS);
            }
        } finally {
            relay.close();
        }
    }

    @Test
    void shouldFollowWindowSize() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal();
                VoiptuiProcess peer = peer(relay, "--mic", "tone", "--speaker", "null")) {
            terminal.enter(call(relay, "--mic", "tone", "--speaker", "null"));
            terminal.awaitText(SOON_MS, "in call");
            for (int[] size : new int[][] {{120, 40}, {60, 16}, {100, 30}, {61, 20}, {80, 24}}) {
                terminal.resize(size[0], size[1]);
                terminal.await(
                        SOON_MS, "a frame of " + size[0] + " by " + size[1], screen -> fills(screen, size[0], size[1]));
            }
            terminal.resize(59, 16);
            terminal.awaitText(SOON_MS, "terminal too small (need 60×16)");
            terminal.resize(80, 24);
            terminal.await(SOON_MS, "the call again", screen -> screen.contains("in call") && fills(screen, 80, 24));
            terminal.press("q", "q");
            terminal.awaitPrompt(SOON_MS);
        }
    }

    /** Returns whether the frame fills the window and the key bar is in the last row. */
    private static boolean fills(String screen, int width, int height) {
        List<String> rows = screen.lines().toList();
        return rows.size() == height
                && rows.get(0).length() == width
                && rows.get(0).endsWith("╮")
                && rows.get(height - 2).endsWith("╯")
                && rows.get(height - 2).length() == width
                && rows.get(height - 1).contains("m mute");
    }

    @Test
    void shouldShowPagesAndDialogs() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal();
                VoiptuiProcess peer = peer(relay, "--mic", "tone", "--speaker", "null")) {
            terminal.enter(call(relay, "--mic", "tone", "--speaker", "null"));
            terminal.awaitText(SOON_MS, "in call");
            terminal.press("?");
            terminal.awaitText(SOON_MS, "Ctrl+L");
            terminal.press("x", "s");
            terminal.awaitText(SOON_MS, "Jitter buffer");
            terminal.press("s");
            terminal.await(
                    SOON_MS,
                    "a count of packets sent",
                    screen -> Pattern.compile("[1-9][0-9]*  media packets sent")
                            .matcher(screen)
                            .find());
            terminal.press("l");
            terminal.awaitText(SOON_MS, "Home oldest");
            terminal.press("l");
            terminal.awaitText(SOON_MS, "What happened");
            terminal.press("]");
            terminal.awaitText(SOON_MS, "gain +3 dB");
            terminal.press("-");
            terminal.awaitText(SOON_MS, "volume -3 dB");
            terminal.press("C-l", "C-c");
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("you hung up");
        }
    }

    @Test
    void shouldRecordBothSides() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal();
                VoiptuiProcess peer = peer(relay, "--mic", "tone:1000", "--speaker", "null")) {
            terminal.enter(call(relay, "--mic", "tone:440", "--speaker", "null"));
            terminal.awaitText(SOON_MS, "in call");
            terminal.press("r");
            terminal.awaitText(SOON_MS, "REC 00:00:02");
            terminal.press("r");
            terminal.await(SOON_MS, "the end of the recording", screen -> !screen.contains("REC"));
            terminal.press("q", "q");
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("recorded");
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("voiptui-.*\\.wav"))
                            .toList())
                    .hasSize(1)
                    .allSatisfy(file -> assertThat(Files.size(file)).isGreaterThan(2 * 2 * SECOND_SAMPLES));
        }
    }

    @Test
    void shouldShowNoColorWhenDisabled() throws Exception {
        String plain = looksOf(Map.of("NO_COLOR", "1"));
        assertThat(Pattern.compile("\033\\[[0-9;]*(3[0-8]|4[0-8]|9[0-7])[;m]")
                        .matcher(plain)
                        .find())
                .as("a colour in\n%s", plain)
                .isFalse();
        assertThat(looksOf(Map.of())).as("with colours").contains("\033[38;5;");
    }

    @Test
    void shouldDrawInAsciiWhenAskedOrWhenUtf8IsUnsupported() throws Exception {
        for (Map<String, String> environment : List.of(Map.of("OPTIONS", "--ascii"), Map.of("LC_ALL", "C"))) {
            assertThat(looksOf(environment).chars()).as("%s", environment).allMatch(character -> character < 127);
        }
    }

    /** Returns all bytes sent to the terminal during a call, including the first paint. */
    private String looksOf(Map<String, String> environment) throws Exception {
        Path output = Files.createTempFile(folder, "output", "");
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal(environment)) {
            terminal.enter("clear");
            terminal.awaitPrompt(SOON_MS);
            terminal.enter("echo stop$((1)); read; " + call(relay, "--mic", "tone", "--speaker", "null") + " $OPTIONS");
            // Enter would be lost before the shell reads input.
            terminal.awaitText(SOON_MS, "stop1");
            terminal.copyOutputTo(output);
            terminal.press("Enter");
            terminal.awaitText(SOON_MS, "waiting for");
            terminal.press("q");
            terminal.awaitPrompt(SOON_MS);
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void shouldMoveTheMeterForAVirtualMicrophone() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                Tmux terminal = terminal(sound.environment("micA", "spkA"))) {
            terminal.enter(call(relay, "--mic", "silence", "--speaker", "null"));
            terminal.awaitText(SOON_MS, "waiting for");
            terminal.press("d");
            terminal.awaitText(SOON_MS, "selected earlier");
            terminal.press("Up", "Up", "Up", "Up");
            sound.play(Wav.write(folder.resolve("speech.wav"), Wav.speech(60, 1)), "micA");
            terminal.await(
                    SOON_MS,
                    "the level of the marked microphone",
                    screen -> levels(screen).stream().anyMatch(level -> level > -40));
            terminal.press("Enter");
            terminal.awaitText(SOON_MS, "microphone in use: Monitor of micA");
            terminal.press("Escape");
            terminal.await(
                    SOON_MS,
                    "a meter that moves",
                    screen -> !screen.contains("Devices")
                            && !levels(screen).isEmpty()
                            && levels(screen).get(0) > -40);
            terminal.press("q");
            terminal.awaitPrompt(SOON_MS);
        }
    }

    @Test
    void shouldMoveTheMetersWithSpeechFromAFile() throws Exception {
        Path speech = Wav.write(folder.resolve("speech.wav"), Wav.speech(60, 1));
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal();
                VoiptuiProcess peer = peer(relay, "--mic", "file:" + speech, "--speaker", "null")) {
            terminal.enter(call(relay, "--mic", "file:" + speech, "--speaker", "null"));
            terminal.awaitText(SOON_MS, "in call");
            List<Set<String>> bars = List.of(new HashSet<>(), new HashSet<>());
            String screen = terminal.await(SOON_MS, "five different lengths of each bar", shown -> {
                List<String> now = meters(shown);
                if (now.size() == 2) {
                    bars.get(0).add(now.get(0));
                    bars.get(1).add(now.get(1));
                }
                return bars.get(0).size() >= 5 && bars.get(1).size() >= 5;
            });
            assertThat(levels(screen)).as("peaks of the last seconds").allMatch(level -> level > -30);
            terminal.press("q", "q");
            terminal.awaitPrompt(SOON_MS);
        }
    }

    @Test
    void shouldDetectASilentRelay() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal()) {
            terminal.enter(call(relay, "--mic", "tone", "--speaker", "null", "--heartbeat", "1s"));
            terminal.awaitText(SOON_MS, "waiting for");
            relay.process().signal("STOP");
            awaitStatus(terminal, SOON_MS, "relay lost");
            relay.process().signal("CONT");
            awaitStatus(terminal, SOON_MS, "waiting for");
            terminal.press("q");
            terminal.awaitPrompt(SOON_MS);
        }
    }

    @Test
    void shouldSurviveRapidResizing() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal();
                VoiptuiProcess peer = peer(relay, "--mic", "tone", "--speaker", "null")) {
            terminal.enter(call(relay, "--mic", "tone", "--speaker", "null"));
            terminal.awaitText(SOON_MS, "in call");
            for (int step = 0; step < 60; step++) {
                terminal.resize(20 + step * 37 % 120, 4 + step * 17 % 40);
            }
            terminal.resize(80, 24);
            terminal.await(
                    SOON_MS,
                    "the call, whole",
                    screen -> screen.contains("in call")
                            && fills(screen, 80, 24)
                            && levels(screen).size() == 2);
            terminal.press("q", "q");
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("you hung up");
        }
    }

    @Test
    void shouldReportTheErrorAfterRestoringTheTerminal() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = terminal()) {
            terminal.enter("clear");
            terminal.awaitPrompt(SOON_MS);
            terminal.enter(call(relay, "--mic", "file:missing.wav", "--speaker", "null") + "; echo status $?");
            terminal.awaitText(SOON_MS, "status 5");
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("missing.wav: ");
        }
    }

    @Test
    void shouldRequireATerminal() throws Exception {
        try (VoiptuiProcess process = VoiptuiProcess.start("call", "--server", "127.0.0.1:1", "--target", B)) {
            assertThat(process.awaitExit(SOON_MS)).isEqualTo(2);
            assertThat(process.err()).hasSize(1).first().asString().contains("needs a terminal", "--plain");
        }
    }

    /** Waits for the call state above the panels; the log below still shows earlier states. */
    private static void awaitStatus(Tmux terminal, long timeoutMs, String text) {
        terminal.await(
                timeoutMs,
                "the state '" + text + "'",
                screen -> screen.lines().limit(3).anyMatch(line -> line.contains(text)));
    }

    private Tmux terminal() throws IOException {
        return terminal(Map.of());
    }

    private Tmux terminal(Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("XDG_STATE_HOME", folder.resolve("state").toString());
        return Tmux.open(80, 24, folder, all);
    }

    private static String call(TestRelay relay, String... options) {
        List<String> words = new ArrayList<>(VoiptuiProcess.command());
        words.addAll(Arrays.asList(relay.screenCall(A, B, options)));
        return Tmux.quoted(words);
    }

    private static VoiptuiProcess peer(TestRelay relay, String... options) throws IOException {
        return VoiptuiProcess.start(relay.call(B, A, options));
    }

    /** What the microphone's and the speaker's meter look like, without the number. */
    private static List<String> meters(String screen) {
        return Pattern.compile("│([^│]+│[^│]+) -?[0-9]+ dBFS")
                .matcher(screen)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Returns the displayed levels, microphone first. */
    private static List<Integer> levels(String screen) {
        List<Integer> levels = new ArrayList<>();
        Matcher matcher = Pattern.compile("(-?[0-9]+) dBFS").matcher(screen);
        while (matcher.find()) {
            levels.add(Integer.valueOf(matcher.group(1)));
        }
        return levels;
    }
}
