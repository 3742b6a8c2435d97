package voiptui.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.AudioUnavailableException;
import voiptui.testkit.Allocation;

class WavFileTest {

    private static final int RATE_HZ = 8_000;
    private static final byte[] SOUND =
            RiffBytes.shorts(ByteOrder.LITTLE_ENDIAN, 1000, -2000, 3000, -4000, 5000, 0x3333);
    private static final float[] SAMPLES = {1000, -2000, 3000, -4000, 5000, 0x3333};

    @TempDir
    private Path folder;

    private Path file(RiffBytes riff) throws IOException {
        return Files.write(folder.resolve("file.wav"), riff.bytes());
    }

    private static RiffBytes pcm() {
        return new RiffBytes().format(TestWav.PCM, 16, 1, RATE_HZ);
    }

    /** All samples, scaled to 16 bits, and the warning. */
    private record Content(float[] samples, Optional<String> warning) {}

    private static Content contentOf(Path path) throws Exception {
        try (WavFile file = WavFile.open(path)) {
            float[] samples = new float[100_000];
            int count = file.read(samples, 0, samples.length);
            float[] scaled = Arrays.copyOf(samples, count);
            for (int i = 0; i < count; i++) {
                scaled[i] *= 32_768;
            }
            return new Content(scaled, file.warning());
        }
    }

    private void assertPlays(RiffBytes riff) throws Exception {
        Content content = contentOf(file(riff));
        assertThat(content.samples()).containsExactly(SAMPLES);
        assertThat(content.warning()).isEmpty();
    }

    private void assertPlaysToTheEnd(RiffBytes riff, String warning) throws Exception {
        Content content = contentOf(file(riff));
        assertThat(content.samples()).containsExactly(SAMPLES);
        assertThat(content.warning())
                .hasValueSatisfying(text -> assertThat(text).contains(warning));
    }

    private void assertRefused(RiffBytes riff, String why) throws Exception {
        Path path = file(riff);
        assertThatThrownBy(() -> contentOf(path))
                .isInstanceOf(AudioUnavailableException.class)
                .hasMessageContaining(why);
    }

    private static byte[] text(int length) {
        return "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldReadPastChunksOfAnySizeInAnyOrder() throws Exception {
        for (int size : new int[] {0, 1, 2, 3, 1023, 8_191, 8_192, 20_001, 300_000}) {
            assertPlays(new RiffBytes()
                    .chunk("bext", text(size))
                    .chunk("JUNK", new byte[size])
                    .format(TestWav.PCM, 16, 1, RATE_HZ)
                    .chunk("iXML", text(size))
                    .chunk("fact", new byte[] {1, 0, 0, 0})
                    .chunk("abcd", text(size))
                    .chunk("data", SOUND)
                    .chunk("LIST", text(size)));
        }
    }

    @Test
    void shouldReadOddChunksWithAndWithoutPadding() throws Exception {
        for (String name : new String[] {"iXML", "LIST", "abcd"}) {
            for (byte[] padding : new byte[][] {{}, {0}, {'z'}, {(byte) 0xFF}}) {
                assertPlays(new RiffBytes()
                        .chunk(name, 3, text(3))
                        .raw(padding)
                        .format(TestWav.PCM, 16, 1, RATE_HZ)
                        .chunk(name, 8_191, text(8_191))
                        .raw(padding)
                        .chunk("data", SOUND));
            }
        }
    }

