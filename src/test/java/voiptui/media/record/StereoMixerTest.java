package voiptui.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.audio.FrameQueue;
import voiptui.testkit.Allocation;

/** Two sides whose frames say their number: left 1, 2, 3 …; right -1, -2, -3 …; 0 is silence. */
class StereoMixerTest {

    private final FrameQueue left = new FrameQueue(128, 2);
    private final FrameQueue right = new FrameQueue(128, 2);
    private final StereoMixer mix = new StereoMixer(left, right, 2);
    private final short[] stereo = new short[4];
    private final List<Integer> lefts = new ArrayList<>();
    private final List<Integer> rights = new ArrayList<>();
    private int leftNumber;
    private int rightNumber;

    private void left(int frames) {
        for (int i = 0; i < frames; i++) {
            short number = (short) ++leftNumber;
            left.offer(new short[] {number, number});
        }
    }

    private void right(int frames) {
        for (int i = 0; i < frames; i++) {
            short number = (short) --rightNumber;
            right.offer(new short[] {number, number});
        }
    }

    private void mix() {
        while (mix.next(stereo)) {
            note();
        }
    }

    private void note() {
        assertThat(stereo[2]).isEqualTo(stereo[0]);
        assertThat(stereo[3]).isEqualTo(stereo[1]);
        lefts.add((int) stereo[0]);
        rights.add((int) stereo[1]);
    }

    private void bothFor(int frames) {
        for (int i = 0; i < frames; i++) {
            left(1);
            right(1);
            mix();
        }
    }

    @Test
    void shouldInterleaveBothSides() {
        bothFor(200);

        assertThat(lefts).hasSize(200).startsWith(1, 2, 3).endsWith(199, 200);
        assertThat(rights).hasSize(200).startsWith(-1, -2, -3).endsWith(-199, -200);
    }

    @Test
    void shouldWaitForASideThatIsOnlyLate() {
        bothFor(5);
        left(StereoMixer.STALL_FRAMES - 1);
        mix();
        assertThat(lefts).hasSize(5);
        right(StereoMixer.STALL_FRAMES - 1);
        mix();

        int whole = 5 + StereoMixer.STALL_FRAMES - 1;
        assertThat(lefts).hasSize(whole).doesNotContain(0);
        assertThat(rights).hasSize(whole).doesNotContain(0);
    }

    @Test
    void shouldSilenceAStalledSideAndKeepTheOtherInTime() {
        bothFor(5);
        for (int i = 0; i < 100; i++) {
            right(1);
            mix();
        }
        bothFor(5);

        assertThat(rights).hasSize(110).endsWith(-109, -110);
        assertThat(lefts.subList(5, 105)).containsOnly(0);
        assertThat(lefts.subList(105, 110)).as("in time again").containsExactly(6, 7, 8, 9, 10);
    }

    @Test
    void shouldDropAFrameOfASideThatIsAheadForASecond() {
        bothFor(5);
        left(StereoMixer.AHEAD_FRAMES + 1);
        bothFor(300);

        int last = lefts.get(lefts.size() - 1);
        assertThat(leftNumber - last).as("frames that wait").isLessThan(StereoMixer.AHEAD_FRAMES);
        assertThat(rights).as("the other side loses nothing").doesNotContain(0).endsWith(rightNumber);
    }

    @Test
    void shouldIgnoreASmallDifference() {
        right(StereoMixer.AHEAD_FRAMES - 1);
        bothFor(500);

        assertThat(rights).startsWith(-1, -2, -3).hasSize(500);
        assertThat(rights.get(499)).isEqualTo(-500);
    }

    /** Clocks differ by some dozen millionths; this is a hundred times that. */
    @Test
    void shouldKeepClocksThatDifferTogether() {
        for (int i = 0; i < 5000; i++) {
            left(i % 100 == 0 ? 2 : 1);
            right(1);
            mix();
            assertThat(left.size()).isLessThan(StereoMixer.STALL_FRAMES);
        }
        assertThat(rights).hasSize(5000).doesNotContain(0);
    }

    @Test
    void shouldPadTheShorterSideAtTheEnd() {
        left(3);
        right(1);
        while (mix.last(stereo)) {
            note();
        }

        assertThat(lefts).containsExactly(1, 2, 3);
        assertThat(rights).containsExactly(-1, 0, 0);
    }

    @Test
    void shouldAllocateNothing() {
        short[] frame = {1, 2};
        assertThat(Allocation.bytesPerRun(10_000, 10_000, () -> {
                    left.offer(frame);
                    right.offer(frame);
                    mix.next(stereo);
                }))
                .isLessThan(1);
        assertThat(Arrays.equals(stereo, new short[] {1, 1, 2, 2})).isTrue();
    }
}
