package voiptui.audio.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.AudioSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.PcmFormat;
import voiptui.audio.spec.SoundSystem;
import voiptui.audio.wav.TestWav;
import voiptui.testkit.Deadline;
import voiptui.testkit.SoundServer;

/** Microphone and speaker on a real sound server's virtual devices. */
@Timeout(120)
class DeviceIT {

    private static final long WAIT_MS = 20_000;
    private static final int ATTEMPTS = 4;

    @TempDir
    private Path folder;

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private Process child;

    private void startChild(Class<?> main, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        child = builder.redirectErrorStream(true).start();
        BufferedReader lines = child.inputReader();
        Thread reader = new Thread(() -> collect(lines), "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void collect(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException killed) {
            said.add("end of output");
        }
    }

    @AfterEach
    void endChild() throws InterruptedException {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    /** Waits for each of {@code lines}, in whatever order. */
    private void awaitLines(long seconds, String... lines) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<String> missing = new ArrayList<>(List.of(lines));
        List<String> heard = new ArrayList<>();
        while (!missing.isEmpty()) {
            String line = said.poll(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
            assertThat(line).as("missing %s after %s", missing, heard).isNotNull();
            heard.add(line);
            missing.remove(line);
        }
    }

    private void startLoop(SoundServer server, String backend) throws IOException, InterruptedException {
        server.setDefaults("micA", "spkB");
        startChild(
                DeviceLoop.class, server.environment("micA", "spkB"), backend, "standard", "6", "default", "default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdl", "java"})
    void shouldPlayTheMicrophoneOnTheSpeaker(String backend) throws Exception {
        try (SoundServer server = SoundServer.start()) {
            startLoop(server, backend);
            awaitLines(20, "microphone ready", "speaker ready");
            Path tone = TestWav.write(
                    folder.resolve("tone.wav"),
                    TestWav.PCM,
                    16,
                    1,
                    48_000,
                    4 * 48_000,
                    (frame, channel) -> 0.5 * Math.sin(2 * Math.PI * 1000 * frame / 48_000));
            // A busy machine may delay the sound server or the child longer than their buffers last.
            int heardMs = 0;
            for (int attempt = 0; attempt < ATTEMPTS && (heardMs < 3_700 || heardMs > 4_100); attempt++) {
                heardMs = playAndRecord(server, tone, folder.resolve("heard" + attempt + ".wav"));
            }
            assertThat(heardMs).isBetween(3_700, 4_100);
        }
    }

    /** Plays the tone into the microphone. Returns how many milliseconds of it the speaker played. */
    private static int playAndRecord(SoundServer server, Path tone, Path recorded) throws Exception {
        Process recorder = server.record("spkB", recorded);
        Deadline.require(WAIT_MS, () -> "the recorder delivers audio", () -> levelsPerMillisecond(recorded).length > 0);
        Process player = server.play(tone, "micA");
        assertThat(player.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Deadline.require(
                WAIT_MS, () -> "half a second of silence after the tone", () -> silenceAfterToneMs(recorded) >= 500);
        SoundServer.stop(recorder);
        return millisecondsOfTone(recorded);
    }

    /** Returns how many milliseconds of the recording are as loud as the tone. */
    private static int millisecondsOfTone(Path recorded) {
        int loud = 0;
        for (int peak : levelsPerMillisecond(recorded)) {
            loud += peak > 14_000 && peak < 18_500 ? 1 : 0;
        }
        return loud;
    }

    /** Returns how many milliseconds have been recorded since the tone was last heard; 0 if it was not heard yet. */
    private static int silenceAfterToneMs(Path recorded) {
        int[] levels = levelsPerMillisecond(recorded);
        for (int at = levels.length - 1; at >= 0; at--) {
            if (levels[at] > 14_000) {
                return levels.length - 1 - at;
            }
        }
        return 0;
    }

    /** Returns the peak of each complete millisecond recorded so far. */
    private static int[] levelsPerMillisecond(Path recorded) {
        byte[] file;
        try {
            file = Files.exists(recorded) ? Files.readAllBytes(recorded) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (file.length < 44) {
            return new int[0];
        }
        ShortBuffer samples = ByteBuffer.wrap(file, 44, file.length - 44 & ~1)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        int[] levels = new int[samples.limit() / 48];
        for (int i = 0; i < levels.length * 48; i++) {
            levels[i / 48] = Math.max(levels[i / 48], Math.abs(samples.get(i)));
        }
        return levels;
    }

    @ParameterizedTest
    @CsvSource({
        "sdl, was disconnected, was disconnected",
        "java, stopped delivering audio, stopped taking audio",
    })
    void shouldNoticeLostDevicesAndReopenThem(String backend, String microphone, String speaker) throws Exception {
        try (SoundServer server = SoundServer.start()) {
            startLoop(server, backend);
            awaitLines(20, "microphone ready", "speaker ready");
            server.kill();
            awaitLines(
                    10,
                    "microphone lost: the default microphone " + microphone,
                    "speaker lost: the default speaker " + speaker);
            awaitLines(10, "microphone unavailable: no working microphone", "speaker unavailable: no working speaker");
            server.startServer();
            awaitLines(20, "microphone ready", "speaker ready");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdl", "java"})
    void shouldBearAServerThatHangs(String backend) throws Exception {
        try (SoundServer server = SoundServer.start()) {
            startLoop(server, backend);
            awaitLines(20, "microphone ready", "speaker ready");
            TimeUnit.SECONDS.sleep(4);
            server.freeze();
            awaitLines(
                    10,
                    "microphone lost: the default microphone stopped delivering audio",
                    "speaker lost: the default speaker stopped taking audio");
            awaitLines(
                    20,
                    "microphone unavailable: the sound system does not respond",
                    "speaker unavailable: the sound system does not respond");
            server.thaw();
            awaitLines(10, "microphone ready", "speaker ready");
        }
    }

    @Test
    void shouldFollowTheDefaultDevices() throws Exception {
        try (SoundServer server = SoundServer.start()) {
            startLoop(server, "sdl");
            awaitLines(20, "microphone ready", "speaker ready");
            Path tone = TestWav.write(
                    folder.resolve("tone.wav"),
                    TestWav.PCM,
                    16,
                    1,
                    48_000,
                    20 * 48_000,
                    (frame, channel) -> 0.5 * Math.sin(2 * Math.PI * 1000 * frame / 48_000));
            server.play(tone, "micB");
            Path heard = folder.resolve("heard.wav");
            server.record("spkA", heard);
            Deadline.require(
                    WAIT_MS, () -> "the recorder delivers audio", () -> levelsPerMillisecond(heard).length > 0);
            assertThat(millisecondsOfTone(heard)).as("before").isZero();

            server.setDefaults("micB", "spkA");

            Deadline.require(WAIT_MS, () -> "the tone on the new default", () -> millisecondsOfTone(heard) > 500);
            assertThat(said).noneMatch(line -> line.contains("lost"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdl", "java"})
    void shouldWakeTheAudioThreadsWhenClosed(String backend) throws Exception {
        try (SoundServer server = SoundServer.start()) {
            startChild(DeviceClose.class, server.environment("micA", "spkB"), backend);
            awaitLines(90, "the default microphone was closed", "the default speaker was closed", "end");
        }
    }

    @Test
    void shouldListTheDevicesOfTheServer() throws Exception {
        try (SoundServer server = SoundServer.start()) {
            startChild(DeviceList.class, server.environment("micA", "spkB"), "sdl");
            awaitLines(
                    20,
                    "input 0 Monitor of micA",
                    "input 1 Monitor of spkA",
                    "input 2 Monitor of micB",
                    "input 3 Monitor of spkB",
                    "output 0 micA",
                    "output 1 spkA",
                    "output 2 micB",
                    "output 3 spkB",
                    "end");
        }
    }

    @Test
    void shouldListTheDevicesThatJavaSoundKnows() throws Exception {
        try (SoundServer server = SoundServer.start()) {
            startChild(DeviceList.class, server.environment("micA", "spkB"), "java");
            awaitLines(20, "input 0 default [default]", "output 0 default [default]", "end");
        }
    }

    @Test
    void shouldListNothingAndPrintNothingElseWhereThereIsNoDevice() throws Exception {
        Path configuration = Files.writeString(folder.resolve("empty.conf"), "");
        startChild(
                DeviceList.class,
                Map.of(
                        "ALSA_CONFIG_PATH",
                        configuration.toString(),
                        "PULSE_SERVER",
                        "unix:" + folder.resolve("nobody"),
                        "XDG_RUNTIME_DIR",
                        folder.toString()),
                "java");
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        awaitLines(5, "end");
        assertThat(said).isEmpty();
    }

    /** Runs the loop on a configuration of ALSA on top of the system's, without a sound server. */
    private void startLoopOnAlsa(String backend, String definitions) throws IOException {
        Path configuration =
                Files.writeString(folder.resolve("alsa.conf"), "</usr/share/alsa/alsa.conf>\n" + definitions);
        Map<String, String> environment = Map.of(
                "ALSA_CONFIG_PATH",
                configuration.toString(),
                "PULSE_SERVER",
                "unix:" + folder.resolve("nobody"),
                "XDG_RUNTIME_DIR",
                folder.toString());
        startChild(DeviceLoop.class, environment, backend, "standard", "6", "default", "default");
    }

    /** The plug-in delivers and takes as much as it is asked for at once, and would keep threads of SDL busy. */
    @ParameterizedTest
    @ValueSource(strings = {"sdl", "java"})
    void shouldRunOnTheNullPlugInOfAlsa(String backend) throws Exception {
        startLoopOnAlsa(backend, "pcm.!default { type null }\n");
        awaitLines(20, "microphone ready", "speaker ready");
        // What SDL opened is closed on a thread of its own.
        Deadline.require(
                WAIT_MS,
                () -> "no thread of SDL but " + threads(),
                () -> threads().stream().noneMatch(name -> name.startsWith("SDLAudio")));
    }

    /** The names of the child's threads, cut to 15 characters. */
    private List<String> threads() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(child.pid()), "task"))) {
            for (Path task : tasks) {
                names.add(Files.readString(task.resolve("comm")).strip());
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return names;
    }

    /** The microphone is a file and the speaker another; nothing below them keeps time. */
    @ParameterizedTest
    @ValueSource(strings = {"sdl", "java"})
    void shouldPlayOnTheFilePlugInOfAlsa(String backend) throws Exception {
        Path tone = TestWav.write(
                folder.resolve("tone.wav"),
                TestWav.PCM,
                16,
                1,
                48_000,
                60 * 48_000,
                (frame, channel) -> 0.5 * Math.sin(2 * Math.PI * 1000 * frame / 48_000));
        Path played = folder.resolve("played.raw");
        startLoopOnAlsa(backend, """
                pcm.mic { type file file /dev/null infile "%s" format raw slave.pcm null }
                pcm.spk { type file file "%s" format raw slave.pcm null }
                pcm.!default {
                    type asym
                    capture.pcm { type plug slave { pcm mic format S16_LE rate 48000 channels 1 } }
                    playback.pcm { type plug slave { pcm spk format S16_LE rate 48000 channels 1 } }
                }
                """.formatted(tone, played));
        awaitLines(20, "microphone ready", "speaker ready");
        Deadline.require(
                WAIT_MS, () -> "the tone in the speaker's file: " + said, () -> millisecondsOfTone(played) > 500);
    }

    /** Closes the devices repeatedly while threads are reading and writing audio. */
    static final class DeviceClose {

        private static final short[] FRAME = new short[PcmFormat.CLASSIC.frameSamples()];

        private DeviceClose() {}

        @FunctionalInterface
        private interface Step {
            void run() throws AudioLostException;
        }

        public static void main(String[] arguments) throws Exception {
            SoundSystem devices = new SoundSystem(SoundSystem.Choice.parse(arguments[0]), BufferSize.USUAL);
            for (int round = 0; round < 5; round++) {
                AudioSource source = open(() -> devices.openSource(null, PcmFormat.CLASSIC));
                AudioSink sink = open(() -> devices.openSink(null, PcmFormat.CLASSIC));
                CountDownLatch captured = new CountDownLatch(10);
                CountDownLatch played = new CountDownLatch(10);
                Thread capture = repeat(() -> source.read(FRAME.clone()), captured);
                Thread playout = repeat(() -> sink.write(FRAME), played);
                require(captured, "capture");
                require(played, "playout");
                source.close();
                sink.close();
                capture.join();
                playout.join();
            }
            System.out.println("end");
        }

        /** An idle virtual device takes up to two seconds until it is closed and can be opened again. */
        private static <T> T open(DriverThread.Call<T> opening) throws AudioUnavailableException {
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                try {
                    return opening.run();
                } catch (AudioUnavailableException busy) {
                    System.out.println("once more: " + busy.getMessage());
                }
            }
            return opening.run();
        }

        private static void require(CountDownLatch running, String what) throws InterruptedException {
            if (!running.await(WAIT_MS, TimeUnit.MILLISECONDS)) {
                System.out.println(what + " does not run");
            }
        }

        private static Thread repeat(Step step, CountDownLatch done) {
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        step.run();
                        done.countDown();
                    }
                } catch (AudioLostException e) {
                    System.out.println(e.getMessage());
                }
            });
            thread.start();
            return thread;
        }
    }

    /** Prints the devices, one a line, in a process of its own. */
    static final class DeviceList {

        private DeviceList() {}

        public static void main(String[] arguments) throws AudioUnavailableException {
            SoundSystem devices = new SoundSystem(SoundSystem.Choice.parse(arguments[0]), BufferSize.USUAL);
            devices.inputs().forEach(device -> print("input", device));
            devices.outputs().forEach(device -> print("output", device));
            System.out.println("end");
        }

        private static void print(String way, AudioDevice device) {
            System.out.println(way + " " + device.index() + " " + device.name());
        }
    }
}