    @Test
    void shouldReadAFormatThatFollowsTheAudio() throws Exception {
        assertPlays(new RiffBytes().chunk("data", SOUND).format(TestWav.PCM, 16, 1, RATE_HZ));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 8, 10, 100})
    void shouldReadExtensibleFormatsOfAnyValidSize(int surplus) throws Exception {
        assertPlays(new RiffBytes()
                .extensible(TestWav.PCM, 16, 16, 1, RATE_HZ, surplus)
                .chunk("data", SOUND));
    }

    @Test
    void shouldReadFormatChunksWithEmptyAndOversizeExtensions() throws Exception {
        for (int surplus : new int[] {2, 4, 22, 24, 3_000}) {
            assertPlays(new RiffBytes()
                    .format(TestWav.PCM, 16, 1, RATE_HZ, 2, new byte[surplus])
                    .chunk("data", SOUND));
        }
    }

    @Test
    void shouldPlayUnfinishedRecordingsToTheirEnd() throws Exception {
        assertPlaysToTheEnd(pcm().chunk("data", 0, SOUND), "unfinished: its header says 0.0 s");
        assertPlaysToTheEnd(pcm().chunk("data", 2, SOUND), "unfinished");
        assertPlaysToTheEnd(pcm().chunk("data", 3, SOUND), "unfinished");
        assertPlaysToTheEnd(pcm().chunk("data", 0xFFFF_FFFFL, SOUND), "does not say how long");
        assertPlaysToTheEnd(pcm().chunk("data", 0x7FFF_FFFFL, SOUND), "does not say how long");
        assertPlaysToTheEnd(pcm().chunk("data", 1_000_000, SOUND), "cut short: its header says 62.5 s, it holds 0.0 s");
    }

    @Test
    void shouldNotTakeWhatFollowsTheAudioForAudio() throws Exception {
        assertPlays(pcm().chunk("data", SOUND).chunk("LIST", text(101)));
        assertPlays(pcm().chunk("data", SOUND).chunk("LIST", 9_999, text(10)));
        assertPlays(pcm().chunk("data", SOUND).text("TAG").raw(text(125)));
        assertPlays(pcm().chunk("data", SOUND).raw(new byte[500]));
        assertPlays(pcm().chunk("data", SOUND).raw(text(7)));
        assertPlays(pcm().chunk("data", SOUND).raw(new RiffBytes().bytes()));
    }

    @Test
    void shouldSayThatAFinishedFileHoldsNoAudio() throws Exception {
        Content content = contentOf(file(pcm().chunk("data", 0, new byte[0]).chunk("LIST", text(20))));
        assertThat(content.samples()).isEmpty();
        assertThat(content.warning()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RF64", "BW64"})
    void shouldReadSizesOf64Bits(String kind) throws Exception {
        RiffBytes wide = new RiffBytes(kind);
        wide.text("ds64")
                .number(28 + 12, 4)
                .number(0, 8)
                .number(SOUND.length, 8)
                .number(6, 8);
        wide.number(1, 4).text("axml").number(5, 8);
        wide.chunk("axml", 0xFFFF_FFFFL, text(5)).raw(new byte[1]);
        wide.format(TestWav.PCM, 16, 1, RATE_HZ).chunk("data", 0xFFFF_FFFFL, SOUND);
        assertPlays(wide.chunk("chna", text(30)));

        RiffBytes unfinished = new RiffBytes(kind).chunk("ds64", new byte[28]);
        assertPlaysToTheEnd(unfinished.format(TestWav.PCM, 16, 1, RATE_HZ).chunk("data", 0, SOUND), "unfinished");
        RiffBytes without = new RiffBytes(kind).format(TestWav.PCM, 16, 1, RATE_HZ);
        assertPlaysToTheEnd(without.chunk("data", 0xFFFF_FFFFL, SOUND), "does not say how long");
    }

    @Test
    void shouldFindAudioBeyond4GiB() throws Exception {
        long far = 5_000_000_000L;
        RiffBytes start = new RiffBytes("RF64");
        start.text("ds64").number(40, 4).number(0, 8).number(SOUND.length, 8).number(6, 8);
        start.number(1, 4).text("JUNK").number(far, 8);
        start.format(TestWav.PCM, 16, 1, RATE_HZ).text("JUNK").number(0xFFFF_FFFFL, 4);
        Path path = file(start);
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.seek(sparse.length() + far);
            sparse.write(new byte[] {'d', 'a', 't', 'a', -1, -1, -1, -1});
            sparse.write(SOUND);
        }
        assertThat(contentOf(path).samples()).containsExactly(SAMPLES);
    }

    @Test
    void shouldReadBigEndianFiles() throws Exception {
        byte[] sound = RiffBytes.shorts(ByteOrder.BIG_ENDIAN, 1000, -2000, 3000, -4000, 5000, 0x3333);
        assertPlays(new RiffBytes("RIFX").format(TestWav.PCM, 16, 1, RATE_HZ).chunk("data", sound));
        assertPlays(new RiffBytes("RIFX")
                .extensible(TestWav.PCM, 16, 16, 1, RATE_HZ, 0)
                .chunk("iXML", text(3))
                .chunk("data", sound));
        byte[] likeSox = new RiffBytes("RIFX")
                .extensible(TestWav.PCM, 16, 16, 1, RATE_HZ, 0)
                .chunk("data", sound)
                .bytes();
        likeSox[45] = 1;
        likeSox[47] = 0;
        assertThat(contentOf(Files.write(folder.resolve("sox.wav"), likeSox)).samples())
                .containsExactly(SAMPLES);
        RiffBytes floats = new RiffBytes("RIFX").format(TestWav.FLOAT, 32, 1, RATE_HZ);
        floats.text("data").number(4 * SAMPLES.length, 4);
        for (float sample : SAMPLES) {
            floats.number(Float.floatToIntBits(sample / 32_768), 4);
        }
        assertPlays(floats);
    }

    @ParameterizedTest
    @CsvSource({"8,1", "12,2", "16,2", "20,3", "24,3", "32,4", "40,5", "48,6", "56,7", "64,8", "24,4", "20,4"})
    void shouldReadIntegersOfAnySize(int bits, int bytes) throws Exception {
        for (int channels : new int[] {1, 2, 3, 6, 20, 64}) {
            for (String kind : new String[] {"RIFF", "RIFX"}) {
                RiffBytes riff = new RiffBytes(kind);
                riff.format(TestWav.PCM, bits, channels, RATE_HZ, bytes * channels, new byte[0]);
                riff.text("data").number(3L * bytes * channels, 4);
                for (double sample : new double[] {0.5, -1, 0.25}) {
                    for (int channel = 0; channel < channels; channel++) {
                        long scaled = (long) (sample * Math.pow(2, 8 * bytes - 1));
                        riff.number(bytes == 1 ? scaled + 128 : scaled, bytes);
                    }
                }
                Content content = contentOf(file(riff));
                assertThat(content.samples()).containsExactly(16_384, -32_768, 8_192);
                assertThat(content.warning()).isEmpty();
            }
        }
    }

    @Test
    void shouldSayThatTheFrameSizeIsWrong() throws Exception {
        RiffBytes riff = new RiffBytes().format(TestWav.PCM, 16, 1, RATE_HZ, 3, new byte[0]);
        assertPlaysToTheEnd(riff.chunk("data", SOUND), "its header says 3 bytes per frame, 2 are read");
    }

    /** Corner values of ITU-T G.711, tables 1a to 2b, scaled to 16 bits. */
    @Test
    void shouldDecodeG711() throws Exception {
        byte[] aLaw = {(byte) 0xD5, 0x55, (byte) 0xAA, 0x2A, (byte) 0x80, 0x00, (byte) 0xC5};
        float[] aLawSamples = {8, -8, 32_256, -32_256, 5_504, -5_504, 264};
        byte[] muLaw = {(byte) 0xFF, 0x7F, (byte) 0x80, 0x00, (byte) 0x8F, 0x0F, (byte) 0xEF};
        float[] muLawSamples = {0, 0, 32_124, -32_124, 16_764, -16_764, 132};
        for (int bits : new int[] {8, 0}) {
            RiffBytes riff = new RiffBytes().format(6, bits, 1, RATE_HZ, 1, new byte[2]);
            assertThat(contentOf(file(riff.chunk("data", aLaw))).samples()).containsExactly(aLawSamples);
            riff = new RiffBytes().format(7, bits, 1, RATE_HZ, 1, new byte[2]);
            assertThat(contentOf(file(riff.chunk("data", muLaw))).samples()).containsExactly(muLawSamples);
        }
        RiffBytes extensible = new RiffBytes().extensible(7, 8, 8, 1, RATE_HZ, 0);
        assertThat(contentOf(file(extensible.chunk("data", muLaw))).samples()).containsExactly(muLawSamples);
    }

    /** Made by hand: sample 1000, index 0; the code 7 adds 7 + 3 + 1 + 0 and moves the index by 8, 15 then takes 16 + 8 + 4 + 2. */
    @Test
    void shouldDecodeImaAdpcm() throws Exception {
        byte[] left = {(byte) 0xE8, 3, 0, 0, (byte) 0xF7, 0, 0, 0};
        RiffBytes mono = new RiffBytes().format(0x11, 4, 1, RATE_HZ, 8, new byte[] {2, 0, 9, 0});
        mono.chunk("fact", new byte[] {3, 0, 0, 0});
        assertThat(contentOf(file(mono.chunk("data", left))).samples()).containsExactly(1000, 1011, 981);

        byte[] both = {(byte) 0xE8, 3, 0, 0, (byte) 0xE8, 3, 0, 0, (byte) 0xF7, 0, 0, 0, 0x7, 0, 0, 0};
        RiffBytes stereo = new RiffBytes().format(0x11, 4, 2, RATE_HZ, 16, new byte[] {2, 0, 9, 0});
        float[] averages = contentOf(file(stereo.chunk("data", both))).samples();
        assertThat(averages).hasSize(9);
        assertThat(Arrays.copyOf(averages, 3)).containsExactly(1000, 1011, (981 + 1011 + 2) / 2f);
    }

    /** As libsndfile (half of the samples) and FFmpeg (the samples of a block where valid bits belong) write them. */
    @Test
    void shouldNotBelieveWrongNumbersOfAdpcmSamples() throws Exception {
        byte[] blocks = new byte[2 * 16];
        for (int said : new int[] {1, 9, 10, 17, 18, 19, 10_000}) {
            RiffBytes stereo = new RiffBytes().format(0x11, 4, 2, RATE_HZ, 16, new byte[] {2, 0, 9, 0});
            stereo.text("fact").number(4, 4).number(said, 4);
            assertThat(contentOf(file(stereo.chunk("data", blocks))).samples())
                    .hasSize(said >= 10 && said <= 18 ? said : 18);
        }
        RiffBytes extensible = new RiffBytes().text("fmt ").number(42, 4);
        extensible
                .number(0xFFFE, 2)
                .number(2, 2)
                .number(RATE_HZ, 4)
                .number(8_000, 4)
                .number(16, 2)
                .number(4, 2);
        extensible
                .number(24, 2)
                .number(4, 2)
                .number(0, 4)
                .number(0x11, 4)
                .raw(RiffBytes.GUID)
                .number(9, 2);
        assertThat(contentOf(file(extensible.chunk("data", blocks))).samples()).hasSize(18);
    }

    /** Made by hand: predictor 0 repeats the sample before, codes 1 and -1 add a step of 16 and take one of 230/256 of it, at least 16. */
    @Test
    void shouldDecodeMsAdpcm() throws Exception {
        byte[] block = {0, 16, 0, (byte) 0xE8, 3, (byte) 0xD0, 7, 0x1F};
        RiffBytes mono = new RiffBytes().format(2, 4, 1, RATE_HZ, 8, new byte[] {4, 0, 4, 0, 0, 0});
        assertThat(contentOf(file(mono.chunk("data", block))).samples()).containsExactly(2000, 1000, 1016, 1000);
    }

    @Test
    void shouldEndAdpcmWithTheLastWholeBlockGroup() throws Exception {
        for (int cut = 0; cut <= 16; cut++) {
            RiffBytes stereo = new RiffBytes().format(0x11, 4, 2, RATE_HZ, 16, new byte[] {2, 0, 9, 0});
            assertThat(contentOf(file(stereo.chunk("data", new byte[32 - cut]))).samples())
                    .hasSize(cut == 0 ? 18 : cut <= 8 ? 10 : 9);
            RiffBytes mono = new RiffBytes().format(2, 4, 1, RATE_HZ, 16, new byte[] {4, 0, 20, 0, 0, 0});
            assertThat(contentOf(file(mono.chunk("data", new byte[32 - cut]))).samples())
                    .hasSize(20 + (cut <= 9 ? 20 - 2 * cut : 0));
        }
    }

    @Test
    void shouldNameWhatItCannotRead() throws Exception {
        assertRefused(new RiffBytes().format(0x31, 0, 1, RATE_HZ).chunk("data", SOUND), "(GSM 6.10, 1 channel)");
        assertRefused(
                new RiffBytes().extensible(0x55, 16, 16, 2, RATE_HZ, 0).chunk("data", SOUND), "(MP3, 2 channels)");
        assertRefused(
                new RiffBytes().format(0x11, 3, 1, RATE_HZ, 512, new byte[4]).chunk("data", SOUND), "3-bit IMA");
        assertRefused(pcm().chunk("LIST", text(4)), "no audio in it (no data chunk)");
        assertRefused(new RiffBytes().chunk("data", SOUND), "no format chunk");
        assertRefused(pcm().chunk("b\033d!", 99_999, text(4)), "chunk 'b?d!' is longer than the file");
        assertRefused(new RiffBytes().chunk("fmt ", text(13)).chunk("data", SOUND), "format chunk of 13 bytes");
        String[][] others = {
            {"fLaC\0\0\0\42aaaa", "a FLAC file, not a WAV file"},
            {"OggS\0\2aaaaaaaa", "an Ogg file"},
            {"RIFF\0\0\0\0AVI LIST", "an AVI file"},
            {"FORM\0\0\0\0AIFFCOMM", "an AIFF file"},
            {"ID3\3\0\0\0\0\0\0aa", "an MP3 file"},
            {"riff\u002e\u0091\u00cf\u0011aaaa", "a Sony Wave64 file"},
            {"\0\0\0\40ftypM4A ", "an MPEG-4 file"}
        };
        for (String[] other : others) {
            Path path = Files.write(folder.resolve("other.wav"), other[0].getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> WavFile.open(path)).hasMessageContaining(other[1]);
        }
    }

    @Test
    void shouldGiveUpOnFilesMadeToKeepItBusy() throws Exception {
        RiffBytes riff = new RiffBytes();
        for (int i = 0; i < 5_000; i++) {
            riff.chunk("abcd", new byte[0]);
        }
        assertRefused(riff.format(TestWav.PCM, 16, 1, RATE_HZ).chunk("data", SOUND), "more than 4096 chunks");
    }

    @Test
    void shouldReadALongFileWithoutHoldingIt() throws Exception {
        Path path = file(pcm().chunk("data", 400_000_000, new byte[0]));
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(400_000_044);
        }
        try (WavFile file = WavFile.open(path)) {
            float[] samples = new float[80];
            assertThat(Allocation.bytesPerRun(200, 2_000, () -> {
                        try {
                            assertThat(file.read(samples, 0, 80)).isEqualTo(80);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .isLessThan(4_000);
        }
    }

    /** Seeded damage to files of every kind: each is either played or refused, and nothing else. */
    @Test
    void shouldPlayOrRefuseWhateverBytesAFileHolds() throws Exception {
        byte[][] files = {
            pcm().chunk("iXML", 7, text(7)).chunk("data", SOUND).bytes(),
            new RiffBytes("RF64")
                    .chunk("ds64", new byte[40])
                    .format(TestWav.FLOAT, 64, 2, RATE_HZ)
                    .chunk("data", new byte[640])
                    .bytes(),
            new RiffBytes("RIFX")
                    .extensible(TestWav.PCM, 24, 20, 3, RATE_HZ, 2)
                    .chunk("data", new byte[999])
                    .bytes(),
            new RiffBytes()
                    .format(0x11, 4, 2, RATE_HZ, 64, new byte[4])
                    .chunk("data", new byte[640])
                    .bytes(),
            new RiffBytes()
                    .format(2, 4, 2, RATE_HZ, 64, new byte[32])
                    .chunk("data", new byte[640])
                    .bytes(),
        };
        Random random = new Random(7);
        Path path = folder.resolve("fuzz.wav");
        float[] samples = new float[2_000];
        int played = 0;
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = files[round % files.length].clone();
            for (int hits = random.nextInt(8); hits >= 0; hits--) {
                int at = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : 12 + random.nextInt(70);
                bytes[at % bytes.length] = (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt());
            }
            Files.write(
                    path, Arrays.copyOf(bytes, random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length));
            try (WavFile file = WavFile.open(path)) {
                int count = file.read(samples, 0, samples.length);
                for (int i = 0; i < count; i++) {
                    assertThat(samples[i]).isFinite();
                }
                played++;
            } catch (AudioUnavailableException refused) {
                assertThat(refused.getMessage()).hasLineCount(1).matches("\\p{Print}+");
            }
        }
        assertThat(played).isBetween(300, 2_700);
    }
}
