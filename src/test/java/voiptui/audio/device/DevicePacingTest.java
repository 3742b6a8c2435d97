package voiptui.audio.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import voiptui.audio.AudioLostException;
import voiptui.audio.PcmFormat;

/** A microphone and a speaker whose driver is a simulation: it moves with the clock, which waiting advances. */
class DevicePacingTest {

    private static final PcmFormat FORMAT = new PcmFormat(48_000, 480);
    private static final int BLOCK = 192;
    private static final int CUSHION = 288;
    private static final long FRAME_NS = 10 * NS_PER_MS;

    private final short[] frame = new short[480];
    private long nowNs;
    private boolean frozen;
    private @Nullable String problem;
    private int closed;
    private int moves;
    /** Whether the devices deliver and take as much as they are asked for at once. */
    private boolean timeless;

    /** How much of its audio the microphone delivers, in millionths. */
    private long deliveredPpm = 1_000_000;

    private int sleeps;

    private long samplesUntilNow() {
        return nowNs * 48 / NS_PER_MS;
    }

    private void pass(long ns) {
        assertThat(ns).as("waiting time").isBetween(1L, 1_000 * NS_PER_MS);
        nowNs += ns;
        sleeps++;
    }

    /** Delivers blocks of samples that count upwards. */
    private final class Microphone implements CapturePort {

        private final Deque<Short> waiting = new ArrayDeque<>();
        private long delivered;

        private void run() {
            for (int i = 0; timeless && i < 48_000; i++) {
                waiting.add((short) 7);
            }
            while (!frozen && delivered + BLOCK <= samplesUntilNow() * deliveredPpm / 1_000_000) {
                for (int i = 0; i < BLOCK; i++) {
                    waiting.add((short) (delivered++ % 30_000 + 1));
                }
            }
        }

        @Override
        public void start() {
            run();
            waiting.clear();
        }

        @Override
        public int availableSamples() {
            run();
            return waiting.size();
        }

        @Override
        public void read(short[] samples, int count) {
            for (int i = 0; i < count; i++) {
                samples[i] = waiting.remove();
            }
        }

        @Override
        public long deviceLatencyNs() {
            return 4 * NS_PER_MS;
        }

        @Override
        public @Nullable String problem() {
            return problem;
        }

