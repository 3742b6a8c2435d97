package voiptui.audio.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.dsp.VoiceProcessor;
import voiptui.demo.speech.SpeechSimilarity;
import voiptui.testkit.Allocation;
import voiptui.testkit.Programs;
import voiptui.testkit.Wav;

/** What the processors do to sound, in a simulated room and without time. */
class WebRtcProcessorTest {

    private static final int RATE_HZ = 48_000;
    /** The delays of the two kinds of processor. */
    private static final int NOISE_SUPPRESSION_DELAY_MS = 8;

    private static final int ALL_DELAY_MS = 16;

    @BeforeAll
    static void load() {
        Programs.requireNatives(Path.of("target/classes"));
        Programs.requireThat(
                WebRtcLibrary.load() == null,
                "needs the libraries that webrtc-java is linked with: " + WebRtcLibrary.load()
                        + "; install it, or run ./install.sh --test");
    }

    /** Returns the near end after processing; block for block the far end is passed first. */
    private static short[] process(VoiceProcessor processor, int rateHz, short[] near, short[] far, int delayMs) {
        short[] processed = near.clone();
        int block = rateHz / 100;
        for (int at = 0; at + block <= near.length; at += block) {
            processor.farEnd(far, at);
            processor.nearEnd(processed, at, delayMs);
        }
        processor.close();
        return processed;
    }

    /** A room: the direct sound after {@code delayMs}, then reflections that decay within 60 ms. */
    private static short[] echo(short[] far, int rateHz, int delayMs, double attenuationDb) {
        Random random = new Random(5);
        int taps = rateHz * 60 / 1000;
        double[] response = new double[taps];
        response[0] = 1;
        for (int i = rateHz / 500; i < taps; i += 1 + random.nextInt(rateHz / 1000)) {
            response[i] = random.nextGaussian() * 0.4 * Math.exp(-6.0 * i / taps);
        }
        double factor = Math.pow(10, -attenuationDb / 20);
        double[] sum = new double[far.length];
        int delay = rateHz / 1000 * delayMs;
        for (int tap = 0; tap < taps; tap++) {
            if (response[tap] != 0) {
                for (int i = delay + tap; i < far.length; i++) {
                    sum[i] += response[tap] * factor * far[i - delay - tap];
                }
            }
        }
        short[] echo = new short[far.length];
        for (int i = 0; i < echo.length; i++) {
            echo[i] = (short) Math.max(-32_768, Math.min(32_767, Math.round(sum[i])));
        }
        return echo;
    }

    private static short[] mixed(short[] a, short[] b) {
        short[] sum = new short[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (short) Math.max(-32_768, Math.min(32_767, a[i] + b[i]));
        }
        return sum;
    }

    private static short[] noise(int samples, double amplitude, long seed) {
        Random random = new Random(seed);
        short[] noise = new short[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (short) (random.nextGaussian() * amplitude);
        }
        return noise;
    }

    private static double energyDb(short[] samples, double fromSeconds, double toSeconds, int rateHz) {
        double sum = 1e-9;
        int from = (int) (fromSeconds * rateHz);
        int to = (int) (toSeconds * rateHz);
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return 10 * Math.log10(sum / (to - from));
    }

    private static short[] part(short[] samples, double fromSeconds, double toSeconds, int shift, int rateHz) {
        int from = (int) (fromSeconds * rateHz) + shift;
        return Arrays.copyOfRange(samples, from, from + (int) ((toSeconds - fromSeconds) * rateHz));
    }

    @ParameterizedTest(name = "{0} Hz, {1} ms")
    @CsvSource({"48000, 20", "48000, 60", "48000, 150", "48000, 300", "44100, 20", "44100, 60", "44100, 150"})
    void shouldCancelTheEchoOfARoom(int rateHz, int delayMs) throws IOException {
        short[] far = Wav.speech(6, 1, rateHz);
        short[] near = mixed(echo(far, rateHz, delayMs, 10), noise(far.length, 10, 3));

        short[] sent = process(WebRtcProcessor.all(rateHz), rateHz, near, far, delayMs);

        assertThat(energyDb(near, 3, 6, rateHz) - energyDb(sent, 3, 6, rateHz))
                .as("echo return loss enhancement after 3 s")
                .isGreaterThan(20);
    }

