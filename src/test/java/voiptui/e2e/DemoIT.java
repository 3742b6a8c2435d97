package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.demo.speech.SpeechMatch;
import voiptui.testkit.Attempts;
import voiptui.testkit.VoiptuiProcess;
import voiptui.testkit.Wav;

/** The demo, as a new user runs it. */
class DemoIT {

    private static final long SOON_MS = 40_000;

    @TempDir
    private Path folder;

    @Test
    void shouldReportOnOneScreenAndLeaveARecording() throws Exception {
        Attempts.untilUndisturbed(folder, this::shouldReportOnOneScreenAndLeaveARecordingIn);
    }

    private void shouldReportOnOneScreenAndLeaveARecordingIn(Path folder) throws Exception {
        try (VoiptuiProcess demo = VoiptuiProcess.start(folder, Map.of(), "demo", "--speaker", "null")) {
            assertThat(demo.awaitExit(SOON_MS)).as(demo.toString()).isZero();
            assertThat(demo.err()).isEmpty();
            assertThat(demo.out()).hasSizeLessThan(24).allMatch(line -> line.length() <= 120);
            assertThat(String.join("\n", demo.out()))
                    .contains(
                            "sent",
                            "received",
                            "lost",
                            "from mouth to ear",
                            recording(folder).toString(),
                            "The call works");
        }
        short[] heard = Wav.read(recording(folder));
        assertThat(Wav.peak(heard, 0, heard.length)).isGreaterThan(10_000);
    }

    @Test
    void shouldUseOwnSpeechAndReportAsJson() throws Exception {
        Attempts.untilUndisturbed(folder, this::shouldUseOwnSpeechAndReportAsJsonIn);
    }

    private void shouldUseOwnSpeechAndReportAsJsonIn(Path folder) throws Exception {
        Path said = Wav.write(folder.resolve("said.wav"), Wav.speech(3, 7));
        try (VoiptuiProcess demo = VoiptuiProcess.start(
                folder, Map.of(), "demo", "--speaker", "null", "--json", "--duration", "3s", "--mic", "file:" + said)) {
            assertThat(demo.awaitExit(SOON_MS)).as(demo.toString()).isZero();
            assertThat(demo.out()).hasSize(1);
            JsonObject report = JsonParser.parseString(demo.out().get(0)).getAsJsonObject();
            assertThat(report.get("arrived").getAsBoolean()).isTrue();
            assertThat(report.get("similarity").getAsDouble()).isGreaterThan(0.8);
            assertThat(report.get("network").isJsonNull()).isTrue();
            assertThat(report.get("said").isJsonNull()).isTrue();
            assertThat(report.get("mouth_to_ear_ms").getAsDouble()).isPositive();
            assertThat(report.get("recording").getAsString())
                    .isEqualTo(recording(folder).toString());
        }
    }

    @Test
    void shouldCallThroughABadNetworkAndLeaveAlignedWavs() throws Exception {
        Attempts.untilUndisturbed(folder, this::shouldCallThroughABadNetworkAndLeaveAlignedWavsIn);
    }

    private void shouldCallThroughABadNetworkAndLeaveAlignedWavsIn(Path folder) throws Exception {
        try (VoiptuiProcess demo = VoiptuiProcess.start(
                folder,
                Map.of(),
                "demo",
                "--network",
                "bad",
                "--speaker",
                "null",
                "--json",
                "--duration",
                "15s",
                "--wav-dir",
                "wavs")) {
            assertThat(demo.awaitExit(2 * SOON_MS)).as(demo.toString()).isZero();
            assertThat(demo.out()).hasSize(1);
            JsonObject report = JsonParser.parseString(demo.out().get(0)).getAsJsonObject();
            JsonObject network = report.getAsJsonObject("network");
            int packets = network.get("packets").getAsInt();

            assertThat(network.get("name").getAsString()).isEqualTo("bad");
            assertThat(packets).as("15 s of speech, and the time before it").isGreaterThan(800);
            assertThat(100.0 * network.get("dropped").getAsInt() / packets).isBetween(5.0, 15.0);
            assertThat(report.getAsJsonObject("listener").get("packets_lost").getAsInt())
                    .isBetween(packets / 25, packets / 5);
            assertThat(report.get("mouth_to_ear_ms").getAsDouble()).isBetween(80.0, 800.0);
        }
        short[] said = readAt16Khz(folder.resolve("wavs/said.wav"));
        short[] heard = readAt16Khz(folder.resolve("wavs/heard.wav"));
        assertThat(said).hasSize(heard.length).hasSizeBetween(14 * 16_000, 16 * 16_000);
        assertThat(Wav.peak(said, 0, said.length)).isGreaterThan(10_000);

        SpeechMatch match = SpeechMatch.find(said, heard, 16_000);
        assertThat(match.offsetSamples()).as("aligned").isLessThan(16_000 / 10);
        assertThat(match.similarity()).isGreaterThan(0.5);
    }

    private static short[] readAt16Khz(Path file) throws Exception {
        assertThat(Wav.rateHz(file)).isEqualTo(16_000);
        return Wav.read(file);
    }

    @Test
    void shouldFollowATrace() throws Exception {
        // Every fifth packet is lost.
        Path trace = Files.writeString(folder.resolve("trace.txt"), "20\n20\nlost\n20\n20\n");
        try (VoiptuiProcess demo = VoiptuiProcess.start(
                folder,
                Map.of(),
                "demo",
                "--trace",
                trace.toString(),
                "--speaker",
                "null",
                "--json",
                "--duration",
                "2s")) {
            demo.awaitExit(SOON_MS);
            JsonObject report = JsonParser.parseString(demo.out().get(0)).getAsJsonObject();
            JsonObject network = report.getAsJsonObject("network");

            assertThat(network.get("dropped").getAsInt())
                    .isEqualTo((network.get("packets").getAsInt() + 2) / 5);
            Path said = Path.of(report.get("said").getAsString());
            Path heard = Path.of(report.get("heard").getAsString());
            assertThat(said).exists();
            Files.delete(said);
            Files.delete(heard);
            Files.delete(said.getParent());
        }
    }

    @Test
    void shouldRefuseAWavDirectoryThatCannotBeCreated() throws Exception {
        Files.writeString(folder.resolve("taken"), "");
        try (VoiptuiProcess demo = VoiptuiProcess.start(folder, Map.of(), "demo", "--wav-dir", "taken")) {
            assertThat(demo.awaitExit(SOON_MS)).isEqualTo(5);
            assertThat(demo.err()).hasSize(1);
            assertThat(demo.err().get(0)).contains("taken", "--wav-dir");
        }
    }

    @Test
    void shouldExitWith1WhenTheSpeechIsSilent() throws Exception {
        try (VoiptuiProcess demo = VoiptuiProcess.start(
                folder, Map.of(), "demo", "--speaker", "null", "--duration", "1s", "--mic", "silence")) {
            assertThat(demo.awaitExit(SOON_MS)).as(demo.toString()).isEqualTo(1);
            assertThat(String.join("\n", demo.out())).contains("The microphone was silent");
        }
    }

    private Path recording(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("voiptui-demo-"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }
}
