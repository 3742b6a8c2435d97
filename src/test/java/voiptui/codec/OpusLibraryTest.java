package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.testkit.Sounds;
import voiptui.testkit.SpeechQuality;
import voiptui.testkit.Wav;

/** What every implementation of Opus must do. */
abstract class OpusLibraryTest {

    private static final int FRAME = 960;
    private static final int RATE_HZ = 48_000;

    /** The delay of the encoder: 6.5 ms of look-ahead (RFC 6716, 2). */
    private static final int DELAY_SAMPLES = 312;

    private final OpusLibrary library;
    private final FrameEncoder encoder;
    private final FrameDecoder decoder;
    private final ByteBuffer packet;
    private final short[] frame = new short[FRAME];

    OpusLibraryTest(OpusLibrary library) {
        this.library = library;
        this.encoder = library.encoder();
        this.decoder = library.decoder();
        this.packet = ByteBuffer.allocateDirect(12 + encoder.maxPayloadBytes());
    }

    private byte[] encode(short[] sound, int number) {
        return encode(encoder, sound, number);
    }

    private byte[] encode(FrameEncoder sender, short[] sound, int number) {
        System.arraycopy(sound, number * FRAME, frame, 0, FRAME);
        byte[] payload = new byte[sender.encode(frame, packet, 12)];
        packet.get(12, payload);
        return payload;
    }

    private static short[] speech(int seconds) throws IOException {
        return Wav.speech(seconds, 1, RATE_HZ);
    }

    private static double rms(short[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    /** Returns the likeness of decoded speech, an average over three patterns of losses; see {@link SpeechQuality}. */
    double quality(double loss) throws IOException {
        double sum = 0;
        for (int pattern = 1; pattern <= 3; pattern++) {
            sum += quality(loss, new Random(pattern)) / 3;
        }
        return sum;
    }

    private double quality(double loss, Random losses) throws IOException {
        FrameEncoder sender = library.encoder();
        FrameDecoder receiver = library.decoder();
        short[] said = speech(6);
        short[] heard = new short[said.length];
        for (int number = 0; number < said.length / FRAME; number++) {
            byte[] payload = encode(sender, said, number);
            if (losses.nextDouble() < loss) {
                receiver.conceal(frame);
            } else {
                assertThat(receiver.decode(payload, payload.length, frame)).isTrue();
            }
            System.arraycopy(frame, 0, heard, number * FRAME, FRAME);
        }
        short[] aligned = Arrays.copyOfRange(heard, DELAY_SAMPLES, heard.length);
        return SpeechQuality.of(Arrays.copyOf(said, aligned.length), aligned, RATE_HZ);
    }

    @Test
    void shouldKeepItsBitRate() throws IOException {
        short[] said = speech(6);
        long bytes = 0;
        for (int number = 0; number < said.length / FRAME; number++) {
            bytes += encode(said, number).length;
        }
        assertThat(bytes * 8 / 6 / 1000).as("kbit/s").isBetween(24L, 36L);
    }

    /** In speech rather than in a steady sound, which may be background noise, and which libopus then goes on making. */
    @Test
    void shouldFadeConcealment() throws IOException {
        short[] said = speech(2);
        for (int number = 0; number < 60; number++) {
            byte[] payload = encode(said, number);
            decoder.decode(payload, payload.length, frame);
        }
        double before = rms(frame, 0, FRAME);
        decoder.conceal(frame);
        assertThat(rms(frame, 0, FRAME)).as("the first one is no hole").isGreaterThan(before / 4);
        for (int i = 0; i < 24; i++) {
            decoder.conceal(frame);
        }
        assertThat(rms(frame, 0, FRAME)).as("half a second later").isLessThan(before / 20);
    }

    @Test
    void shouldConcealWithSilenceBeforeTheFirstFrame() {
        Arrays.fill(frame, (short) 9);
        decoder.conceal(frame);

        assertThat(Sounds.peak(frame, 0, FRAME)).isZero();
    }

    /** Other lengths of time are Opus too, but no frame of ours; the TOC byte is RFC 6716, 3.1. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing, ''",
        "10 ms, 70 01 02 03",
        "60 ms, 18 01 02 03 04 05 06 07",
        "two frames of 20 ms, 79 01 02 03 04 05 06",
        "a count of no frames, 7b 00 01 02",
        "a count of 48 frames of 20 ms, 7b 30 01 02",
        "frames longer than the packet, 7a ff ff 01",
    })
    void shouldConcealPayloadsOfAnotherDuration(String what, String hex) {
        byte[] payload = new byte[200];
        String[] bytes = hex.isBlank() ? new String[0] : hex.split(" ");
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) Integer.parseInt(bytes[i], 16);
        }
        Arrays.fill(frame, (short) 9);

        assertThat(decoder.decode(payload, bytes.length, frame)).as(what).isFalse();
        assertThat(Sounds.peak(frame, 0, FRAME)).isZero();
    }

    /** Whatever came, it does not throw, it does not hang, and speech is speech again a moment later. */
    @Test
    @Timeout(120)
    void shouldSurviveNoise() throws IOException {
        Random random = new Random(3);
        short[] said = speech(2);
        byte[][] payloads = new byte[100][];
        for (int number = 0; number < 100; number++) {
            payloads[number] = encode(said, number);
        }
        byte[] noise = new byte[1275];
        int refused = 0;
        for (int i = 0; i < 6_000; i++) {
            int bytes = random.nextInt(i % 10 == 0 ? 1276 : 120);
            random.nextBytes(noise);
            if (i % 2 == 0) {
                byte[] real = payloads[random.nextInt(100)];
                bytes = random.nextInt(real.length + 1);
                System.arraycopy(real, 0, noise, 0, bytes);
                noise[random.nextInt(real.length)] = (byte) random.nextInt();
            }
            refused += decoder.decode(noise, bytes, frame) ? 0 : 1;
        }
        assertThat(refused).isBetween(100, 5_900);

        short[] heard = new short[101 * FRAME];
        for (int number = 0; number < 100; number++) {
            assertThat(decoder.decode(payloads[number], payloads[number].length, frame))
                    .isTrue();
            System.arraycopy(frame, 0, heard, number * FRAME, FRAME);
        }
        short[] later = Arrays.copyOfRange(said, 30 * FRAME, 95 * FRAME);
        short[] aligned = Arrays.copyOfRange(heard, 30 * FRAME + DELAY_SAMPLES, 95 * FRAME + DELAY_SAMPLES);
        assertThat(SpeechQuality.of(later, aligned, RATE_HZ)).isGreaterThan(0.9);
    }
}
