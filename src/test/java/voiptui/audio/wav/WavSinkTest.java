package voiptui.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioUnavailableException;
import voiptui.audio.FakeTime;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;

class WavSinkTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();

    @TempDir
    private Path folder;

    private static short[] frameOf(int value) {
        short[] frame = new short[FRAME];
        Arrays.fill(frame, (short) value);
        return frame;
    }

    private static void assertHolds(Path path, int frames) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        byte[] header = TestWav.header(TestWav.PCM, TestWav.PCM, 16, 1, 44_100, (long) frames * FRAME * 2);
        assertThat(Arrays.copyOf(bytes, 44)).isEqualTo(header);
        assertThat(bytes).hasSize(44 + frames * FRAME * 2);
    }

    @Test
    void shouldBeAWholeFileAfterEveryFrameWithoutBeingClosed() throws Exception {
        Path path = folder.resolve("out.wav");
        try (WavSink sink = new WavSink(new WavWriter(path, 44_100), new FakeTime().pacer())) {
            assertHolds(path, 0);
            for (int frame = 1; frame <= 5; frame++) {
                sink.write(frameOf(frame));
                assertHolds(path, frame);
            }
        }
        ByteBuffer data =
                ByteBuffer.wrap(Files.readAllBytes(path), 44, 5 * FRAME * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample = 0; sample < 5 * FRAME; sample++) {
            assertThat(data.getShort()).isEqualTo((short) (1 + sample / FRAME));
        }
    }

    @Test
    void shouldReplaceALongerFile() throws Exception {
        Path path = Files.write(folder.resolve("out.wav"), new byte[100_000]);
        try (WavSink sink = new WavSink(new WavWriter(path, 44_100), new FakeTime().pacer())) {
            sink.write(frameOf(1));
        }
        assertHolds(path, 1);
    }

    @Test
    void shouldGoAtThePaceOfRealTime() throws Exception {
        FakeTime time = new FakeTime();
        try (WavSink sink = new WavSink(new WavWriter(folder.resolve("out.wav"), 44_100), time.pacer())) {
            for (int frame = 0; frame <= 20; frame++) {
                sink.write(frameOf(0));
            }
        }
        assertThat(time.takeWaitedMs()).isEqualTo(200);
    }

    @Test
    void shouldKeepTheRecordingWhenTheFileIsFull() throws Exception {
        Path path = folder.resolve("full.wav");
        try (WavWriter writer = new WavWriter(path, 44_100, 1, 2 * FRAME * 2 + 100)) {
            for (int frame = 0; frame < 10; frame++) {
                writer.write(frameOf(1));
            }
        }
        assertHolds(path, 2);
    }

    @Test
    void shouldKeepTheSizesWithin32Bits() {
        assertThat(WavWriter.MAX_DATA_BYTES + 36).isLessThanOrEqualTo(0xFFFF_FFFFL);
        assertThat(WavWriter.MAX_DATA_BYTES % 2).isZero();
    }

    @Test
    void shouldInterleaveChannels() throws Exception {
        Path path = folder.resolve("stereo.wav");
        try (WavWriter writer = WavWriter.createNew(path, 44_100, 2).orElseThrow()) {
            writer.write(new short[] {1, -2, 3, -4});
            byte[] bytes = Files.readAllBytes(path);
            assertThat(Arrays.copyOf(bytes, 44)).isEqualTo(TestWav.header(TestWav.PCM, TestWav.PCM, 16, 2, 44_100, 8));
            assertThat(Arrays.copyOfRange(bytes, 44, bytes.length)).containsExactly(1, 0, 0xFE, 0xFF, 3, 0, 0xFC, 0xFF);
        }
    }

    @Test
    void shouldNotReplaceAnExistingFile() throws Exception {
        Path path = Files.write(folder.resolve("mine.wav"), new byte[] {7});

        assertThat(WavWriter.createNew(path, 44_100, 2)).isEmpty();
        assertThat(Files.readAllBytes(path)).containsExactly(7);
    }

    @Test
    void shouldReportInOneLineAFileThatCannotBeCreated() {
        assertThatThrownBy(() -> WavWriter.createNew(folder.resolve("none/out.wav"), 44_100, 2))
                .isInstanceOf(AudioUnavailableException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> WavWriter.createNew(Path.of("/proc/out.wav"), 44_100, 2))
                .isInstanceOf(AudioUnavailableException.class)
                .message()
                .hasLineCount(1)
                .startsWith("cannot write /proc/out.wav: ")
                .doesNotContain("Exception");
    }

    @Test
    void shouldReportInOneLineAFileThatCannotBeWritten() throws Exception {
        assertRefused(folder, "is a directory");
        assertRefused(folder.resolve("no/such/folder/out.wav"), "no such directory");
        assertRefused(Path.of("/dev/null"), "not a regular file");
        assertRefused(Path.of("/proc/version"), "");
    }

    private static void assertRefused(Path path, String why) {
        assertThatThrownBy(() -> new WavWriter(path, 44_100))
                .isInstanceOfSatisfying(AudioUnavailableException.class, e -> {
                    assertThat(e.getMessage())
                            .hasLineCount(1)
                            .startsWith("cannot write " + path + ": ")
                            .contains(why);
                    assertThat(e.subject()).isEqualTo(AudioUnavailableException.Subject.FILE);
                });
    }

    @Test
    void shouldFailWhenTheFileCannotBeWritten() throws Exception {
        WavWriter file = new WavWriter(folder.resolve("out.wav"), 44_100);
        try (WavSink sink = new WavSink(file, new FakeTime().pacer())) {
            file.close();
            assertThatThrownBy(() -> sink.write(frameOf(1)))
                    .isInstanceOf(AudioLostException.class)
                    .hasMessageContaining("out.wav");
        }
    }

    @Test
    void shouldContinueRecordingInRealTimeWhenTheSpeakerIsLost() throws Exception {
        FakeTime time = new FakeTime();
        Path path = folder.resolve("tee.wav");
        NullSink speaker = new NullSink(new FakeTime().pacer());
        try (TeeSink tee = new TeeSink(speaker, new WavWriter(path, 44_100), time.pacer())) {
            tee.write(frameOf(1));
            assertThat(time.takeWaitedMs()).isZero();
            assertThat(tee.speakerProblem()).isEmpty();
            speaker.close();
            for (int frame = 0; frame < 10; frame++) {
                tee.write(frameOf(2));
            }
            assertThat(tee.speakerProblem()).isPresent();
            assertThat(time.takeWaitedMs()).isEqualTo(80);
        }
        assertHolds(path, 11);
    }

    @Test
    void shouldContinuePlayingWhenRecordingFails() throws Exception {
        WavWriter recording = new WavWriter(folder.resolve("tee.wav"), 44_100);
        try (TeeSink tee = new TeeSink(new NullSink(new FakeTime().pacer()), recording, new FakeTime().pacer())) {
            recording.close();
            tee.write(frameOf(1));
            tee.write(frameOf(1));
            assertThat(tee.recordingProblem()).isPresent();
            assertThat(tee.speakerProblem()).isEmpty();
        }
    }

    @Test
    void shouldBeReadableByItsOwnerOnly() throws Exception {
        Path replaced = folder.resolve("out.wav");
        new WavWriter(replaced, 44_100).close();
        Path recording = folder.resolve("recording.wav");
        WavWriter.createNew(recording, 44_100, 2).orElseThrow().close();

        for (Path file : new Path[] {replaced, recording}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }
}
