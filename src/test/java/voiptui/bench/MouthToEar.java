package voiptui.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import voiptui.demo.EmulatedPath;
import voiptui.demo.network.Jitter;
import voiptui.demo.network.NetworkProfile;
import voiptui.testkit.SoundServer;
import voiptui.testkit.TemporaryFolder;
import voiptui.testkit.TestRelay;
import voiptui.testkit.VoiptuiProcess;
import voiptui.testkit.Wav;

/**
 * Measures mouth-to-ear delay through the whole program and a real sound server: plays clicks into A's virtual
 * microphone and records that microphone and B's virtual speaker together.
 *
 * <p>Both are heard through the sound server's monitors, which add the same to both, so that the difference is the
 * call's. A monitor's samples are placed in time by the earliest that any of them came.
 *
 * <p>Run by {@code src/test/bench/mouth-to-ear.sh}; arguments: the number of calls, the delay and the deviation of normally
 * distributed jitter on the way to B, in milliseconds, {@code kept} if packets keep their order there, then options for both calls.
 */
public final class MouthToEar {

    private static final int RATE_HZ = 48_000;
    private static final String CLICKS_WAV = "clicks.wav";
    private static final int CLICKS = 20;
    private static final long SOON_MS = 30_000;
    private static final double LONGEST_MS = 490;

    private MouthToEar() {}