    @Test
    void shouldCancelEchoThoughTheDelayIsUnknown() throws IOException {
        short[] far = Wav.speech(6, 1, RATE_HZ);
        short[] near = echo(far, RATE_HZ, 180, 10);

        short[] sent = process(WebRtcProcessor.all(RATE_HZ), RATE_HZ, near, far, 0);

        assertThat(energyDb(near, 3, 6, RATE_HZ) - energyDb(sent, 3, 6, RATE_HZ))
                .isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {48_000, 44_100})
    void shouldKeepTheNearSpeakerWhileBothTalk(int rateHz) throws IOException {
        int talksFrom = 6 * rateHz;
        short[] far = Wav.speech(13, 1, rateHz);
        // Played more slowly: a deeper voice than that of the far end.
        short[] voice = Wav.speech(13, 2, rateHz * 5 / 6);
        short[] said = new short[far.length];
        System.arraycopy(voice, rateHz, said, talksFrom, said.length - talksFrom);
        short[] near = mixed(said, echo(far, rateHz, 60, 14));

        short[] sent = process(WebRtcProcessor.all(rateHz), rateHz, near, far, 60);

        assertThat(energyDb(sent, 2, 6, rateHz)).as("echo before").isLessThan(energyDb(near, 2, 6, rateHz) - 20);
        assertThat(energyDb(sent, 7, 12, rateHz)).as("speech").isGreaterThan(energyDb(said, 7, 12, rateHz) - 3);
        double likeness = likeness(said, sent, 7, 12, rateHz);
        assertThat(likeness).isGreaterThan(0.6);
        assertThat(likeness - likeness(far, sent, 7, 12, rateHz)).isGreaterThan(0.3);
    }

    private static double likeness(short[] said, short[] sent, double fromSeconds, double toSeconds, int rateHz) {
        return SpeechSimilarity.ofAligned(
                part(said, fromSeconds, toSeconds, 0, rateHz),
                part(sent, fromSeconds, toSeconds, rateHz * ALL_DELAY_MS / 1000, rateHz),
                rateHz);
    }

    @ParameterizedTest
    @ValueSource(ints = {48_000, 44_100})
    void shouldReduceNoiseAndKeepSpeech(int rateHz) throws IOException {
        short[] speech = Wav.speech(8, 1, rateHz);
        short[] noise = noise(speech.length, 200, 7);
        short[] silence = new short[speech.length];

        short[] quieter = process(WebRtcProcessor.noiseSuppressor(rateHz), rateHz, noise, silence, 0);
        short[] sent = process(WebRtcProcessor.noiseSuppressor(rateHz), rateHz, mixed(speech, noise), silence, 0);

        assertThat(energyDb(quieter, 3, 8, rateHz)).isLessThan(energyDb(noise, 3, 8, rateHz) - 10);
        assertThat(energyDb(sent, 3, 7, rateHz)).isGreaterThan(energyDb(speech, 3, 7, rateHz) - 2);
        assertThat(SpeechSimilarity.ofAligned(
                        part(speech, 3, 7, 0, rateHz),
                        part(sent, 3, 7, rateHz * NOISE_SUPPRESSION_DELAY_MS / 1000, rateHz),
                        rateHz))
                .isGreaterThan(0.75);
    }

    @Test
    void shouldReduceNoiseAlsoWithGainControl() {
        short[] noise = noise(8 * RATE_HZ, 200, 7);

        short[] sent = process(WebRtcProcessor.all(RATE_HZ), RATE_HZ, noise, new short[noise.length], 0);

        assertThat(energyDb(sent, 3, 8, RATE_HZ)).isLessThan(energyDb(noise, 3, 8, RATE_HZ) - 10);
    }

    @Test
    void shouldEvenOutTheLevelWithoutDistortion() throws IOException {
        short[] loud = Wav.speech(14, 1, RATE_HZ);
        short[] quiet = new short[loud.length];
        for (int i = 0; i < loud.length; i++) {
            quiet[i] = (short) (loud[i] / 4);
        }
        short[] silence = new short[loud.length];

        short[] sent = process(WebRtcProcessor.all(RATE_HZ), RATE_HZ, quiet, silence, 0);
        short[] sentLoud = process(WebRtcProcessor.all(RATE_HZ), RATE_HZ, loud, silence, 0);

        assertThat(energyDb(sent, 8, 13, RATE_HZ))
                .isBetween(energyDb(loud, 8, 13, RATE_HZ) - 3, energyDb(loud, 8, 13, RATE_HZ) + 3);
        assertThat(energyDb(sentLoud, 8, 13, RATE_HZ))
                .isBetween(energyDb(loud, 8, 13, RATE_HZ) - 3, energyDb(loud, 8, 13, RATE_HZ) + 3);
        assertThat(likeness(quiet, sent, 8, 13, RATE_HZ)).isGreaterThan(0.75);
    }

    @ParameterizedTest
    @ValueSource(ints = {48_000, 44_100})
    void shouldAllocateNothingPerBlock(int rateHz) {
        WebRtcProcessor processor = WebRtcProcessor.all(rateHz);
        short[] block = noise(rateHz / 100, 1000, 1);

        assertThat(Allocation.bytesPerRun(300, 300, () -> {
                    processor.farEnd(block, 0);
                    processor.nearEnd(block, 0, 40);
                }))
                .isLessThan(1);
        processor.close();
    }
}
