package voiptui.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voiptui.audio.PcmFormat;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.testkit.Deadline;
import voiptui.testkit.Events;
import voiptui.testkit.ManualClock;
import voiptui.testkit.Sounds;
import voiptui.testkit.Wav;

/** The recorder's thread is a real one; the two sides are fed by the test, frame by frame. */
@Timeout(60)
class CallRecorderTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();
    private static final long SOON_MS = 10_000;

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final EventBus bus = new EventBus();
    private final Events events = new Events(bus);
    private CallRecorder recorder;

    private CallRecorder recorder(Path where) {
        recorder = new CallRecorder(
                PcmFormat.CLASSIC,
                where,
                clock,
                clock,
                bus,
                (thread, bug) -> bus.publish(new CallEvent.Failed(thread.getName(), bug)));
        return recorder;
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    private String name(String suffix) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault());
        return "voiptui-" + now.format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")) + suffix + ".wav";
    }

    /** Begins, and waits until the taps are open: a frame that is in a file at last is taken for the first one. */
    private Path begin() {
        recorder.toggle();
        CallEvent.Recording begun = events.await(CallEvent.Recording.class);
        assertThat(begun.running()).isTrue();
        assertThat(begun.problem()).isNull();
        Path file = Path.of(begun.file());
        short[] first = new short[FRAME];
        first[0] = 1;
        Deadline.require(SOON_MS, () -> "the first frame in " + file, () -> {
            recorder.sent().onFrame(first);
            return file.toFile().length() > 44;
        });
        return file;
    }

    private CallEvent.Recording end() {
        recorder.toggle();
        return events.await(CallEvent.Recording.class);
    }

    private void say(short[] samples) {
        for (int at = 0; at < samples.length; at += FRAME) {
            recorder.sent().onFrame(Arrays.copyOfRange(samples, at, at + FRAME));
        }
    }

    /** The other side's packets arrive, all at once. */
    private void hear(short[] samples) {
        PcmStream stream = new PcmStream();
        recorder.use(stream.history(false), () -> 0);
        for (int at = 0; at < samples.length; at += PcmStream.PACKET) {
            stream.arrive(at / PcmStream.PACKET, samples, clock.nanoTime());
        }
    }

    @Test
    void shouldRecordToFilesThatTheUserNames() {
        recorder(folder);
        for (int number = 1; number <= 2; number++) {
            recorder.start("with anna %n.wav");
            CallEvent.Recording begun = events.await(CallEvent.Recording.class);
            if (number == 2) {
                assertThat(begun.running()).as("the one before").isFalse();
                begun = events.await(CallEvent.Recording.class);
            }
            assertThat(begun.running()).isTrue();
            assertThat(Path.of(begun.file())).isEqualTo(folder.resolve("with anna " + number + ".wav"));
        }
    }

    @Test
    void shouldRecordSentOnTheLeftAndReceivedOnTheRight() throws IOException {
        short[] said = Sounds.vowel(20_000, 44_100, 40 * FRAME, 1);
        short[] heard = Sounds.vowel(10_000, 44_100, 40 * FRAME, 2);
        recorder(folder);
        Path file = begin();
        hear(heard);
        say(said);
        CallEvent.Recording ended = end();

        assertThat(file).isEqualTo(folder.resolve(name("")));
        short[][] channels = Wav.readStereo(file);
        assertThat(Wav.indexOf(channels[0], said))
                .as("what was said, to the bit")
                .isNotNegative();
        assertThat(Wav.indexOf(channels[1], heard))
                .as("what was heard, to the bit")
                .isNotNegative();
        assertThat(ended)
                .isEqualTo(new CallEvent.Recording(
                        false, file.toString(), channels[0].length * 1000L / 44_100, 0, 0, null));
    }

    @Test
    void shouldBeAPlayableFileWhileRecording() throws IOException {
        recorder(folder);
        Path file = begin();

        assertThat(Wav.readStereo(file)[0].length).isPositive();
    }

    @Test
    void shouldRecordNothingBeforeStartAndAfterEnd() throws IOException {
        recorder(folder);
        short[] loud = new short[FRAME];
        Arrays.fill(loud, (short) 9999);
        say(loud);
        Path file = begin();
        end();
        say(loud);

        short[][] channels = Wav.readStereo(file);
        assertThat(Wav.peak(channels[0], 0, channels[0].length)).isEqualTo(1);
        assertThat(Wav.peak(channels[1], 0, channels[1].length)).isZero();
        assertThat(events.take()).isEmpty();
    }

    @Test
    void shouldKeepEarlierFiles() throws IOException {
        Files.write(folder.resolve(name("")), new byte[] {1});
        Files.write(folder.resolve(name("-2")), new byte[] {2});
        recorder(folder);
        assertThat(begin()).isEqualTo(folder.resolve(name("-3")));
        end();
        assertThat(begin()).as("again in the same second").isEqualTo(folder.resolve(name("-4")));
        end();

        assertThat(Files.readAllBytes(folder.resolve(name("")))).containsExactly(1);
        assertThat(Files.readAllBytes(folder.resolve(name("-2")))).containsExactly(2);
    }

    @Test
    void shouldSayWhyItCannotStart() {
        recorder(folder.resolve("no such folder")).toggle();
        CallEvent.Recording refused = events.await(CallEvent.Recording.class);

        assertThat(refused.running()).isFalse();
        assertThat(refused.file()).isEmpty();
        assertThat(refused.problem()).hasLineCount(1).contains("no such directory");
        recorder.toggle();
        assertThat(events.await(CallEvent.Recording.class))
                .as("asked again, it tries again")
                .isEqualTo(refused);
    }

    /** More than the queues hold at once: the audio threads never wait, and the recording says what it misses. */
    @Test
    void shouldDropFramesOnASlowDiskAndSaySo() throws IOException {
        recorder(folder);
        Path file = begin();
        short[] noise = new short[FRAME];
        int frames = 100_000;
        for (int i = 0; i < frames; i++) {
            recorder.sent().onFrame(noise);
        }
        CallEvent.Recording ended = end();

        assertThat(ended.problem()).contains("disk too slow").contains("ms missing");
        assertThat(Wav.readStereo(file)[0].length).isLessThan(frames * FRAME);
    }

    @Test
    void shouldEndTheRecordingWithTheCall() throws IOException {
        recorder(folder);
        Path file = begin();
        say(new short[3 * FRAME]);
        recorder.close();
        recorder.close();

        List<Event> told = events.take();
        assertThat(told)
                .hasSize(1)
                .allMatch(event -> event instanceof CallEvent.Recording ended
                        && !ended.running()
                        && ended.problem() == null
                        && ended.file().equals(file.toString()));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("voiptui-recorder");
    }
}