    /** Measures and prints. */
    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[0]);
        NetworkProfile network = NetworkProfile.IDEAL
                .withDelay(Double.parseDouble(args[1]))
                .withJitter(new Jitter.Normal(Double.parseDouble(args[2])));
        if (!args[3].equals("kept")) {
            network = network.withReordering();
        }
        String[] options = Arrays.copyOfRange(args, 4, args.length);
        Path folder = TemporaryFolder.untilExit("voiptui-clicks");
        Wav.write(folder.resolve(CLICKS_WAV), clicks());
        List<Double> medians = new ArrayList<>();
        try (SoundServer sound = SoundServer.start();
                TestRelay relay = TestRelay.start()) {
            for (int call = 1; call <= calls; call++) {
                List<Double> delaysMs;
                try (EmulatedPath path = new EmulatedPath(relay.media(), network, call)) {
                    delaysMs = measure(sound, relay, path, folder, options);
                }
                double median = median(delaysMs);
                medians.add(median);
                System.out.printf(
                        Locale.ROOT,
                        "call %d: %d of %d clicks heard, median %.1f ms, from %.1f to %.1f%n",
                        call,
                        delaysMs.size(),
                        CLICKS,
                        median,
                        delaysMs.stream().min(Double::compare).orElse(Double.NaN),
                        delaysMs.stream().max(Double::compare).orElse(Double.NaN));
            }
        }
        System.out.printf(Locale.ROOT, "mouth to ear, median of %d calls: %.1f ms%n", calls, median(medians));
    }

    private static List<Double> measure(
            SoundServer sound, TestRelay relay, EmulatedPath path, Path folder, String[] options) throws Exception {
        Path here = Path.of("").toAbsolutePath();
        String[] fromA = with(SoundServer.options("micA", "spkA"), options);
        String[] fromB = with(
                with(SoundServer.options("micB", "spkB"), options),
                new String[] {"--relay-udp-port", Integer.toString(path.port())});
        try (VoiptuiProcess a = VoiptuiProcess.start(
                        here, environment(sound, "micA", "spkA", folder), relay.v2Call("a", "b", fromA));
                VoiptuiProcess b = VoiptuiProcess.start(
                        here, environment(sound, "micB", "spkB", folder), relay.v2Call("b", "a", fromB))) {
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitState(SOON_MS, "IN_CALL");
            try (Ear mouth = new Ear(sound.listen("micA"));
                    Ear ear = new Ear(sound.listen("spkB"))) {
                mouth.awaitSound();
                ear.awaitSound();
                sound.play(folder.resolve(CLICKS_WAV), "micA").waitFor();
                int lines = b.lines();
                b.awaitEventAfter(lines, SOON_MS, "network", event -> true);
                b.awaitEventAfter(b.lines(), SOON_MS, "network", event -> true);
                System.out.println(b.awaitEventAfter(b.lines(), SOON_MS, "voice_delay", event -> true));
                return delays(mouth.clicksMs(), ear.clicksMs());
            } finally {
                a.type("quit");
                a.awaitExit(SOON_MS);
                b.awaitExit(SOON_MS);
            }
        }
    }

    private static Map<String, String> environment(SoundServer sound, String mic, String speaker, Path folder) {
        Map<String, String> environment = new HashMap<>(sound.environment(mic, speaker));
        environment.put("XDG_CONFIG_HOME", folder.resolve("config-" + mic).toString());
        return environment;
    }

    private static String[] with(String[] devices, String[] options) {
        return Stream.concat(Arrays.stream(devices), Arrays.stream(options)).toArray(String[]::new);
    }

    private static List<Double> delays(List<Double> saidMs, List<Double> heardMs) {
        List<Double> delaysMs = new ArrayList<>();
        for (double said : saidMs) {
            heardMs.stream()
                    .filter(heard -> heard > said && heard - said < LONGEST_MS)
                    .findFirst()
                    .ifPresent(heard -> delaysMs.add(heard - said));
        }
        return delaysMs;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    /** A click of two milliseconds twice a second in the faint noise of a room, without which the voice would count as paused. */
    private static short[] clicks() {
        Random room = new Random(1);
        short[] samples = new short[(CLICKS + 1) * Wav.RATE_HZ / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (20 * room.nextGaussian());
        }
        for (int click = 0; click < CLICKS; click++) {
            int at = click * Wav.RATE_HZ / 2 + Wav.RATE_HZ / 4;
            for (int i = 0; i < Wav.RATE_HZ / 500; i++) {
                samples[at + i] = (short) (i % 20 < 10 ? 24_000 : -24_000);
            }
        }
        return samples;
    }

    /** Hears clicks in the samples that a process delivers, and when each one began. */
    private static final class Ear implements AutoCloseable {

        private static final int LOUD = 4_000;
        private static final int QUIET_SAMPLES = RATE_HZ / 10;

        private final Process listener;
        private final Thread thread;
        private final List<Long> clickSamples = new ArrayList<>();
        private long samples;
        private long quietSamples;
        private double originMs = Double.MAX_VALUE;

        Ear(Process listener) {
            this.listener = listener;
            this.thread = new Thread(this::listen, "ear");
            thread.setDaemon(true);
            thread.start();
        }

        private void listen() {
            byte[] chunk = new byte[4096];
            try (InputStream in = listener.getInputStream()) {
                for (int got = in.readNBytes(chunk, 0, 2); got > 0; got = read(in, chunk)) {
                    onChunk(chunk, got, System.nanoTime() / 1e6);
                }
            } catch (IOException closed) {
                // the listener was stopped
            }
        }

        private static int read(InputStream in, byte[] chunk) throws IOException {
            int got = in.read(chunk);
            return got < 0 || got % 2 == 0 ? got : got + in.readNBytes(chunk, got, 1);
        }

        private synchronized void onChunk(byte[] chunk, int bytes, double nowMs) {
            for (int i = 0; i < bytes; i += 2) {
                int sample = (chunk[i] & 0xff) | chunk[i + 1] << 8;
                if (Math.abs(sample) > LOUD) {
                    if (quietSamples > QUIET_SAMPLES) {
                        clickSamples.add(samples);
                    }
                    quietSamples = 0;
                } else {
                    quietSamples++;
                }
                samples++;
            }
            originMs = Math.min(originMs, nowMs - samples * 1000.0 / RATE_HZ);
            notifyAll();
        }

        synchronized void awaitSound() throws InterruptedException {
            while (samples < RATE_HZ / 2) {
                wait(SOON_MS);
            }
        }

        synchronized List<Double> clicksMs() {
            return clickSamples.stream()
                    .map(sample -> originMs + sample * 1000.0 / RATE_HZ)
                    .toList();
        }

        @Override
        public void close() throws InterruptedException {
            SoundServer.stop(listener);
            thread.join(SOON_MS);
        }
    }
}
