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
            assertThat(report.get("similarity").getAsDouble()).isGreaterThan(0.9);
            assertThat(report.get("mouth_to_ear_ms").getAsDouble()).isPositive();
            assertThat(report.get("recording").getAsString())
                    .isEqualTo(recording(folder).toString());
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
