package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.codec.FrameDecoder.Recovered;
import voiptui.testkit.Allocation;
import voiptui.testkit.Programs;
import voiptui.testkit.Sounds;

class LibOpusTest extends OpusLibraryTest {

    private static final EncoderSettings DRED = new EncoderSettings(40_000, 20, false, 1_000, false);

    LibOpusTest() {
        super(load());
    }

    /** Loads the library, or skips the test on a platform for which there is none. */
    static OpusLibrary load() {
        Programs.requireNatives(Path.of("target/classes"));
        return LibOpus.load();
    }

    private static byte[][] encodeDred(short[] said) {
        FrameEncoder encoder = load().encoder(20);
        encoder.adapt(DRED);
        return encode(encoder, said, FRAME);
    }

    @ParameterizedTest(name = "loss {0}")
    @CsvSource({"0, 0.95", "0.05, 0.90", "0.1, 0.85", "0.3, 0.71"})
    void shouldCarrySpeech(double loss, double quality) throws IOException {
        assertThat(quality(loss)).isGreaterThan(quality);
    }

    @ParameterizedTest(name = "loss {0}")
    @ValueSource(doubles = {0, 0.05, 0.1, 0.2, 0.3})
    void shouldSoundBetterThanTheFallback(double loss) throws IOException {
        assertThat(quality(loss)).isGreaterThan(new ConcentusOpusTest().quality(loss));
    }

    @ParameterizedTest(name = "bursts of {0}")
    @ValueSource(ints = {1, 3, 4})
    void shouldSoundBetterWithDeepRedundancy(int burst) throws IOException {
        assertThat(repairedQuality(DRED, 0.2, burst))
                .isGreaterThan(repairedQuality(EncoderSettings.DEFAULT, 0.2, burst) + 0.02);
    }

    /** A hole of 200 ms, from the first packet after it. */
    @Test
    void shouldRecoverALongLossFromOnePacket() throws IOException {
        short[] said = speech(3);
        byte[][] payloads = encodeDred(said);
        FrameDecoder decoder = load().decoder();
        short[] audio = new short[MAX_SAMPLES];
        short[] heard = new short[said.length];
        int recovered = 0;
        for (int number = 0; number < payloads.length; number++) {
            int later = number / 25 * 25 + 20;
            if (number < 50 || number % 25 < 10 || number % 25 >= 20) {
                decoder.decode(payloads[number], payloads[number].length, audio);
            } else {
                assertThat(decoder.recover(
                                payloads[later], payloads[later].length, (later - number) * FRAME, audio, FRAME))
                        .isEqualTo(Recovered.DRED);
                recovered++;
            }
            System.arraycopy(audio, 0, heard, number * FRAME, FRAME);
        }
        assertThat(recovered).isEqualTo(40);
        assertThat(likeness(said, heard)).isGreaterThan(0.8);
    }

