package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.demo.speech.SpeechMatch;
import voiptui.testkit.Deadline;
import voiptui.testkit.Programs;
import voiptui.testkit.SoundServer;
import voiptui.testkit.TestRelay;
import voiptui.testkit.VoiptuiProcess;

/** Calls through a real sound server, from a virtual microphone to the peer's virtual speaker. */
class SoundServerCallIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final int RATE_HZ = 48_000;
    private static final int SPEECH_SECONDS = 20;
    private static final int ATTEMPTS = 5;
    /** Raises the priority over the test's own work, where permitted. */
    private static final List<String> PREFERRED = List.of("nice", "-n", "-11");

    /** Java Sound has a long buffer; SDL's is short, and a busy machine makes it run out before it grows. */
    private static final String[] STEADY = {
        "--audio-backend", "java", "--min-delay", "200ms", "--max-delay", "800ms", "--processing", "off"
    };

    private static final String[] TONE = {"--mic", "tone", "--speaker", "null"};
    private static final List<String> DIRECTIONS = List.of("INPUT", "OUTPUT");

    private static final long SOON_MS = 20_000;
    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir
    private Path folder;

    /**
     * On a busy machine the sound server or a client may be delayed longer than the buffers last.
     * A call without a gap must be possible; it need not be the first attempt.
     */
    @Test
    void shouldCarrySpeechFromMicrophoneToSpeakerWithoutAGap() throws Exception {
        List<AssertionError> gaps = new ArrayList<>();
        while (gaps.size() < ATTEMPTS) {
            try {
                talk();
                return;
            } catch (AssertionError gap) {
                gaps.add(gap);
                System.out.println("A call with a gap: " + gap.getMessage());
            }
        }
        throw new AssertionError("no call without a gap: " + gaps, gaps.get(0));
    }

    private void talk() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(
                        HERE, sound.environment("micA", "spkA"), PREFERRED, relay.call(A, B, STEADY));
                VoiptuiProcess b = VoiptuiProcess.start(
                        HERE, sound.environment("micB", "spkB"), PREFERRED, relay.call(B, A, STEADY))) {
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitState(SOON_MS, "IN_CALL");
            Path said = speech();
            Path heard = folder.resolve("heard.wav");
            Process recorder = sound.record("spkB", heard);
            Process player = sound.play(said, "micA");
            assertThat(player.waitFor()).isZero();
            int lines = b.lines();
            b.awaitEventAfter(
                    lines,
                    SOON_MS,
                    "speaker_level",
                    level -> level.get("peak_dbfs").getAsDouble() < -80);
            SoundServer.stop(recorder);
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();

            JsonObject summary = b.awaitSummary(SOON_MS);
            assertThat(summary.get("packets_lost").getAsInt()).isZero();
            assertThat(summary.get("concealed_ms").getAsInt()).as("%s", summary).isZero();
            assertHeard(samples(said), samples(heard));
        }
    }

    /** With a real microphone without being told to; what the library prints at the end is not seen. */
    @Test
    void shouldProcessTheVoiceOfARealMicrophone() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(HERE, sound.environment("micA", "spkA"), relay.call(A, B));
                VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, "--mic", "tone", "--speaker", "null"))) {
            Programs.requireNatives(Path.of(System.getProperty("voiptui.jar", "target/voiptui.jar")));
            a.awaitState(SOON_MS, "IN_CALL");
            JsonObject begun = a.awaitEvent(SOON_MS, "processing", event -> true);
            assertThat(begun.get("problem").isJsonNull()).as("%s", begun).isTrue();
            assertThat(begun.get("mode").getAsString()).isEqualTo("ALL");

            int lines = a.lines();
            a.type("processing");
            JsonObject ended = a.awaitEventAfter(lines, SOON_MS, "processing", event -> true);
            assertThat(ended.get("mode").getAsString()).isEqualTo("OFF");
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
            assertThat(a.out()).allMatch(line -> line.startsWith("{"));
            b.awaitExit(SOON_MS);
            assertThat(b.out()).noneMatch(line -> line.contains("\"processing\""));
        }
    }

    @Test
    void shouldContinueWithoutASoundServerAndReopenIt() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(HERE, sound.environment("micA", "spkA"), relay.call(A, B));
                VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, "--mic", "tone", "--speaker", "null"))) {
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitState(SOON_MS, "IN_CALL");
            awaitBoth(a, 0, "audio_in_use");
            sound.kill();
            for (String direction : List.of("INPUT", "OUTPUT")) {
                JsonObject lost = a.awaitEvent(
                        SOON_MS,
                        "audio_lost",
                        event -> event.get("direction").getAsString().equals(direction));
                assertThat(lost.get("problem").getAsString()).isNotBlank();
            }
            int lines = a.lines();
            int received = received(a, lines);
            assertThat(received(b, b.lines())).as("the call goes on both ways").isPositive();

            sound.startServer();
            for (String direction : List.of("INPUT", "OUTPUT")) {
                a.awaitEvent(
                        SOON_MS,
                        "audio_restored",
                        event -> event.get("direction").getAsString().equals(direction));
            }
            assertThat(received(a, a.lines())).isGreaterThan(received);
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
            assertThat(b.awaitExit(SOON_MS)).isZero();
        }
    }

    /**
     * The frozen server makes every call of the driver block. How fast each thing must be is measured by hand; a busy machine
     * may take longer, but far less than the thirty seconds after which the driver itself would give up.
     */
    @Test
    void shouldBearASoundServerThatHangsDuringTheCall() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(
                        HERE,
                        sound.environment("micA", "spkA"),
                        relay.call(A, B, SoundServer.options("micA", "spkA")));
                VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, TONE))) {
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitState(SOON_MS, "IN_CALL");
            awaitBoth(a, 0, "audio_in_use");
            int received = received(b, b.lines());

            int lines = a.lines();
            sound.freeze();
            awaitBoth(a, lines, "audio_lost");
            assertThat(received(b, b.lines()))
                    .as("packets while the microphone hangs")
                    .isGreaterThan(received);

            lines = a.lines();
            sound.thaw();
            awaitBoth(a, lines, "audio_restored");

            sound.freeze();
            long startNs = System.nanoTime();
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
            assertThat(System.nanoTime() - startNs).as("ns to hang up").isLessThan(5_000_000_000L);
        }
    }

    @Test
    void shouldStartACallWhileTheSoundServerHangs() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start()) {
            sound.setDefaults("micA", "spkA");
            sound.freeze();
            try (VoiptuiProcess a = VoiptuiProcess.start(HERE, sound.environment("micA", "spkA"), relay.call(A, B));
                    VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, TONE))) {
                a.awaitState(SOON_MS, "IN_CALL");
                awaitBoth(a, 0, "audio_lost");
                assertThat(received(b, b.lines())).as("silence is sent").isPositive();

                int lines = a.lines();
                sound.thaw();
                awaitBoth(a, lines, "audio_restored");
                a.type("quit");
                assertThat(a.awaitExit(SOON_MS)).isZero();
            }
        }
    }

    @Test
    void shouldRingAnswerAndHearTheOtherSideLeaveWhileTheSoundServerHangs() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess cleo =
                        VoiptuiProcess.start(HERE, sound.environment("micA", "spkA"), relay.phone("cleo"))) {
            cleo.awaitEvent(SOON_MS, "signed_in", event -> true);
            sound.freeze();
            try (VoiptuiProcess dora = VoiptuiProcess.start(relay.v2Call("dora", "cleo", TONE))) {
                cleo.awaitEvent(SOON_MS, "incoming", event -> true);
                cleo.type("accept");
                cleo.awaitState(SOON_MS, "IN_CALL");
                dora.awaitState(SOON_MS, "IN_CALL");
                awaitBoth(cleo, 0, "audio_lost");
                int lines = cleo.lines();
                dora.type("quit");
                assertThat(dora.awaitExit(SOON_MS)).isZero();
                cleo.awaitEventAfter(lines, SOON_MS, "summary", event -> true);
            }
            long startNs = System.nanoTime();
            cleo.type("quit");
            assertThat(cleo.awaitExit(SOON_MS)).isZero();
            assertThat(System.nanoTime() - startNs).as("ns to quit").isLessThan(5_000_000_000L);
        }
    }

    @Test
    void shouldLoseAnUnpluggedSpeakerAndTakeItBack() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start()) {
            String headset = sound.plug("headset");
            try (VoiptuiProcess a = VoiptuiProcess.start(
                            HERE,
                            sound.environment("micA", "spkA"),
                            relay.call(A, B, SoundServer.options("micA", "headset")));
                    VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, TONE))) {
                a.awaitState(SOON_MS, "IN_CALL");
                b.awaitState(SOON_MS, "IN_CALL");
                a.type("devices");
                a.awaitEvent(SOON_MS, "devices", listed -> listed.toString().contains("headset"));

                int lines = a.lines();
                sound.unplug(headset);
                JsonObject lost = a.awaitEventAfter(lines, SOON_MS, "audio_lost", event -> true);
                assertThat(lost.get("direction").getAsString()).isEqualTo("OUTPUT");
                a.awaitEventAfter(
                        lines,
                        SOON_MS,
                        "devices",
                        listed -> listed.get("speakers").toString().contains("selected earlier"));

                lines = a.lines();
                sound.plug("headset");
                JsonObject restored = a.awaitEventAfter(lines, SOON_MS, "audio_restored", event -> true);
                assertThat(restored.get("device").getAsString()).isEqualTo("headset");
                a.type("quit");
                assertThat(a.awaitExit(SOON_MS)).isZero();
                assertThat(a.out())
                        .as("the microphone is not affected")
                        .noneMatch(line -> line.contains("audio_lost") && line.contains("INPUT"));
            }
        }
    }

    /**
     * With Java Sound, where ringing and a call each open the device: SDL opens it once for both. The server may notice too late
     * that the ringer has left; that must not happen each time.
     */
    @Test
    void shouldHandTheOnlyPlaceOfASpeakerOverFromRingingToTheCall() throws Exception {
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess cleo = VoiptuiProcess.start(
                        HERE,
                        sound.environment("micA", "spkA"),
                        relay.phone("cleo", "--audio-backend", "java", "--mic", "silence"))) {
            cleo.awaitEvent(SOON_MS, "signed_in", event -> true);
            // At first, Java Sound also opens each device in order to look at it.
            assertThat(answer(relay, cleo, () -> {})).isTrue();
            sound.leaveRoomForOne();

            boolean handedOver = false;
            for (int attempt = 0; attempt < ATTEMPTS && !handedOver; attempt++) {
                handedOver = answer(relay, cleo, () -> Deadline.require(SOON_MS, () -> "ringing", sound::isPlaying));
            }
            assertThat(handedOver).as("%s", cleo).isTrue();
        }
    }

    /** Calls a phone, which answers once it rings, and returns whether the call had the speaker at once. */
    private static boolean answer(TestRelay relay, VoiptuiProcess phone, Runnable awaitRinging) throws Exception {
        int lines = phone.lines();
        try (VoiptuiProcess caller = VoiptuiProcess.start(relay.v2Call("dora", "cleo", TONE))) {
            phone.awaitEventAfter(lines, SOON_MS, "incoming", event -> true);
            awaitRinging.run();
            phone.type("accept");
            Deadline.require(
                    SOON_MS,
                    phone::toString,
                    () -> speaker(phone, lines).findAny().isPresent());
            phone.type("hangup");
            phone.awaitEventAfter(lines, SOON_MS, "summary", event -> true);
            return speaker(phone, lines).allMatch(line -> line.contains("audio_in_use"));
        }
    }

    private static Stream<String> speaker(VoiptuiProcess phone, int firstLine) {
        return phone.out().stream()
                .skip(firstLine)
                .filter(line -> line.startsWith("{\"event\":\"audio_") && line.contains("OUTPUT"));
    }

    private static void awaitBoth(VoiptuiProcess process, int firstLine, String name) {
        for (String direction : DIRECTIONS) {
            process.awaitEventAfter(
                    firstLine,
                    SOON_MS,
                    name,
                    event -> event.get("direction").getAsString().equals(direction));
        }
    }

    @Test
    void shouldSwitchToRealDevicesAndBack() throws Exception {
        Path tone = folder.resolve("tone.wav");
        run(
                "sox",
                "-n",
                "-r",
                Integer.toString(RATE_HZ),
                "-c",
                "1",
                "-b",
                "16",
                tone.toString(),
                "synth",
                "30",
                "sine",
                "440",
                "vol",
                "-6dB");
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(
                        HERE,
                        sound.environment("micA", "spkA"),
                        relay.call(A, B, "--mic", "silence", "--speaker", "null", "--processing", "off"));
                VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, "--mic", "tone", "--speaker", "null"))) {
            a.awaitState(SOON_MS, "IN_CALL");
            sound.setDefaults("micA", "spkA");
            a.type("devices");
            JsonObject listed = a.awaitEvent(SOON_MS, "devices", event -> true);
            for (String direction : List.of("microphones", "speakers")) {
                assertThat(listed.get(direction)
                                .getAsJsonArray()
                                .get(0)
                                .getAsJsonObject()
                                .get("device")
                                .getAsString())
                        .isEqualTo("default");
            }
            Process player = sound.play(tone, "micA");
            for (int round = 0; round < 2; round++) {
                change(a, "mic", "default");
                change(a, "speaker", "default");
                b.awaitEventAfter(
                        b.lines(),
                        SOON_MS,
                        "speaker_level",
                        level -> level.get("peak_dbfs").getAsDouble() > -10);
                change(a, "mic", "silence");
                change(a, "speaker", "null");
                b.awaitEventAfter(
                        b.lines(),
                        SOON_MS,
                        "speaker_level",
                        level -> level.get("peak_dbfs").getAsDouble() == -96);
            }
            SoundServer.stop(player);
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
            assertThat(a.out()).noneMatch(line -> line.contains("audio_lost"));
        }
    }

    private static void change(VoiptuiProcess process, String what, String device) throws Exception {
        int lines = process.lines();
        process.type(what + " " + device);
        process.awaitEventAfter(
                lines,
                SOON_MS,
                "audio_in_use",
                used -> used.get("device").getAsString().equals(device));
    }

    private static int received(VoiptuiProcess process, int firstLine) {
        return process.awaitEventAfter(firstLine, SOON_MS, "network", event -> true)
                .get("packets_received")
                .getAsInt();
    }

    /**
     * Each second of the speech must arrive in place and without a gap. The sound server may slip by a millisecond,
     * and the client may skip one frame with a cross-fade to compensate for clock drift. A lost or repeated frame
     * leaves a gap or shifts the rest in the other direction.
     */
    private static void assertHeard(short[] said, short[] heard) {
        int offset = SpeechMatch.find(Arrays.copyOf(said, 3 * RATE_HZ), Arrays.copyOf(heard, 10 * RATE_HZ), RATE_HZ)
                .offsetSamples();
        int slack = RATE_HZ / 10;
        List<Double> similarities = new ArrayList<>();
        for (int from = 0; from + RATE_HZ <= said.length; from += RATE_HZ) {
            int start = Math.max(0, offset + from - slack);
            short[] spoken = Arrays.copyOfRange(said, from, from + RATE_HZ);
            short[] around = Arrays.copyOfRange(heard, start, offset + from + RATE_HZ + slack);
            SpeechMatch match = SpeechMatch.find(spoken, around, RATE_HZ);
            similarities.add(match.similarity());
            int at = start + match.offsetSamples();
            assertThat(at - offset - from)
                    .as("samples by which second %d is shifted; similarities so far %s", from / RATE_HZ, similarities)
                    .isBetween(-RATE_HZ * 3 / 100, RATE_HZ / 100);
            assertNoHole(spoken, Arrays.copyOfRange(heard, at, at + RATE_HZ), from / RATE_HZ);
        }
        double mean = similarities.stream()
                .mapToDouble(similarity -> similarity)
                .average()
                .orElse(0);
        assertThat(mean)
                .as("similarity of what was heard to what was said, second by second: %s", similarities)
                .isGreaterThanOrEqualTo(0.9);
    }

    private static void assertNoHole(short[] said, short[] heard, int second) {
        int window = RATE_HZ / 50;
        for (int at = 0; at + window <= said.length; at += window) {
            if (loudness(said, at, window) > 1000) {
                assertThat(loudness(heard, at, window))
                        .as("loudness at second %d and %d ms", second, at * 1000 / RATE_HZ)
                        .isGreaterThan(100);
            }
        }
    }

    private static double loudness(short[] samples, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / count);
    }

    private Path speech() throws Exception {
        Path spoken = folder.resolve("spoken.wav");
        Path said = folder.resolve("said.wav");
        // Each second differs, so its position is unique.
        String text = IntStream.range(201, 270).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        run("espeak-ng", "-v", "en-us", "-s", "160", "-w", spoken.toString(), text);
        run(
                "sox",
                "-D",
                spoken.toString(),
                "-r",
                Integer.toString(RATE_HZ),
                "-c",
                "1",
                "-b",
                "16",
                said.toString(),
                "norm",
                "-3",
                "trim",
                "0",
                Integer.toString(SPEECH_SECONDS));
        return said;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }

    /** Returns the samples after the header, ignoring the length it gives. */
    private static short[] samples(Path wav) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        short[] samples = new short[(bytes.limit() - 44) / 2];
        bytes.position(44)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }
}