        @Override
        public int moves() {
            return moves;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** Takes blocks of samples, or what there is of one. */
    private final class Speaker implements PlaybackPort {

        private final Deque<Short> waiting = new ArrayDeque<>();
        private long taken;
        private int missing;
        private boolean started;

        private void run() {
            if (timeless && started) {
                waiting.clear();
            }
            if (!started || frozen) {
                taken = samplesUntilNow();
                return;
            }
            while (taken + BLOCK <= samplesUntilNow()) {
                for (int i = 0; i < BLOCK; i++) {
                    missing += waiting.poll() == null ? 1 : 0;
                }
                taken += BLOCK;
            }
        }

        @Override
        public void start() {
            run();
            started = true;
        }

        @Override
        public int queuedSamples() {
            run();
            return waiting.size();
        }

        @Override
        public void write(short[] samples, int count) {
            run();
            for (int i = 0; i < count; i++) {
                waiting.add(samples[i]);
            }
        }

        @Override
        public long deviceLatencyNs() {
            return 6 * NS_PER_MS;
        }

        @Override
        public @Nullable String problem() {
            return problem;
        }

        @Override
        public int moves() {
            return moves;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private final Microphone microphone = new Microphone();
    private final Speaker speaker = new Speaker();
    private final DeviceSource source =
            new DeviceSource("microphone 'Headset'", microphone, FORMAT, () -> nowNs, this::pass);
    private final DeviceSink sink = new DeviceSink(
            "speaker 'Headset'",
            speaker,
            FORMAT,
            new DeviceSink.Buffering(CUSHION, 2_880, false),
            () -> nowNs,
            this::pass);

    private void readFrames(int count) throws AudioLostException {
        for (int i = 0; i < count; i++) {
            source.read(frame);
        }
    }

    private void writeFrames(int count) throws AudioLostException {
        for (int i = 0; i < count; i++) {
            sink.awaitRoom();
            Arrays.fill(frame, (short) 7);
            sink.write(frame);
        }
    }

    @Test
    void shouldKeepTimeWithHalfFrames() throws AudioLostException {
        short[] half = new short[FORMAT.frameSamples() / 2];
        for (int i = 0; i < 200; i++) {
            sink.awaitRoom();
            sink.write(half);
        }

        assertThat(nowNs).isBetween(970 * NS_PER_MS, 1_000 * NS_PER_MS);
        assertThat(sink.underruns()).isZero();
    }

    @Test
    void shouldDeliverEverySampleInOrderAndSayHowOldItIs() throws AudioLostException {
        short expected = 1;
        for (int i = 0; i < 50; i++) {
            source.read(frame);
            for (short sample : frame) {
                assertThat(sample).isEqualTo(expected++);
            }
            assertThat(source.latencyNs()).isBetween(4 * NS_PER_MS, 9 * NS_PER_MS);
        }
        assertThat(nowNs).isBetween(500 * NS_PER_MS, 510 * NS_PER_MS);
    }

    @Test
    void shouldDeliverSilenceInTimeWhenTheMicrophoneGivesNothing() throws AudioLostException {
        readFrames(10);
        long lastNs = nowNs;
        frozen = true;

        readFrames(1);
        assertThat(nowNs - lastNs).isEqualTo(100 * NS_PER_MS);
        assertThat(frame).containsOnly((short) 0);
        for (int i = 1; i <= 20; i++) {
            readFrames(1);
            assertThat(nowNs - lastNs).isEqualTo(100 * NS_PER_MS + i * FRAME_NS);
            assertThat(frame).containsOnly((short) 0);
        }
    }

    @Test
    void shouldCallAMicrophoneLostThatGivesNothingForLong() throws AudioLostException {
        readFrames(10);
        long lastNs = nowNs;
        frozen = true;

        assertThatExceptionOfType(AudioLostException.class)
                .isThrownBy(() -> readFrames(1_000))
                .withMessage("the microphone 'Headset' stopped delivering audio");
        assertThat(nowNs - lastNs).isEqualTo(700 * NS_PER_MS);
    }

    @Test
    void shouldGiveAMicrophoneTimeToStartAlsoWhenTheSystemHasMovedIt() throws AudioLostException {
        frozen = true;
        readFrames(250);
        assertThat(frame).containsOnly((short) 0);
        frozen = false;
        readFrames(10);
        moves++;
        frozen = true;
        long beforeNs = nowNs;
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(() -> readFrames(1_000));
        assertThat(nowNs - beforeNs).isBetween(3_000 * NS_PER_MS, 3_110 * NS_PER_MS);
    }

    @Test
    void shouldGiveASpeakerTimeToStartAlsoWhenTheSystemHasMovedIt() throws AudioLostException {
        frozen = true;
        writeFrames(250);
        frozen = false;
        writeFrames(500);
        moves++;
        frozen = true;
        long beforeNs = nowNs;
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(() -> writeFrames(1_000));
        assertThat(nowNs - beforeNs).isBetween(2_980 * NS_PER_MS, 3_110 * NS_PER_MS);
    }

    @Test
    void shouldDropWhatTheMicrophoneDeliversLate() throws AudioLostException {
        readFrames(10);
        frozen = true;
        readFrames(30);
        frozen = false;

        readFrames(1);

        assertThat(frame[0]).isPositive();
        assertThat(microphone.waiting.size()).as("left behind").isLessThan(480);
    }

    @Test
    void shouldDropTheOldestWhenTheReaderWasLate() throws AudioLostException {
        readFrames(1);
        nowNs += 1_000 * NS_PER_MS;

        readFrames(1);

        assertThat(microphone.waiting.size()).isLessThan(480);
        assertThat(source.latencyNs()).isLessThan(15 * NS_PER_MS);
    }

    @Test
    void shouldKeepWhatWaitsForAReaderThatWasALittleLate() throws AudioLostException {
        readFrames(1);
        nowNs += 100 * NS_PER_MS;
        readFrames(1);
        assertThat(frame[0]).isEqualTo((short) 481);
        assertThat(source.latencyNs()).isGreaterThan(80 * NS_PER_MS);
    }

    /** Timestamps count time: what a microphone does not deliver must not make the other side wait ever longer. */
    @Test
    void shouldKeepTimeWithAMicrophoneThatLosesAThirdOfItsAudio() throws AudioLostException {
        for (long percent : new long[] {60, 70, 80, 95}) {
            deliveredPpm = percent * 10_000;
            readFrames(100);
            long startNs = nowNs;
            long countedNs = 0;
            for (int i = 0; i < 2_000; i++) {
                readFrames(1);
                countedNs += FRAME_NS + source.missingNs();
                assertThat(nowNs - startNs - countedNs)
                        .as("behind after frame %d at %d %%", i, percent)
                        .isBetween(-220 * NS_PER_MS, 220 * NS_PER_MS);
                assertThat(source.missingNs() % (20 * NS_PER_MS)).isZero();
            }
        }
    }

    /** The other side evens out a second in an hour without a sound; a hole in the timestamps would be heard. */
    @Test
    void shouldMissNothingOfAMicrophoneWithAClockOfItsOwn() throws AudioLostException {
        for (long ppm : new long[] {-300, 300, -5_000}) {
            deliveredPpm = 1_000_000 + ppm;
            microphone.delivered = samplesUntilNow() * deliveredPpm / 1_000_000;
            for (int i = 0; i < 30_000; i++) {
                readFrames(1);
                assertThat(source.missingNs()).as("frame %d at %d ppm", i, ppm).isZero();
            }
        }
    }

    @Test
    void shouldMissNothingThatTheMicrophoneDeliversALittleLate() throws AudioLostException {
        readFrames(50);
        for (int stall = 0; stall < 20; stall++) {
            frozen = true;
            nowNs += 90 * NS_PER_MS;
            frozen = false;
            for (int i = 0; i < 40; i++) {
                readFrames(1);
                assertThat(source.missingNs()).isZero();
            }
        }
    }

    @Test
    void shouldCountWhatItDropsBecauseTheReaderWasLate() throws AudioLostException {
        readFrames(10);
        long startNs = nowNs;
        nowNs += 1_000 * NS_PER_MS;
        readFrames(1);

        assertThat(FRAME_NS + source.missingNs()).isBetween(nowNs - startNs - FRAME_NS, nowNs - startNs + FRAME_NS);
    }

    @Test
    void shouldSayWhyTheDeviceIsLost() {
        problem = "was disconnected";
        assertThatExceptionOfType(AudioLostException.class)
                .isThrownBy(() -> source.read(frame))
                .withMessage("the microphone 'Headset' was disconnected");
        assertThatExceptionOfType(AudioLostException.class)
                .isThrownBy(sink::awaitRoom)
                .withMessage("the speaker 'Headset' was disconnected");
    }

    @Test
    void shouldReadAtThePaceOfTheClockWhatADeviceDeliversAtOnce() throws AudioLostException {
        timeless = true;
        readFrames(100);
        long beforeNs = nowNs;
        readFrames(1_000);
        assertThat(nowNs - beforeNs).isBetween(9_890 * NS_PER_MS, 10_000 * NS_PER_MS);
        assertThat(microphone.waiting.size()).as("left behind").isLessThan(4 * 48_000);
    }

    @Test
    void shouldWriteAtThePaceOfTheClockWhatADeviceTakesAtOnce() throws AudioLostException {
        timeless = true;
        writeFrames(100);
        long beforeNs = nowNs;
        int underruns = sink.underruns();
        writeFrames(1_000);
        assertThat(nowNs - beforeNs).isBetween(9_890 * NS_PER_MS, 10_000 * NS_PER_MS);
        assertThat(sink.underruns()).isEqualTo(underruns);
    }

    @Test
    void shouldNotLimitADeviceWithAFastClock() throws AudioLostException {
        readFrames(1);
        frozen = true;
        for (int i = 0; i < 20_000; i++) {
            nowNs += FRAME_NS - FRAME_NS / 200;
            while (microphone.waiting.size() < 480) {
                microphone.waiting.add((short) 7);
            }
            sleeps = 0;
            source.read(frame);
            assertThat(sleeps).as("frame %d", i).isZero();
        }
    }

    @Test
    void shouldEndWhenClosed() {
        source.close();
        sink.close();
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(() -> source.read(frame));
        assertThatExceptionOfType(AudioLostException.class).isThrownBy(() -> sink.write(frame));
        assertThat(closed).isEqualTo(2);
    }

    @Test
    void shouldKeepTheSpeakerSuppliedWithLittleInStore() throws AudioLostException {
        for (int i = 0; i < 100; i++) {
            sink.awaitRoom();
            assertThat(speaker.waiting.size()).as("frame %d", i).isLessThanOrEqualTo(CUSHION);
            assertThat(sink.queuedNs()).isEqualTo(6 * NS_PER_MS + speaker.waiting.size() * 1_000_000_000L / 48_000);
            sink.write(frame);
        }
        assertThat(speaker.missing).isZero();
        assertThat(nowNs).isBetween(980 * NS_PER_MS, 1_000 * NS_PER_MS);
    }

    @Test
    void shouldStoreMoreAfterAnUnderrunAndLessAgainLater() throws AudioLostException {
        writeFrames(10);
        nowNs += 50 * NS_PER_MS;
        writeFrames(1);
        sink.awaitRoom();
        assertThat(speaker.waiting.size()).isBetween(CUSHION + 1, Math.max(2 * CUSHION, CUSHION + 240));
        int missing = speaker.missing;

        writeFrames(8_000);

        sink.awaitRoom();
        assertThat(speaker.waiting.size()).isLessThanOrEqualTo(CUSHION);
        assertThat(speaker.missing).as("never again").isEqualTo(missing);
    }

    @Test
    void shouldRefillTheSpeakerWithAudioAfterAnUnderrun() throws AudioLostException {
        Arrays.fill(frame, (short) 7);
        writeFrames(10);
        assertThat(sink.underruns()).isZero();
        nowNs += 50 * NS_PER_MS;
        long resumedNs = nowNs;
        writeFrames(2);

        assertThat(sink.underruns()).isEqualTo(1);
        assertThat(nowNs).as("two frames at once").isEqualTo(resumedNs);
        assertThat(speaker.waiting.stream().filter(sample -> sample != 7)).isEmpty();
        assertThat(speaker.waiting.size()).isEqualTo(960);
    }

    @Test
    void shouldRefillALongCushionWithSilence() throws AudioLostException {
        writeFrames(10);
        for (int underrun = 0; underrun < 3; underrun++) {
            nowNs += 50 * NS_PER_MS;
            writeFrames(1);
        }
        Arrays.fill(frame, (short) 7);
        nowNs += 50 * NS_PER_MS;
        writeFrames(1);

        assertThat(sink.underruns()).isEqualTo(4);
        assertThat(speaker.waiting.size())
                .as("the cushion, less 15 ms, and a frame")
                .isEqualTo(2_880 - 720 + 480);
        assertThat(speaker.waiting.stream().filter(sample -> sample == 7)).hasSize(480);
    }

    @Test
    void shouldDiscardAtThePaceOfTheClockWhileTheSpeakerStalls() throws AudioLostException {
        writeFrames(10);
        frozen = true;
        long stalledNs = nowNs;
        writeFrames(1);
        writeFrames(1);
        assertThat(nowNs - stalledNs).isBetween(60 * NS_PER_MS, 75 * NS_PER_MS);
        int queued = speaker.waiting.size();
        for (int i = 0; i < 20; i++) {
            long beforeNs = nowNs;
            writeFrames(1);
            assertThat(nowNs - beforeNs).isEqualTo(FRAME_NS);
        }
        assertThat(speaker.waiting).hasSize(queued);

        frozen = false;
        writeFrames(10);
        assertThat(speaker.waiting.size()).isLessThanOrEqualTo(CUSHION + 480);
    }

    @Test
    void shouldCallASpeakerLostThatTakesNothingForLong() throws AudioLostException {
        writeFrames(400);
        frozen = true;
        long stalledNs = nowNs;
        assertThatExceptionOfType(AudioLostException.class)
                .isThrownBy(() -> writeFrames(1_000))
                .withMessage("the speaker 'Headset' stopped taking audio");
        assertThat(nowNs - stalledNs).isBetween(690 * NS_PER_MS, 720 * NS_PER_MS);
    }

    @Test
    void shouldDrainWhatIsLeftAndNotWaitForAStalledSpeaker() throws AudioLostException {
        writeFrames(10);
        sink.drain();
        assertThat(speaker.waiting).isEmpty();

        writeFrames(2);
        frozen = true;
        long beforeNs = nowNs;
        sink.drain();
        assertThat(nowNs - beforeNs).isLessThan(80 * NS_PER_MS);
    }

    @Test
    void shouldSleepOnceForTheFramesOfAPacket() throws AudioLostException {
        for (int packet = 0; packet < 100; packet++) {
            source.awaitFrames(2);
            long readyNs = nowNs;
            readFrames(2);
            assertThat(nowNs).as("packet %d", packet).isEqualTo(readyNs);
        }
        assertThat(nowNs).isBetween(2_000 * NS_PER_MS, 2_010 * NS_PER_MS);
        assertThat(sleeps).as("seldom more than one per packet").isLessThan(150);
    }

    @Test
    void shouldNotWaitForASecondFrameWhenTheMicrophoneStalls() throws AudioLostException {
        readFrames(10);
        frozen = true;
        long lastNs = nowNs;
        source.awaitFrames(2);
        readFrames(1);
        assertThat(nowNs - lastNs).isEqualTo(100 * NS_PER_MS);
        assertThat(frame).containsOnly((short) 0);
    }

    @Test
    void shouldSleepLittleMoreThanOncePerFrame() throws AudioLostException {
        readFrames(1_000);
        assertThat(sleeps).as("microphone").isLessThan(1_700);
        sleeps = 0;
        writeFrames(1_000);
        assertThat(sleeps).as("speaker").isLessThan(1_700);
        assertThat(speaker.missing).isZero();
    }
}