    /** What is already read of a packet serves all that is recovered from it, whatever buffer it comes in. */
    @Test
    void shouldRecoverTheSameWhenThePacketIsReadAgain() throws IOException {
        byte[][] payloads = encodeDred(speech(2));
        FrameDecoder once = load().decoder();
        FrameDecoder again = load().decoder();
        short[] audio = new short[MAX_SAMPLES];
        short[] expected = new short[MAX_SAMPLES];
        for (int number = 0; number < 60; number++) {
            once.decode(payloads[number], payloads[number].length, audio);
            again.decode(payloads[number], payloads[number].length, audio);
        }
        byte[] buffer = new byte[1_500];
        for (int distance = 8; distance > 0; distance--) {
            System.arraycopy(payloads[68], 0, buffer, 0, payloads[68].length);
            assertThat(once.recover(buffer, payloads[68].length, distance * FRAME, audio, FRAME))
                    .isEqualTo(Recovered.DRED);
            // Reads another one, so that the first has to be read once more; what cannot be recovered changes nothing
            // else.
            assertThat(again.recover(payloads[10], payloads[10].length, 40 * FRAME, expected, FRAME))
                    .isEqualTo(Recovered.NONE);
            assertThat(again.recover(payloads[68], payloads[68].length, distance * FRAME, expected, FRAME))
                    .isEqualTo(Recovered.DRED);
            assertThat(audio).as("at %d", distance).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(ints = {120, 480, 960, 1_920, 5_760})
    void shouldRecoverPiecesOfAnyLength(int samples) throws IOException {
        byte[][] payloads = encodeDred(speech(2));
        FrameDecoder decoder = load().decoder();
        short[] audio = new short[MAX_SAMPLES];
        for (int number = 0; number < 60; number++) {
            decoder.decode(payloads[number], payloads[number].length, audio);
        }
        Arrays.fill(audio, (short) 9);

        assertThat(decoder.recover(payloads[66], payloads[66].length, 5_760, audio, samples))
                .isEqualTo(Recovered.DRED);
        assertThat(audio[samples - 1]).isNotEqualTo((short) 9);
        for (int i = samples; i < MAX_SAMPLES; i++) {
            assertThat(audio[i]).isEqualTo((short) 9);
        }
    }

    /** A packet that carries nothing but redundancy for silence is not sent either. */
    @Test
    void shouldSendNextToNothingInSilenceWithDeepRedundancy() {
        FrameEncoder encoder = load().encoder(20);
        encoder.adapt(new EncoderSettings(32_000, 20, false, 500, true));
        byte[][] payloads = encode(encoder, new short[4 * RATE_HZ], FRAME);

        assertThat(Arrays.stream(payloads).skip(50).filter(payload -> payload.length > 2))
                .hasSizeBetween(5, 10);
    }

    /** Extensions that are not well-formed are padding: the packet is played, and nothing is recovered from it. */
    @Test
    void shouldPlayPacketsWithDamagedExtensions() throws IOException {
        byte[][] payloads = encodeDred(speech(2));
        FrameDecoder decoder = load().decoder();
        FrameDecoder undamaged = load().decoder();
        short[] audio = new short[MAX_SAMPLES];
        short[] expected = new short[MAX_SAMPLES];
        for (byte[] payload : payloads) {
            int padding = OpusPacket.paddingStart(payload, payload.length);
            byte[] damaged = payload.clone();
            if (padding < payload.length) {
                damaged[padding] = (byte) 0xff;
                damaged[padding + 1] = (byte) 0xff;
            }
            assertThat(decoder.recover(damaged, damaged.length, FRAME, audio, FRAME))
                    .isEqualTo(Recovered.NONE);
            assertThat(decoder.decode(damaged, damaged.length, audio)).isEqualTo(FRAME);
            undamaged.decode(payload, payload.length, expected);
            assertThat(audio).isEqualTo(expected);
        }
    }

    @Test
    void shouldRecoverFromShortFrames() throws IOException {
        FrameEncoder encoder = load().encoder(10);
        encoder.adapt(new EncoderSettings(48_000, 20, false, 500, false));
        byte[][] payloads = encode(encoder, speech(2), FRAME / 2);
        FrameDecoder decoder = load().decoder();
        short[] audio = new short[MAX_SAMPLES];
        for (int number = 0; number < 120; number++) {
            decoder.decode(payloads[number], payloads[number].length, audio);
        }
        for (int distance = 4; distance > 0; distance--) {
            assertThat(decoder.recover(payloads[124], payloads[124].length, distance * FRAME / 2, audio, FRAME / 2))
                    .isEqualTo(Recovered.DRED);
        }
    }

    /** Further back than redundancy reaches, and after the packet. */
    @ParameterizedTest(name = "{0} samples before the packet")
    @ValueSource(ints = {-960, 0, 48_000, 96_000, Integer.MAX_VALUE})
    void shouldRecoverNothingFromBeyondTheRedundancy(int distance) throws IOException {
        byte[] payload = encodeDred(Arrays.copyOf(speech(1), 20 * FRAME))[19];

        assertThat(load().decoder().recover(payload, payload.length, distance, new short[MAX_SAMPLES], FRAME))
                .isEqualTo(Recovered.NONE);
    }

    @Test
    void shouldAllocateNothingPerFrame() throws IOException {
        FrameEncoder encoder = load().encoder(20);
        encoder.adapt(DRED);
        FrameDecoder decoder = load().decoder();
        short[] frame = Sounds.vowel(12_000, 48_000, 960, 1);
        short[] audio = new short[MAX_SAMPLES];
        ByteBuffer packet = ByteBuffer.allocate(encoder.maxPayloadBytes());
        byte[][] payloads = encodeDred(speech(2));
        int[] recovered = {0};

        assertThat(Allocation.bytesPerRun(1_000, 1_000, () -> {
                    int length = encoder.encode(frame, packet, 0);
                    decoder.decode(packet.array(), length, audio);
                    decoder.conceal(audio, FRAME);
                    byte[] later = payloads[60 + recovered[0] % 30];
                    if (decoder.recover(later, later.length, 2 * FRAME, audio, FRAME) == Recovered.DRED) {
                        recovered[0]++;
                    }
                }))
                .isLessThan(1);
        assertThat(recovered[0]).isEqualTo(2_000);
    }

    @Test
    void shouldAllocateNothingForInBandFec() throws IOException {
        FrameEncoder encoder = load().encoder(20);
        encoder.adapt(new EncoderSettings(32_000, 20, true, 0, false));
        byte[][] payloads = encode(encoder, speech(2), FRAME);
        FrameDecoder decoder = load().decoder();
        short[] audio = new short[MAX_SAMPLES];
        int[] count = {0, 0};

        assertThat(Allocation.bytesPerRun(1_000, 1_000, () -> {
                    byte[] later = payloads[count[0]++ % payloads.length];
                    if (decoder.recover(later, later.length, FRAME, audio, FRAME) == Recovered.FEC) {
                        count[1]++;
                    }
                }))
                .isLessThan(1);
        assertThat(count[1]).isGreaterThan(1_000);
    }

    /** Configurations 28 to 31 are those of the transform layer alone at full band (RFC 6716, 3.1). */
    private static boolean isTransformOnly(byte[] payload) {
        return (payload[0] & 0xff) >> 3 >= 28;
    }

    @Test
    void shouldUseTheLayerOfLowDelayWhereTheBitRateAllowsIt() throws IOException {
        FrameEncoder encoder = load().encoder(10);
        short[] said = speech(6);
        int part = said.length / 3;
        EncoderSettings much = new EncoderSettings(52_000, 0, false, 0, false);
        short[] heard = new short[said.length];
        FrameDecoder decoder = load().decoder();
        short[] audio = new short[MAX_SAMPLES];
        for (int third = 0; third < 3; third++) {
            encoder.adapt(third == 1 ? much.withBitRate(24_000) : much);
            byte[][] payloads = encode(encoder, Arrays.copyOfRange(said, third * part, (third + 1) * part), FRAME / 2);
            for (int number = 0; number < payloads.length; number++) {
                assertThat(isTransformOnly(payloads[number])).isEqualTo(third != 1);
                decoder.decode(payloads[number], payloads[number].length, audio);
                System.arraycopy(audio, 0, heard, third * part + number * FRAME / 2, FRAME / 2);
            }
        }

        assertThat(likeness(said, heard)).isGreaterThan(0.9);
    }

    @Test
    void shouldUseTheLayerForSpeechWhereItProtects() throws IOException {
        FrameEncoder encoder = load().encoder(10);
        encoder.adapt(new EncoderSettings(52_000, 20, false, 500, false));

        assertThat(Arrays.asList(encode(encoder, speech(1), FRAME / 2))).noneMatch(LibOpusTest::isTransformOnly);
    }
}
