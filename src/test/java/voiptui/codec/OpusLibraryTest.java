package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.codec.FrameDecoder.Recovered;
import voiptui.demo.speech.SpeechSimilarity;
import voiptui.testkit.Sounds;
import voiptui.testkit.Wav;

/** What every implementation of Opus must do. */
abstract class OpusLibraryTest {

    static final int FRAME = 960;
    static final int RATE_HZ = 48_000;
    static final int MAX_SAMPLES = 6 * FRAME;

    /** The delay of the encoder: 6.5 ms of look-ahead (RFC 6716, 2). */
    private static final int DELAY_SAMPLES = 312;

    private static final EncoderSettings FEC = new EncoderSettings(32_000, 20, true, 0, false);

    private final OpusLibrary library;
    private final FrameEncoder encoder;
    private final FrameDecoder decoder;
    private final short[] audio = new short[MAX_SAMPLES];

    OpusLibraryTest(OpusLibrary library) {
        this.library = library;
        this.encoder = library.encoder(20);
        this.decoder = library.decoder();
    }

    /** Encodes a sound in frames of {@code samples}. */
    static byte[][] encode(FrameEncoder encoder, short[] sound, int samples) {
        ByteBuffer packet = ByteBuffer.allocateDirect(12 + encoder.maxPayloadBytes());
        byte[][] payloads = new byte[sound.length / samples][];
        for (int number = 0; number < payloads.length; number++) {
            short[] frame = Arrays.copyOfRange(sound, number * samples, (number + 1) * samples);
            payloads[number] = new byte[encoder.encode(frame, packet, 12)];
            packet.get(12, payloads[number]);
        }
        return payloads;
    }

    private byte[][] encode(EncoderSettings settings, short[] sound) {
        FrameEncoder sender = library.encoder(20);
        sender.adapt(settings);
        return encode(sender, sound, FRAME);
    }

    static short[] speech(int seconds) throws IOException {
        return Wav.speech(seconds, 1, RATE_HZ);
    }

