package voiptui.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FakeTime;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.SineFit;

class WavSourceTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private final short[] noise = new short[5 * FRAME / 2];

    /** All samples that the file gives, read past the pacing. */
    private static short[] readAll(Path path) throws Exception {
        short[] all = new short[0];
        try (WavFrames frames = new WavFrames(path, PcmFormat.CLASSIC, false)) {
            short[] frame = new short[FRAME];
            while (frames.read(frame)) {
                all = Arrays.copyOf(all, all.length + FRAME);
                System.arraycopy(frame, 0, all, all.length - FRAME, FRAME);
            }
        }
        return all;
    }

    private Path noiseFile() throws IOException {
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) random.nextInt();
        }
        return TestWav.write(
                folder.resolve("noise.wav"),
                TestWav.PCM,
                16,
                1,
                44_100,
                noise.length,
                (frame, channel) -> noise[frame] / 32_768.0);
    }

    @Test
    void shouldReadTheClassicFormatBitForBitAndPadTheLastFrame() throws Exception {
        short[] heard = readAll(noiseFile());
        assertThat(heard).hasSize(3 * FRAME);
        assertThat(Arrays.copyOf(heard, noise.length)).isEqualTo(noise);
        assertThat(Arrays.copyOfRange(heard, noise.length, heard.length)).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({"1,8", "1,16", "1,24", "1,32", "3,32", "3,64"})
    void shouldReadTheSameToneInEveryFormat(int tag, int bits) throws Exception {
        for (int channels = 1; channels <= 2; channels++) {
            for (int rateHz : new int[] {8_000, 16_000, 44_100, 48_000, 96_000}) {
                Path path = TestWav.write(
                        folder.resolve("tone.wav"),
                        tag,
                        bits,
                        channels,
                        rateHz,
                        rateHz,
                        (frame, channel) -> 0.5 * Math.sin(2 * Math.PI * 1000 * frame / rateHz));
                short[] heard = readAll(path);
                assertThat(heard).hasSize(44_100);
                SineFit fit = SineFit.of(heard, 2_000, 42_000, 1000, 44_100);
                String format = bits + " bit, " + channels + " channels, " + rateHz + " Hz";
                assertThat(fit.amplitude()).as(format).isCloseTo(0.5 * 32_768, within(bits == 8 ? 128.0 : 1.0));
                assertThat(fit.delaySamples()).as(format).isCloseTo(0, within(0.05));
                assertThat(fit.signalToNoiseDb()).as(format).isGreaterThan(bits == 8 ? 38 : 85);
            }
        }
    }

    @Test
    void shouldAverageTheChannels() throws Exception {
        Path path = TestWav.write(
                folder.resolve("stereo.wav"),
                TestWav.PCM,
                16,
                2,
                44_100,
                FRAME,
                (frame, channel) -> channel == 0 ? 0.9 : 0.3);
        assertThat(readAll(path)).containsOnly(Math.round(0.6f * 32_768));
    }

    @Test
    void shouldClipFloatsBeyondFullScaleInsteadOfFoldingThem() throws Exception {
        Path path = TestWav.write(
                folder.resolve("loud.wav"),
                TestWav.FLOAT,
                32,
                1,
                44_100,
                FRAME,
                (frame, channel) -> frame % 2 == 0 ? 1.5 : frame % 3 == 0 ? Double.NaN : -1.5);
        assertThat(readAll(path)).containsOnly(Short.MAX_VALUE, Short.MIN_VALUE, 0);
    }

    @Test
    void shouldReadExtensibleHeaders() throws Exception {
        byte[] data = new byte[FRAME * 2];
        Arrays.fill(data, (byte) 0x11);
        Path path = Files.write(folder.resolve("extensible.wav"), TestWav.extensible(TestWav.PCM, 16, 1, 44_100, data));
        assertThat(readAll(path)).hasSize(FRAME).containsOnly(0x1111);
    }

    @Test
    void shouldPlayTruncatedAndStreamedFiles() throws Exception {
        for (long saidBytes : new long[] {1_000_000, 0xFFFF_FFFFL, 0x7FFF_FFFFL}) {
            byte[] header = TestWav.header(TestWav.PCM, TestWav.PCM, 16, 1, 44_100, saidBytes);
            byte[] file = Arrays.copyOf(header, header.length + FRAME * 2 + 1);
            Arrays.fill(file, header.length, file.length, (byte) 0x22);
            Path path = Files.write(folder.resolve("cut.wav"), file);
            assertThat(readAll(path))
                    .as("%d bytes said", saidBytes)
                    .hasSize(FRAME)
                    .containsOnly(0x2222);
        }
    }

    @Test
    void shouldBeSilentAfterTheEnd() throws Exception {
        FakeTime time = new FakeTime();
        short[] frame = new short[FRAME];
        try (WavSource source = WavSource.open(noiseFile(), PcmFormat.CLASSIC, false, time.pacer())) {
            for (int i = 0; i < 3; i++) {
                source.read(frame);
                assertThat(frame[0]).isEqualTo(noise[i * FRAME]);
            }
            source.read(frame);
            assertThat(frame).containsOnly(0);
            assertThat(time.takeWaitedMs()).isEqualTo(3 * PcmFormat.FRAME_MS);
        }
    }

    @Test
    void shouldRepeatWithoutAGap() throws Exception {
        try (WavFrames frames = new WavFrames(noiseFile(), PcmFormat.CLASSIC, true)) {
            short[] frame = new short[FRAME];
            for (int i = 0; i < 100; i++) {
                assertThat(frames.read(frame)).isTrue();
                for (int sample = 0; sample < FRAME; sample++) {
                    assertThat(frame[sample]).isEqualTo(noise[(i * FRAME + sample) % noise.length]);
                }
            }
        }
    }

    @Test
    void shouldFailReadsAfterClose() throws Exception {
        WavSource source = WavSource.open(noiseFile(), PcmFormat.CLASSIC, true, new FakeTime().pacer());
        source.close();
        source.close();
        assertThatThrownBy(() -> source.read(new short[FRAME])).isInstanceOf(AudioLostException.class);
    }

    @Test
    void shouldRejectUnreadableFilesInOneLine() throws Exception {
        assertRefused(folder.resolve("missing.wav"), "no such file");
        assertRefused(folder, "not a regular file");
        assertRefused(Files.write(folder.resolve("empty"), new byte[0]), "not a WAV file");
        assertRefused(
                Files.writeString(folder.resolve("text"), "RIFF is not enough to be a WAV file"), "not a WAV file");
        assertRefused(Files.writeString(folder.resolve("midi"), "MThd\0\0\0\6\0\0\0\1\0\1MTrk"), "not a WAV file");
        assertRefused(Files.writeString(folder.resolve("chunkless"), "RIFF\4\0\0\0WAVE"), "no format chunk");
        assertRefused(TestWav.write(folder.resolve("silent"), TestWav.PCM, 16, 1, 44_100, 0, (f, c) -> 0), "no audio");
        assertRefused(header(TestWav.PCM, 16, 0, 44_100), "number of channels (0;");
        assertRefused(header(TestWav.PCM, 16, 1, 0), "sample rate (0 Hz;");
        assertRefused(header(TestWav.PCM, 16, 1, 2_000_000_000), "sample rate (2000000000 Hz;");
        assertRefused(header(TestWav.PCM, 16, 30_000, 44_100), "number of channels (30000;");
        assertRefused(header(TestWav.PCM, 72, 2, 44_100), "72-bit PCM, 2 channels)");
        assertRefused(header(TestWav.FLOAT, 16, 1, 44_100), "16-bit float, 1 channel)");
        assertRefused(header(0x55, 16, 1, 44_100), "(MP3, 1 channel); convert it to 16-bit PCM");
        assertRefused(header(0x7777, 16, 1, 44_100), "(format 0x7777, 1 channel)");
    }

    private Path header(int tag, int bits, int channels, int rateHz) throws IOException {
        byte[] header = TestWav.header(tag, tag, bits, channels, rateHz, 10_000);
        return Files.write(folder.resolve("odd.wav"), Arrays.copyOf(header, header.length + 10_000));
    }

    private static void assertRefused(Path path, String why) {
        assertThatThrownBy(() -> WavSource.open(path, PcmFormat.CLASSIC, true, new FakeTime().pacer()))
                .isInstanceOfSatisfying(AudioUnavailableException.class, e -> {
                    assertThat(e.getMessage())
                            .hasLineCount(1)
                            .contains(path.toString())
                            .contains(why);
                    assertThat(e.subject()).isEqualTo(AudioUnavailableException.Subject.FILE);
                });
    }

    /** Seeded damage to good files: each is either played or refused, and nothing else. */
    @Test
    void shouldPlayOrRefuseWhateverBytesAFileHolds() throws Exception {
        byte[] plain = TestWav.bytes(TestWav.PCM, 24, 2, 48_000, 500, (f, c) -> 0.1);
        byte[] extensible = TestWav.extensible(TestWav.FLOAT, 32, 1, 96_000, new byte[4_000]);
        Path path = folder.resolve("fuzz.wav");
        short[] frame = new short[FRAME];
        for (int round = 0; round < 1_000; round++) {
            byte[] bytes = (round % 2 == 0 ? plain : extensible).clone();
            for (int hits = random.nextInt(6); hits >= 0; hits--) {
                int at = random.nextInt(8) == 0 ? random.nextInt(12) : 12 + random.nextInt(60);
                bytes[at] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            Files.write(
                    path, Arrays.copyOf(bytes, random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length));
            try (WavFrames frames = new WavFrames(path, PcmFormat.CLASSIC, round % 3 == 0)) {
                for (int i = 0; i < 5; i++) {
                    frames.read(frame);
                }
            } catch (AudioUnavailableException refused) {
                assertThat(refused.getMessage()).hasLineCount(1);
            }
        }
    }

    @Test
    void shouldPassOnWhatIsWrongWithAFileThatPlays() throws Exception {
        byte[] sound = new byte[44_100];
        Arrays.fill(sound, (byte) 0x11);
        byte[] file = new RiffBytes()
                .format(TestWav.PCM, 16, 1, 44_100)
                .chunk("data", 0, sound)
                .bytes();
        Path unfinished = Files.write(folder.resolve("unfinished.wav"), file);

        try (WavSource source = WavSource.open(unfinished, PcmFormat.CLASSIC, false, new FakeTime().pacer())) {
            assertThat(source.warning())
                    .hasValue("unfinished: its header says 0.0 s, it holds 0.5 s and is played to its end");
        }
        try (WavSource source = WavSource.open(noiseFile(), PcmFormat.CLASSIC, false, new FakeTime().pacer())) {
            assertThat(source.warning()).isEmpty();
        }
    }
}
