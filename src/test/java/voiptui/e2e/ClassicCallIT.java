package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.Attempts;
import voiptui.testkit.ImpairedTransport.Impairment;
import voiptui.testkit.NatBox;
import voiptui.testkit.SoundServer;
import voiptui.testkit.TestRelay;
import voiptui.testkit.VoiptuiProcess;
import voiptui.testkit.Wav;

/** Classic calls between two client processes through a relay process, each on its own loopback address. */
class ClassicCallIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    /** Where the relay sees A behind a NAT. */
    private static final String OUTSIDE = "127.0.0.5";

    private static final long SOON_MS = 20_000;
    /** Silence before the speech: the delay is measured against the fastest packet of four seconds, and is then adjusted. */
    private static final int SETTLING_S = 6;

    @TempDir
    private Path folder;

    @Test
    void shouldCarrySpeechBitExactlyInBothDirections() throws Exception {
        Attempts.untilUndisturbed(folder, this::shouldCarrySpeechBitExactlyInBothDirectionsIn);
    }

    private void shouldCarrySpeechBitExactlyInBothDirectionsIn(Path folder) throws Exception {
        int seconds = 8;
        short[] saidByA = Wav.speech(seconds, 1);
        short[] saidByB = Wav.speech(seconds, 2);
        Path heardByA = folder.resolve("heard by A.wav");
        Path heardByB = folder.resolve("heard by B.wav");
        String wavA = "file:" + Wav.write(folder.resolve("a.wav"), Wav.afterSilence(SETTLING_S, saidByA));
        String wavB = "file:" + Wav.write(folder.resolve("b.wav"), Wav.afterSilence(SETTLING_S, saidByB));
        // A playout delay longer than any pause of a busy machine: this tests the wire, not the machine.
        String[] patient = {"--min-delay", "300ms", "--max-delay", "800ms"};
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(relay.call(
                        A,
                        B,
                        with(
                                patient,
                                "--mic",
                                wavA,
                                "--speaker",
                                "file:" + heardByA,
                                "--duration",
                                SETTLING_S + seconds + 5 + "s")));
                VoiptuiProcess b = VoiptuiProcess.start(
                        relay.call(B, A, with(patient, "--mic", wavB, "--speaker", "file:" + heardByB)))) {
            JsonObject summaryA = a.awaitSummary(60_000);
            JsonObject summaryB = b.awaitSummary(SOON_MS);

            assertThat(Wav.indexOf(Wav.read(heardByB), saidByA))
                    .as("A's speech at B\n%s\n%s", summaryA, summaryB)
                    .isNotNegative();
            assertThat(Wav.indexOf(Wav.read(heardByA), saidByB))
                    .as("B's speech at A\n%s\n%s", summaryA, summaryB)
                    .isNotNegative();
            for (JsonObject summary : new JsonObject[] {summaryA, summaryB}) {
                assertThat(summary.get("packets_lost").getAsInt()).isZero();
                assertThat(summary.get("packets_late").getAsInt()).isZero();
                assertThat(summary.get("concealed_ms").getAsInt()).isZero();
                assertThat(summary.get("packets_received").getAsInt()).isGreaterThan(seconds * 50);
                assertThat(summary.get("mic_peak_dbfs").getAsDouble()).isBetween(-10.0, 0.0);
                assertThat(summary.get("relay_rtt_ms").getAsDouble()).isPositive();
                assertThat(summary.get("codec").getAsString()).isEqualTo("pcm");
            }
            assertThat(summaryA.get("reason").getAsString()).isEqualTo("DURATION");
            assertThat(summaryB.get("reason").getAsString()).isEqualTo("PEER_LEFT");
            assertThat(a.awaitExit(SOON_MS)).isZero();
            assertThat(b.awaitExit(SOON_MS)).isZero();
        }
    }

    @Test
    void shouldSendSilenceWhileMuted() throws Exception {
        Path heard = folder.resolve("heard.wav");
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(relay.call(A, B, "--mic", "tone:440", "--speaker", "null"));
                VoiptuiProcess b =
                        VoiptuiProcess.start(relay.call(B, A, "--mic", "silence", "--speaker", "file:" + heard))) {
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitEvent(
                    SOON_MS, "speaker_level", level -> level.get("peak_dbfs").getAsDouble() > -30);
            a.type("mute");
            a.awaitEvent(SOON_MS, "mute", event -> event.get("muted").getAsBoolean());
            int lines = b.lines();
            b.awaitEventAfter(
                    lines,
                    SOON_MS,
                    "speaker_level",
                    level -> level.get("peak_dbfs").getAsDouble() == -96);
            JsonObject level = a.awaitEvent(
                    SOON_MS, "mic_level", event -> event.get("muted").getAsBoolean());
            assertThat(level.get("peak_dbfs").getAsDouble())
                    .as("the user still sees the microphone's level")
                    .isGreaterThan(-30);
            a.type("mute");
            lines = b.lines();
            b.awaitEventAfter(
                    lines,
                    SOON_MS,
                    "speaker_level",
                    event -> event.get("peak_dbfs").getAsDouble() > -30);
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
            assertThat(b.awaitExit(SOON_MS)).isZero();
        }
        short[] samples = Wav.read(heard);
        assertThat(Wav.longestSilence(samples))
                .as("samples of silence between two tones")
                .isGreaterThan(882);
    }

    @Test
    void shouldWarnAboutASilentMicrophone() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(
                        Path.of("").toAbsolutePath(),
                        sound.environment("micA", "spkA"),
                        relay.call(A, B, "--speaker", "null"))) {
            JsonObject warning = a.awaitEvent(
                    SOON_MS, "mic_silence", event -> event.get("silent").getAsBoolean());
            assertThat(warning.get("for_ms").getAsLong()).isEqualTo(2000);
        }
    }

    @Test
    void shouldWaitForTheNextCallWithStay() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a =
                        VoiptuiProcess.start(relay.call(A, B, "--mic", "tone", "--speaker", "null", "--stay"))) {
            for (int call = 0; call < 2; call++) {
                int lines = a.lines();
                try (VoiptuiProcess b =
                        VoiptuiProcess.start(relay.call(B, A, "--mic", "tone", "--speaker", "null", "--port", "0"))) {
                    a.awaitStateAfter(lines, SOON_MS, "IN_CALL");
                    b.awaitState(SOON_MS, "IN_CALL");
                    lines = a.lines();
                    b.type("quit");
                    assertThat(b.awaitExit(SOON_MS)).isZero();
                    a.awaitStateAfter(lines, SOON_MS, "WAITING");
                }
            }
            a.signal("TERM");
            assertThat(a.awaitExit(SOON_MS)).isZero();
        }
    }

    @Test
    void shouldSendEndOfTransmissionOnCtrlCAndExitWith130() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(relay.call(A, B, "--mic", "tone", "--speaker", "null"));
                VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, "--mic", "tone", "--speaker", "null"))) {
            a.closeInput();
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitState(SOON_MS, "IN_CALL");
            a.signal("INT");
            assertThat(a.awaitExit(SOON_MS)).isEqualTo(130);
            assertThat(a.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("INTERRUPTED");
            assertThat(b.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("PEER_LEFT");
            relay.process()
                    .awaitLog(
                            SOON_MS,
                            "classic_left",
                            event -> event.get("client").getAsString().startsWith(A));
            relay.process()
                    .awaitLog(
                            SOON_MS,
                            "classic_left",
                            event -> event.get("client").getAsString().startsWith(B));
        }
    }

    /** DISCONNECT takes no time, media takes 600 ms: what A said last is still under way when the relay reads it. */
    @Test
    void shouldHearWhatWasSaidBeforeHangingUpWhenMediaIsDelayed() throws Exception {
        Path heard = folder.resolve("heard.wav");
        try (TestRelay relay = TestRelay.start();
                NatBox slow = new NatBox("127.0.1.2", OUTSIDE, relay.control(), relay.media(), 1)) {
            slow.impair(Impairment.NONE.withDelay(600, 0));
            try (VoiptuiProcess a = VoiptuiProcess.start(
                            slow.throughNat(relay.call(A, B, "--mic", "tone", "--speaker", "null", "--mute")));
                    VoiptuiProcess b = VoiptuiProcess.start(
                            relay.call(B, OUTSIDE, "--mic", "silence", "--speaker", "file:" + heard))) {
                a.awaitState(SOON_MS, "IN_CALL");
                b.awaitState(SOON_MS, "IN_CALL");
                int lines = b.lines();
                b.awaitEventAfter(
                        lines,
                        SOON_MS,
                        "speaker_level",
                        level -> level.get("peak_dbfs").getAsDouble() == -96);
                lines = a.lines();
                a.type("mute");
                a.awaitEventAfter(
                        lines,
                        SOON_MS,
                        "mic_level",
                        level -> !level.get("muted").getAsBoolean());
                a.type("quit");
                assertThat(a.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("QUIT");
                JsonObject summary = b.awaitSummary(SOON_MS);
                assertThat(summary.get("reason").getAsString()).isEqualTo("PEER_LEFT");
                assertThat(summary.get("packets_lost").getAsInt()).isZero();
            }
        }
        short[] samples = Wav.read(heard);
        assertThat(Wav.peak(samples, 0, samples.length)).isGreaterThan(1000);
    }

    @Test
    void shouldLeaveAValidRecordingWhenKilled() throws Exception {
        Path heard = folder.resolve("heard.wav");
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(relay.call(A, B, "--mic", "tone", "--speaker", "null"));
                VoiptuiProcess b =
                        VoiptuiProcess.start(relay.call(B, A, "--mic", "tone", "--speaker", "file:" + heard))) {
            b.awaitEvent(
                    SOON_MS, "speaker_level", level -> level.get("peak_dbfs").getAsDouble() > -30);
            int lines = b.lines();
            b.awaitEventAfter(lines, SOON_MS, "network", event -> true);
            b.signal("KILL");
            b.awaitExit(SOON_MS);
            short[] samples = Wav.read(heard);
            assertThat(Wav.peak(samples, 0, samples.length)).isGreaterThan(1000);
        }
    }

    @Test
    void shouldRecordBothSidesOfACall() throws Exception {
        Attempts.untilUndisturbed(folder, this::shouldRecordBothSidesOfACallIn);
    }

    private void shouldRecordBothSidesOfACallIn(Path folder) throws Exception {
        int seconds = 4;
        short[] saidByA = Wav.speech(seconds, 1);
        short[] saidByB = Wav.speech(seconds, 2);
        String wavA = "file:" + Wav.write(folder.resolve("a.wav"), Wav.afterSilence(SETTLING_S, saidByA));
        String wavB = "file:" + Wav.write(folder.resolve("b.wav"), Wav.afterSilence(SETTLING_S, saidByB));
        String[] patient = {"--min-delay", "300ms", "--max-delay", "800ms"};
        Path recording;
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(
                        folder, Map.of(), relay.call(A, B, with(patient, "--mic", wavA, "--speaker", "null")))) {
            a.awaitState(SOON_MS, "WAITING");
            a.type("record");
            JsonObject begun = a.awaitEvent(
                    SOON_MS, "recording", event -> event.get("running").getAsBoolean());
            recording = folder.resolve(begun.get("file").getAsString());
            try (VoiptuiProcess b = VoiptuiProcess.start(relay.call(
                    B,
                    A,
                    with(patient, "--mic", wavB, "--speaker", "null", "--duration", SETTLING_S + seconds + 3 + "s")))) {
                b.awaitSummary(SOON_MS);
            }
            a.awaitSummary(SOON_MS);
            JsonObject ended = a.awaitEvent(
                    SOON_MS, "recording", event -> !event.get("running").getAsBoolean());
            assertThat(ended.get("problem").isJsonNull()).as("%s", ended).isTrue();
            assertThat(ended.get("duration_ms").getAsLong()).isGreaterThan(seconds * 1000L);
        }
        assertThat(recording.getFileName().toString()).matches("voiptui-\\d{8}-\\d{6}\\.wav");
        short[][] channels = Wav.readStereo(recording);
        assertThat(Wav.indexOf(channels[0], saidByA))
                .as("what A said, on the left")
                .isNotNegative();
        assertThat(Wav.indexOf(channels[1], saidByB))
                .as("what A heard, on the right")
                .isNotNegative();
    }

    @Test
    void shouldChangeMicrophoneAndGainDuringACall() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(relay.call(A, B, "--mic", "silence", "--speaker", "null"));
                VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, "--mic", "silence", "--speaker", "null"))) {
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitEvent(
                    SOON_MS, "speaker_level", level -> level.get("peak_dbfs").getAsDouble() == -96);
            a.type("mic tone");
            a.awaitEvent(
                    SOON_MS,
                    "audio_in_use",
                    used -> used.get("device").getAsString().equals("tone"));
            awaitLevel(b, -12);
            a.type("gain -");
            a.type("gain -");
            a.awaitEvent(SOON_MS, "gain", gain -> gain.get("gain_db").getAsDouble() == -6);
            awaitLevel(b, -18);
            a.type("mic 4711");
            JsonObject refused = a.awaitEvent(SOON_MS, "audio_refused", event -> true);
            assertThat(refused.get("problem").getAsString()).contains("unknown microphone '4711'");
            int lines = b.lines();
            b.type("volume +");
            b.awaitEventAfter(
                    lines,
                    SOON_MS,
                    "gain",
                    gain -> gain.get("direction").getAsString().equals("OUTPUT"));
            awaitLevel(b, -15);
            b.type("speaker file:" + folder.resolve("heard.wav"));
            b.awaitEventAfter(
                    lines,
                    SOON_MS,
                    "audio_in_use",
                    used -> used.get("direction").getAsString().equals("OUTPUT"));
            lines = b.lines();
            b.awaitEventAfter(lines, SOON_MS, "counters", event -> true);
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
            assertThat(b.awaitExit(SOON_MS)).isZero();
        }
        short[] heard = Wav.read(folder.resolve("heard.wav"));
        assertThat(20 * Math.log10(Wav.peak(heard, 0, heard.length) / 32_768.0)).isBetween(-15.2, -14.8);
    }

    private static void awaitLevel(VoiptuiProcess process, double dbfs) {
        process.awaitEventAfter(
                process.lines(),
                SOON_MS,
                "speaker_level",
                level -> Math.abs(level.get("peak_dbfs").getAsDouble() - dbfs) < 0.2);
    }

    /** Simulates a full disk with a file size limit. */
    @Test
    void shouldContinueTheCallWhenRecordingFails() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(
                        folder,
                        Map.of(),
                        List.of("/bin/sh", "-c", "ulimit -f 100; exec \"$@\"", "sh"),
                        relay.call(A, B, "--mic", "tone", "--speaker", "null"))) {
            a.awaitState(SOON_MS, "WAITING");
            a.type("record");
            JsonObject ended = a.awaitEvent(
                    SOON_MS, "recording", event -> !event.get("running").getAsBoolean());
            assertThat(ended.get("problem").getAsString()).isEqualTo("File too large");
            assertThat(Wav.readStereo(folder.resolve(ended.get("file").getAsString()))[0].length)
                    .isPositive();
            int lines = a.lines();
            a.awaitEventAfter(lines, SOON_MS, "mic_level", event -> true);
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
        }
    }

    static String[] with(String[] some, String... more) {
        String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