    static double rms(short[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    static double likeness(short[] said, short[] heard) {
        short[] aligned = Arrays.copyOfRange(heard, DELAY_SAMPLES, heard.length);
        return SpeechSimilarity.ofAligned(Arrays.copyOf(said, aligned.length), aligned, RATE_HZ);
    }

    /** Returns the likeness of decoded speech, with losses concealed: an average over three patterns of losses; see {@link SpeechSimilarity}. */
    double quality(double loss) throws IOException {
        short[] said = speech(6);
        byte[][] payloads = encode(EncoderSettings.DEFAULT, said);
        double sum = 0;
        for (int pattern = 1; pattern <= 3; pattern++) {
            sum += quality(said, payloads, losses(payloads.length, loss, 1, pattern), false) / 3;
        }
        return sum;
    }

    /** Returns the likeness of speech that is repaired from the packet after each loss, likewise. */
    double repairedQuality(EncoderSettings settings, double loss, int burst) throws IOException {
        short[] said = speech(6);
        byte[][] payloads = encode(settings, said);
        double sum = 0;
        for (int pattern = 1; pattern <= 3; pattern++) {
            sum += quality(said, payloads, losses(payloads.length, loss, burst, pattern), true) / 3;
        }
        return sum;
    }

    private static boolean[] losses(int packets, double loss, int burst, int pattern) {
        Random random = new Random(pattern);
        boolean[] lost = new boolean[packets];
        for (int number = 0; number < packets - burst; number++) {
            if (random.nextDouble() < loss / burst) {
                Arrays.fill(lost, number, number + burst, true);
            }
        }
        return lost;
    }

    private double quality(short[] said, byte[][] payloads, boolean[] lost, boolean repaired) {
        FrameDecoder receiver = library.decoder();
        short[] heard = new short[said.length];
        for (int number = 0; number < payloads.length; number++) {
            if (!lost[number]) {
                assertThat(receiver.decode(payloads[number], payloads[number].length, audio))
                        .isEqualTo(FRAME);
            } else if (!repaired || !recover(receiver, payloads, lost, number)) {
                receiver.conceal(audio, FRAME);
            }
            System.arraycopy(audio, 0, heard, number * FRAME, FRAME);
        }
        return likeness(said, heard);
    }

    private boolean recover(FrameDecoder receiver, byte[][] payloads, boolean[] lost, int number) {
        int later = number + 1;
        while (later < payloads.length && lost[later]) {
            later++;
        }
        return later < payloads.length
                && receiver.recover(payloads[later], payloads[later].length, (later - number) * FRAME, audio, FRAME)
                        != Recovered.NONE;
    }

    private static double kbps(byte[][] payloads) {
        return Arrays.stream(payloads)
                        .mapToInt(payload -> payload.length)
                        .average()
                        .orElseThrow()
                * 8
                * 50
                / 1000;
    }

    @Test
    void shouldKeepItsBitRate() throws IOException {
        assertThat(kbps(encode(EncoderSettings.DEFAULT, speech(6)))).isBetween(24.0, 36.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {12_000, 20_000, 48_000})
    void shouldAdaptItsBitRate(int bitRateBps) throws IOException {
        byte[][] payloads = encode(new EncoderSettings(bitRateBps, 0, false, 0, false), speech(6));

        assertThat(kbps(payloads)).isBetween(bitRateBps * 0.75 / 1000, bitRateBps * 1.2 / 1000);
    }

    @Test
    void shouldAdaptInMidSpeech() throws IOException {
        short[] said = speech(4);
        byte[][] before = encode(encoder, Arrays.copyOf(said, said.length / 2), FRAME);
        encoder.adapt(new EncoderSettings(12_000, 0, false, 0, false));
        byte[][] after = encode(encoder, Arrays.copyOfRange(said, said.length / 2, said.length), FRAME);

        assertThat(kbps(before)).isGreaterThan(24);
        assertThat(kbps(after)).isLessThan(15);
        short[] heard = new short[said.length];
        for (int number = 0; number < 200; number++) {
            byte[] payload = number < 100 ? before[number] : after[number - 100];
            assertThat(decoder.decode(payload, payload.length, audio)).isEqualTo(FRAME);
            System.arraycopy(audio, 0, heard, number * FRAME, FRAME);
        }
        assertThat(likeness(said, heard)).isGreaterThan(0.85);
    }

    @Test
    void shouldCarrySpeechInFramesOf10Ms() throws IOException {
        short[] said = speech(6);
        byte[][] payloads = encode(library.encoder(10), said, FRAME / 2);
        short[] heard = new short[said.length];
        for (int number = 0; number < payloads.length; number++) {
            assertThat(decoder.samples(payloads[number], payloads[number].length))
                    .isEqualTo(FRAME / 2);
            assertThat(decoder.decode(payloads[number], payloads[number].length, audio))
                    .isEqualTo(FRAME / 2);
            System.arraycopy(audio, 0, heard, number * FRAME / 2, FRAME / 2);
        }
        assertThat(likeness(said, heard)).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15, 40})
    void shouldRefuseFramesOfAnyOtherLength(int frameMs) {
        assertThatThrownBy(() -> library.encoder(frameMs)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Nothing but an update every 400 ms (RFC 6716, 2.1.9): a payload of one or two bytes need not be sent. */
    @Test
    void shouldSendNextToNothingInSilence() {
        byte[][] payloads = encode(new EncoderSettings(32_000, 0, false, 0, true), new short[4 * RATE_HZ]);

        assertThat(Arrays.stream(payloads).skip(50).filter(payload -> payload.length > 2))
                .hasSizeBetween(5, 10);
    }

    @Test
    void shouldSendEverySyllable() throws IOException {
        short[] said = speech(6);
        byte[][] payloads = encode(new EncoderSettings(32_000, 0, false, 0, true), said);
        boolean[] unsent = new boolean[payloads.length];
        for (int number = 0; number < unsent.length; number++) {
            unsent[number] = payloads[number].length <= 2;
        }
        assertThat(quality(said, payloads, unsent, false)).isGreaterThan(0.9);
    }

    /** In speech rather than in a steady sound, which may be background noise, and which libopus then goes on making. */
    @Test
    void shouldFadeConcealment() throws IOException {
        byte[][] payloads = encode(encoder, speech(2), FRAME);
        for (int number = 0; number < 60; number++) {
            decoder.decode(payloads[number], payloads[number].length, audio);
        }
        double before = rms(audio, 0, FRAME);
        decoder.conceal(audio, FRAME);
        assertThat(rms(audio, 0, FRAME)).as("the first one is no hole").isGreaterThan(before / 4);
        for (int i = 0; i < 24; i++) {
            decoder.conceal(audio, FRAME);
        }
        assertThat(rms(audio, 0, FRAME)).as("half a second later").isLessThan(before / 20);
    }

    @Test
    void shouldConcealWithSilenceBeforeTheFirstFrame() {
        Arrays.fill(audio, (short) 9);
        decoder.conceal(audio, FRAME);

        assertThat(Sounds.peak(audio, 0, FRAME)).isZero();
        assertThat(audio[FRAME]).isEqualTo((short) 9);
    }

    /** As many samples as wanted, and not one more. */
    @ParameterizedTest
    @ValueSource(ints = {120, 240, 360, 480, 960, 1_080, 1_920, 2_880, 5_760})
    void shouldConcealAnyMultipleOf2Point5Ms(int samples) throws IOException {
        byte[][] payloads = encode(encoder, speech(2), FRAME);
        for (int number = 0; number < 60; number++) {
            decoder.decode(payloads[number], payloads[number].length, audio);
        }
        double before = rms(audio, 0, FRAME);
        Arrays.fill(audio, (short) 9);
        decoder.conceal(audio, samples);

        assertThat(rms(audio, 0, Math.min(samples, FRAME))).isGreaterThan(before / 6);
        for (int i = samples; i < MAX_SAMPLES; i++) {
            assertThat(audio[i]).isEqualTo((short) 9);
        }
    }

    /** Of nothing, of half a step, of more than fits: a bug of the caller. */
    @ParameterizedTest
    @ValueSource(ints = {-120, 1, 961, 5_880})
    void shouldRefuseToConcealAnythingElse(int samples) {
        assertThatThrownBy(() -> decoder.conceal(audio, samples)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRecoverALossFromThePacketAfterIt() throws IOException {
        short[] said = speech(4);
        byte[][] payloads = encode(FEC, said);
        short[] heard = new short[said.length];
        int recovered = 0;
        for (int number = 0; number < payloads.length; number++) {
            byte[] next = payloads[Math.min(number + 1, payloads.length - 1)];
            if (number % 3 != 1) {
                decoder.decode(payloads[number], payloads[number].length, audio);
            } else if (decoder.recover(next, next.length, FRAME, audio, FRAME) == Recovered.FEC) {
                recovered++;
            } else {
                decoder.conceal(audio, FRAME);
            }
            System.arraycopy(audio, 0, heard, number * FRAME, FRAME);
        }
        assertThat(recovered).as("of 66; not of silence").isGreaterThan(35);
        assertThat(likeness(said, heard)).isGreaterThan(0.83);
    }

    @Test
    void shouldSoundBetterWithFec() throws IOException {
        assertThat(repairedQuality(FEC, 0.2, 1)).isGreaterThan(quality(0.2) + 0.02);
    }

    /** FEC has the frame before the packet and no other; and nothing is written or changed where there is none. */
    @Test
    void shouldRecoverNothingThatIsNotThere() throws IOException {
        short[] said = speech(2);
        byte[][] plain = encode(EncoderSettings.DEFAULT, said);
        byte[][] withFec = encode(FEC, said);
        FrameDecoder untouched = library.decoder();
        short[] expected = new short[MAX_SAMPLES];
        int tried = 0;
        for (int number = 0; number + 1 < plain.length; number++) {
            Arrays.fill(audio, (short) 9);
            byte[] next = plain[number + 1];
            assertThat(decoder.recover(next, next.length, FRAME, audio, FRAME)).isEqualTo(Recovered.NONE);
            byte[] other = withFec[number + 1];
            for (int[] piece : new int[][] {{1_920, 960}, {960, 480}, {480, 480}, {960, 1_920}, {0, 0}, {-960, 960}}) {
                assertThat(decoder.recover(other, other.length, piece[0], audio, piece[1]))
                        .isEqualTo(Recovered.NONE);
            }
            assertThat(decoder.recover(other, 0, FRAME, audio, FRAME)).isEqualTo(Recovered.NONE);
            assertThat(decoder.recover(other, other.length + 1, FRAME, audio, FRAME))
                    .isEqualTo(Recovered.NONE);
            assertThat(Sounds.peak(audio, 0, MAX_SAMPLES)).isEqualTo(9);
            tried++;
            decoder.decode(plain[number], plain[number].length, audio);
            untouched.decode(plain[number], plain[number].length, expected);
            assertThat(audio).startsWith(Arrays.copyOf(expected, FRAME));
        }
        assertThat(tried).isEqualTo(99);
    }

    /** Packets of other makers: 2.5 to 120 ms; the TOC byte is RFC 6716, 3.1. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SILK 10 ms, 00, 480",
        "SILK 60 ms, 18, 2880",
        "SILK wideband 20 ms, 48, 960",
        "hybrid 10 ms, 70, 480",
        "CELT 2.5 ms, e0, 120",
        "CELT 5 ms, e8, 240",
        "CELT 20 ms, f8, 960",
        "CELT narrowband 20 ms, 98, 960",
        "stereo SILK 20 ms, 4c, 960",
        "stereo CELT 20 ms, fc, 960",
    })
    void shouldDecodeEveryMode(String what, String toc, int samples) {
        Random random = new Random(7);
        byte[] payload = new byte[80];
        random.nextBytes(payload);
        payload[0] = (byte) Integer.parseInt(toc, 16);

        assertThat(decoder.samples(payload, payload.length)).as(what).isEqualTo(samples);
        Arrays.fill(audio, (short) 9);
        assertThat(decoder.decode(payload, payload.length, audio)).as(what).isEqualTo(samples);
        assertThat(audio[samples - 1]).as(what).isNotEqualTo((short) 9);
        for (int i = samples; i < MAX_SAMPLES; i++) {
            assertThat(audio[i]).isEqualTo((short) 9);
        }
    }

    /** Two to six frames of 20 ms in a packet, of lengths that differ (RFC 6716, 3.2.5), padded or not. */
    @ParameterizedTest(name = "{0} frames, padding {1}")
    @CsvSource({"2, 0", "3, 0", "3, 7", "6, 0", "6, 300"})
    void shouldDecodePacketsOfManyFrames(int frames, int padding) throws IOException {
        short[] said = speech(6);
        byte[][] payloads = encode(encoder, said, FRAME);
        short[] heard = new short[said.length];
        for (int number = 0; number + frames <= payloads.length; number += frames) {
            byte[] packet = join(Arrays.copyOfRange(payloads, number, number + frames), padding);
            assertThat(decoder.samples(packet, packet.length)).isEqualTo(frames * FRAME);
            assertThat(decoder.decode(packet, packet.length, audio)).isEqualTo(frames * FRAME);
            System.arraycopy(audio, 0, heard, number * FRAME, frames * FRAME);
        }
        assertThat(likeness(said, heard)).isGreaterThan(0.9);
    }

    /** Joins packets of one frame to one with frames of variable length; all have the same TOC byte but for the count. */
    private static byte[] join(byte[][] payloads, int padding) {
        ByteBuffer packet = ByteBuffer.allocate(8_000);
        packet.put((byte) (payloads[0][0] | 3));
        packet.put((byte) (0x80 | (padding > 0 ? 0x40 : 0) | payloads.length));
        for (int left = padding; padding > 0; left -= 254) {
            packet.put((byte) Math.min(left, 255));
            if (left < 255) {
                break;
            }
        }
        for (int i = 0; i < payloads.length - 1; i++) {
            int length = payloads[i].length - 1;
            if (length < 252) {
                packet.put((byte) length);
            } else {
                packet.put((byte) (252 + (length & 3))).put((byte) (length - 252 >> 2));
            }
        }
        for (byte[] payload : payloads) {
            assertThat(payload[0]).isEqualTo((byte) (packet.get(0) & ~3));
            packet.put(payload, 1, payload.length - 1);
        }
        packet.put(new byte[padding]);
        return Arrays.copyOf(packet.array(), packet.position());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing, ''",
        "a count of no frames, 7b 00 01 02",
        "a count of 48 frames of 20 ms, 7b 30 01 02",
        "frames longer than the packet, 7a ff ff 01",
    })
    void shouldRefuseMalformedPayloads(String what, String hex) {
        byte[] payload = new byte[200];
        String[] bytes = hex.isBlank() ? new String[0] : hex.split(" ");
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) Integer.parseInt(bytes[i], 16);
        }
        Arrays.fill(audio, (short) 9);

        assertThat(decoder.samples(payload, bytes.length)).as(what).isZero();
        assertThat(decoder.decode(payload, bytes.length, audio)).as(what).isZero();
        assertThat(Sounds.peak(audio, 0, MAX_SAMPLES)).as("written").isEqualTo(9);
    }

    /** Whatever came, it does not throw, it does not hang, and speech is speech again a moment later. */
    @Test
    @Timeout(120)
    void shouldSurviveNoise() throws IOException {
        Random random = new Random(3);
        short[] said = speech(2);
        byte[][] payloads = encode(FEC, said);
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
            if (i % 5 == 0) {
                decoder.recover(noise, bytes, FRAME, audio, FRAME);
            }
            refused += decoder.decode(noise, bytes, audio) > 0 ? 0 : 1;
        }
        assertThat(refused).isBetween(100, 5_900);

        payloads = encode(EncoderSettings.DEFAULT, said);
        short[] heard = new short[101 * FRAME];
        for (int number = 0; number < 100; number++) {
            assertThat(decoder.decode(payloads[number], payloads[number].length, audio))
                    .isEqualTo(FRAME);
            System.arraycopy(audio, 0, heard, number * FRAME, FRAME);
        }
        short[] later = Arrays.copyOfRange(said, 30 * FRAME, 95 * FRAME);
        short[] aligned = Arrays.copyOfRange(heard, 30 * FRAME + DELAY_SAMPLES, 95 * FRAME + DELAY_SAMPLES);
        assertThat(SpeechSimilarity.ofAligned(later, aligned, RATE_HZ)).isGreaterThan(0.9);
    }
}
