package voiptui.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PulseAudio of the test's own, with a virtual sound card for each side of a call: what is played on the sink {@code
 * micA} is what A's microphone hears, and what A's speaker plays can be recorded from {@code spkA}; likewise for B.
 *
 * <p>Owned by the test's thread. Closing it ends every process that it started.
 */
public final class SoundServer implements AutoCloseable {

    private static final String FORMAT = " rate=48000 channels=1 sink_properties=device.description=";
    private static final List<String> SINKS = List.of("micA", "spkA", "micB", "spkB");
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long STOP_S = 20;
    private static final long SOON_MS = 10_000;
    /** Those that PulseAudio accepts on a socket. */
    private static final int MAX_CONNECTIONS = 64;
    /** Where the ALSA library keeps its own configuration, which ours comes on top of. */
    private static final Path SYSTEM_ALSA = Path.of("/usr/share/alsa/alsa.conf");

    private final Path folder;
    private final Path alsaConfiguration;
    private final List<Process> players = new ArrayList<>();
    private final List<SocketChannel> users = new ArrayList<>();
    private Process server;

    private SoundServer(Path folder) {
        this.folder = folder;
        this.alsaConfiguration = folder.resolve("alsa.conf");
    }

    /**
     * Starts the server, and returns when it answers. Where it is not installed the calling test is skipped, or, with
     * {@code CI=true} in the environment, fails.
     */
    public static SoundServer start() throws IOException, InterruptedException {
        Programs.require("pulseaudio", "pactl", "paplay", "parec");
        SoundServer started = new SoundServer(Files.createTempDirectory("voiptui-sound"));
        try {
            started.writeConfiguration();
            started.startServer();
            return started;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    private void writeConfiguration() throws IOException {
        StringBuilder modules = new StringBuilder("load-module module-native-protocol-unix auth-anonymous=1\n");
        for (String sink : SINKS) {
            modules.append("load-module module-null-sink sink_name=")
                    .append(sink)
                    .append(FORMAT)
                    .append(sink)
                    .append('\n');
        }
        Files.writeString(folder.resolve("server.pa"), modules);
        Files.writeString(
                alsaConfiguration,
                "</usr/share/alsa/alsa.conf>\n".replace("/usr/share/alsa/alsa.conf", SYSTEM_ALSA.toString())
                        + "pcm.!default { type pulse }\nctl.!default { type pulse }\n");
    }

    /** Starts the server again after {@link #kill}, or for the first time. */
    public void startServer() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "pulseaudio",
                "-n",
                "-F",
                folder.resolve("server.pa").toString(),
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=no",
                "--disable-shm=yes",
                "--log-target=stderr",
                "--realtime=yes",
                "--high-priority=yes");
        server = CleanEnvironment.apply(builder, serverEnvironment())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (!answers()) {
            if (!server.isAlive() || deadlineNs - System.nanoTime() <= 0) {
                throw new IOException(
                        "the sound server does not start: " + Files.readString(folder.resolve("server.log")));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean answers() throws IOException, InterruptedException {
        Process sinks = command("pactl", "list", "short", "sinks")
                .redirectErrorStream(true)
                .start();
        String answer = new String(sinks.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return sinks.waitFor() == 0 && SINKS.stream().allMatch(answer::contains);
    }

    /** Kills the server as a crash would; {@link #startServer} brings it back. */
    public void kill() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    /** Stops the server as a hang would; {@link #thaw} lets it continue. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Continues after {@link #freeze}. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    /** Plugs in another sound card, and returns what {@link #unplug} takes. */
    public String plug(String sink) throws IOException, InterruptedException {
        return control(
                "load-module",
                "module-null-sink",
                "sink_name=" + sink,
                "rate=48000",
                "channels=1",
                "sink_properties=device.description=" + sink);
    }

    /** Unplugs a sound card. */
    public void unplug(String plugged) throws IOException, InterruptedException {
        control("unload-module", plugged);
    }

    /**
     * Takes all connections that the server has room for but one, as hardware has room for one user. A device of ALSA, which Java
     * Sound uses, has a connection of its own.
     */
    public void leaveRoomForOne() throws IOException, InterruptedException {
        Process subscriber = command("pactl", "subscribe")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("uses").toFile())
                .start();
        players.add(subscriber);
        while (events("'new' on client") == 0) {
            answers();
        }
        for (int asked = 0; asked < MAX_CONNECTIONS + 2; asked++) {
            SocketChannel user = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("pulse/native")));
            user.configureBlocking(false);
            users.add(user);
        }
        Deadline.require(SOON_MS, () -> "no more room", () -> {
            users.removeIf(SoundServer::isSentAway);
            return users.size() < MAX_CONNECTIONS;
        });
        users.remove(0).close();
    }

    private static boolean isSentAway(SocketChannel user) {
        try {
            return user.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Returns whether a program plays, since {@link #leaveRoomForOne}. */
    public boolean isPlaying() {
        return events("'new' on sink-input") > events("'remove' on sink-input");
    }

    private long events(String kind) {
        try (Stream<String> lines = Files.lines(folder.resolve("uses"))) {
            return lines.filter(line -> line.contains(kind)).count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Makes a microphone and a speaker the system's defaults. */
    public void setDefaults(String mic, String speaker) throws IOException, InterruptedException {
        control("set-default-source", mic + ".monitor");
        control("set-default-sink", speaker);
    }

    private String control(String... words) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of("pactl"));
        whole.addAll(List.of(words));
        Process pactl =
                command(whole.toArray(new String[0])).redirectErrorStream(true).start();
        String answer = new String(pactl.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (pactl.waitFor() != 0) {
            throw new IOException(whole + ": " + answer);
        }
        return answer;
    }

    /** Returns the options with which a call uses a microphone and a speaker of this server. */
    public static String[] options(String mic, String speaker) {
        return new String[] {"--mic", microphone(mic), "--speaker", speaker};
    }

    /** Returns the name of a microphone for users. */
    public static String microphone(String mic) {
        return "Monitor of " + mic;
    }

    private Map<String, String> serverEnvironment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("XDG_RUNTIME_DIR", folder.toString());
        environment.put("HOME", folder.toString());
        environment.put("PULSE_SERVER", "unix:" + folder.resolve("pulse/native"));
        return environment;
    }

    /**
     * The environment of a child process that uses this server. For Java Sound its {@code source} and {@code sink} are the
     * default microphone and speaker; SDL's are those of {@link #setDefaults}.
     *
     * @param source whose microphone: {@code micA} or {@code micB}
     * @param sink whose speaker: {@code spkA} or {@code spkB}
     */
    public Map<String, String> environment(String source, String sink) {
        Map<String, String> environment = serverEnvironment();
        environment.put("ALSA_CONFIG_PATH", alsaConfiguration.toString());
        environment.put("SDL_AUDIO_INCLUDE_MONITORS", "1");
        environment.put("PULSE_SOURCE", source + ".monitor");
        environment.put("PULSE_SINK", sink);
        return environment;
    }

    /** Begins to play a WAV file into a microphone, and returns at once. */
    public Process play(Path wav, String mic) throws IOException {
        return run("paplay", "--device=" + mic, "--latency-msec=100", wav.toString());
    }

    /** Begins to record what a speaker plays to a WAV file of 48 kHz, mono, 16 bit; {@link #stop} ends it. */
    public Process record(String speaker, Path wav) throws IOException {
        return run(
                "parec",
                "--device=" + speaker + ".monitor",
                "--latency-msec=20",
                "--rate=48000",
                "--channels=1",
                "--format=s16le",
                "--file-format=wav",
                wav.toString());
    }

    /**
     * Listens to what a sink plays: the process's standard output is its samples as they come, 48 kHz, mono, 16 bit, little
     * endian. {@link #stop} ends it.
     */
    public Process listen(String sink) throws IOException {
        Process process = command(
                        "parec",
                        "--device=" + sink + ".monitor",
                        "--latency-msec=5",
                        "--rate=48000",
                        "--channels=1",
                        "--format=s16le",
                        "--raw")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        players.add(process);
        return process;
    }

    /** Ends a player or recorder in an orderly way, so that its file is whole. */
    public static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process run(String... words) throws IOException {
        Process process = command(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        players.add(process);
        return process;
    }

    private ProcessBuilder command(String... words) {
        return CleanEnvironment.apply(new ProcessBuilder(words), serverEnvironment());
    }

    @Override
    public void close() {
        try {
            if (server != null && server.isAlive()) {
                thaw();
            }
            for (Process player : players) {
                stop(player);
            }
            for (SocketChannel user : users) {
                user.close();
            }
            if (server != null) {
                server.destroyForcibly().waitFor();
            }
            TemporaryFolder.delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException noKill) {
            throw new UncheckedIOException(noKill);
        }
    }
}
