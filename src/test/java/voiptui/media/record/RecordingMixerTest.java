package voiptui.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import voiptui.audio.FrameQueue;
import voiptui.audio.PcmFormat;
import voiptui.testkit.Allocation;
import voiptui.testkit.ManualClock;
import voiptui.testkit.Wav;

/** Two sides, frame by frame, on a computed clock. The near side says the number of each frame, the far side noise. */
class RecordingMixerTest {

    private static final int FRAME = PcmFormat.CLASSIC.frameSamples();
    private static final int FRAMES_PER_PACKET = PcmStream.PACKET / FRAME;
    private static final int DELAY_MS = 60;

    private final ManualClock clock = new ManualClock();
    private final FrameQueue near = new FrameQueue(2048, FRAME);
    private final RecordingMixer mixer = new RecordingMixer(near, PcmFormat.CLASSIC);
    private final PcmStream far = new PcmStream();
    private final short[] stereo = new short[2 * FRAME];
    private final short[] left = new short[200_000 * 10];
    private final short[] right = new short[200_000 * 10];
    private final short[] said = noise(1_500);
    private int length;
    private int captured;

    private static short[] noise(int packets) {
        Random random = new Random(1);
        short[] samples = new short[packets * PcmStream.PACKET];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (1 + random.nextInt(30_000));
        }
        return samples;
    }

    private void keep() {
        for (int i = 0; i < FRAME; i++) {
            left[length] = stereo[2 * i];
            right[length++] = stereo[2 * i + 1];
        }
    }

    /** Lets a frame's time pass: the microphone gives one, the recorder mixes what it can. */
    private void tick() {
        clock.advanceMs(PcmFormat.FRAME_MS);
        short[] frame = new short[FRAME];
        Arrays.fill(frame, (short) ++captured);
        near.offer(frame);
        mix();
    }

    private void mix() {
        while (mixer.next(stereo, clock.nanoTime())) {
            keep();
        }
    }

    private void end() {
        mix();
        while (mixer.last(stereo)) {
            keep();
        }
        mixer.close();
    }

    /** Packets {@code from} to {@code to} arrive in time, unless they are lost. */
    private void hear(int from, int to, IntPredicate lost) {
        for (int number = from; number < to; number++) {
            for (int i = 0; i < FRAMES_PER_PACKET; i++) {
                tick();
            }
            if (!lost.test(number)) {
                far.arrive(number, said, clock.nanoTime());
            }
        }
    }

    private short[] heard() {
        return Arrays.copyOf(right, length);
    }

    private short[] heardOf(int from, int to) {
        return Arrays.copyOfRange(said, from * PcmStream.PACKET, to * PcmStream.PACKET);
    }

    private void record(boolean heals) {
        mixer.use(far.history(heals), () -> DELAY_MS);
    }

    @Test
    void shouldRecordTheFarSideWhenItIsPlayed() {
        record(true);
        hear(0, 100, number -> false);
        end();

        // Packet 0 arrived with the second frame, and is played 60 ms later.
        assertThat(Wav.indexOf(heard(), heardOf(0, 100))).isEqualTo((2 + DELAY_MS / 10) * FRAME);
        for (int frame = 0; frame < captured; frame++) {
            assertThat(left[frame * FRAME]).isEqualTo((short) (frame + 1));
        }
        assertThat(mixer.missing()).isZero();
    }

    @Test
    void shouldRecordOnlyTheNearSideWithoutMedia() {
        for (int i = 0; i < 50; i++) {
            tick();
        }
        assertThat(length).as("at once").isEqualTo(50 * FRAME);
        assertThat(Wav.peak(right, 0, length)).isZero();
    }

    @Test
    void shouldBeginWithWhatIsPlayedWhenTheRecordingBegins() {
        for (int number = 0; number < 50; number++) {
            clock.advanceMs(20);
            far.arrive(number, said, clock.nanoTime());
        }
        record(true);
        hear(50, 100, number -> false);
        end();

        assertThat(Wav.indexOf(heard(), heardOf(47, 100)))
                .as("what had arrived, and was not played yet")
                .isBetween(0, FRAMES_PER_PACKET * FRAME);
        assertThat(Wav.indexOf(heard(), heardOf(45, 46))).isNegative();
    }

    @Test
    void shouldWaitForAMissingPacketAndHaveItInTheFile() {
        record(true);
        hear(0, 300, number -> number == 50);
        assertThat(length).as("waits for packet 50").isLessThan(120 * FRAME);
        far.packets().collect(new int[4], 100, clock.nanoTime());
        far.arriveAgain(50, said, clock.nanoTime());
        hear(300, 310, number -> false);
        assertThat(length).as("catches up").isGreaterThan(600 * FRAME);
        end();

        assertThat(Wav.indexOf(heard(), heardOf(0, 310))).isEqualTo(8 * FRAME);
        assertThat(mixer.healed()).isEqualTo(1);
        assertThat(mixer.missing()).isZero();
        assertThat(length).as("both sides").isBetween(captured * FRAME, (captured + 8) * FRAME);
    }

    @Test
    void shouldGiveUpAfterTenSeconds() {
        record(true);
        hear(0, 50 + 480, number -> number == 50);
        assertThat(length).isLessThan(120 * FRAME);
        hear(530, 600, number -> false);
        assertThat(length).isGreaterThan(1_100 * FRAME);
        end();

        assertThat(mixer.missing()).isEqualTo(1);
        int at = Wav.indexOf(heard(), heardOf(0, 50));
        assertThat(Wav.indexOf(heard(), heardOf(52, 600))).as("at its time").isEqualTo(at + 52 * PcmStream.PACKET);
    }

    @Test
    void shouldWaitHalfASecondOnlyForAPeerThatSendsNothingAgain() {
        record(false);
        hear(0, 80, number -> number == 50);
        assertThat(length).isGreaterThan(150 * FRAME);
    }

    @Test
    void shouldWriteWhatIsThereWhenTheCallEnds() {
        record(true);
        hear(0, 300, number -> number == 50);
        end();

        assertThat(Wav.indexOf(heard(), heardOf(52, 300))).isEqualTo(8 * FRAME + 52 * PcmStream.PACKET);
        assertThat(mixer.missing()).isEqualTo(1);
    }

    @Test
    void shouldKeepNothingOfWhatIsSaidOnHold() {
        record(true);
        hear(0, 50, number -> false);
        far.packets().hold(true);
        hear(50, 100, number -> number == 70);
        far.packets().hold(false);
        hear(100, 150, number -> false);
        end();

        int at = Wav.indexOf(heard(), heardOf(0, 50));
        assertThat(Wav.peak(right, at + 50 * PcmStream.PACKET, at + 100 * PcmStream.PACKET))
                .isZero();
        assertThat(Wav.indexOf(heard(), heardOf(100, 150))).isEqualTo(at + 100 * PcmStream.PACKET);
        assertThat(mixer.missing()).isZero();
    }

    /** The microphone gives a frame too few each second: the far side stays whole, the near side gets silent frames. */
    @Test
    void shouldPadTheNearSideWhenItsClockIsSlower() {
        record(true);
        for (int number = 0; number < 1_400; number++) {
            tick();
            if (number % 50 == 49) {
                clock.advanceMs(PcmFormat.FRAME_MS);
            } else {
                tick();
            }
            far.arrive(number, said, clock.nanoTime());
        }
        end();

        assertThat(Wav.indexOf(heard(), heardOf(0, 1_400))).isEqualTo(8 * FRAME);
        assertThat(length - captured * FRAME).as("less than 60 ms are left").isBetween(20 * FRAME, 36 * FRAME);
    }

    /** The microphone gives a frame too many each second. */
    @Test
    void shouldShortenTheNearSideWhenItsClockIsFaster() {
        record(true);
        for (int number = 0; number < 1_400; number++) {
            if (number % 50 == 49) {
                clock.advanceMs(-PcmFormat.FRAME_MS);
                tick();
            }
            tick();
            tick();
            far.arrive(number, said, clock.nanoTime());
        }
        end();

        assertThat(Wav.indexOf(heard(), heardOf(0, 1_400))).isNotNegative();
        assertThat(captured * FRAME - length).as("frames left out").isBetween(FRAME, 28 * FRAME);
    }

    @Test
    void shouldFillInForAMicrophoneThatStalls() {
        record(true);
        hear(0, 50, number -> false);
        for (int number = 50; number < 150; number++) {
            clock.advanceMs(20);
            far.arrive(number, said, clock.nanoTime());
            mix();
        }
        assertThat(length).as("the far side goes on").isGreaterThan(260 * FRAME);
        hear(150, 200, number -> false);
        end();

        assertThat(Wav.indexOf(heard(), heardOf(0, 200))).isNotNegative();
    }

    @Test
    void shouldAllocateNothingPerFrame() {
        record(true);
        hear(0, 20, number -> false);
        short[] frame = new short[FRAME];
        int[] number = {20};
        assertThat(Allocation.bytesPerRun(600, 100, () -> {
                    clock.advanceMs(20);
                    near.offer(frame);
                    near.offer(frame);
                    far.arrive(number[0]++ % 1_400, said, clock.nanoTime());
                    while (mixer.next(stereo, clock.nanoTime())) {
                        length = 0;
                    }
                }))
                .isLessThan(4_000);
    }
}
