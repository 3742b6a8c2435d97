package voiptui.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.testkit.Allocation;

@Timeout(30)
class FrameQueueTest {

    private final FrameQueue queue = new FrameQueue(4, 2);
    private final short[] frame = new short[2];

    private void offer(int value) {
        queue.offer(new short[] {(short) value, (short) -value});
    }

    @Test
    void shouldDeliverFramesInOrder() {
        for (int round = 0; round < 5; round++) {
            offer(2 * round);
            offer(2 * round + 1);
            assertThat(queue.size()).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                assertThat(queue.poll(frame)).isTrue();
                assertThat(frame).containsExactly((short) (2 * round + i), (short) -(2 * round + i));
            }
            assertThat(queue.poll(frame)).isFalse();
        }
    }

    @Test
    void shouldDropAndCountFramesWhenFull() {
        for (int i = 0; i < 7; i++) {
            offer(i);
        }

        assertThat(queue.dropped()).isEqualTo(3);
        for (int i = 0; i < 4; i++) {
            assertThat(queue.poll(frame)).isTrue();
            assertThat(frame[0]).isEqualTo((short) i);
        }
        assertThat(queue.poll(frame)).isFalse();
    }

    @Test
    void shouldLoseNothingBetweenTwoThreads() throws InterruptedException {
        int frames = 100_000;
        Thread audio = new Thread(() -> {
            for (int next = 0; next < frames; ) {
                long dropped = queue.dropped();
                offer(next);
                next += queue.dropped() == dropped ? 1 : 0;
            }
        });
        audio.start();
        for (int expected = 0; expected < frames; ) {
            if (queue.poll(frame)) {
                assertThat(frame[0]).isEqualTo((short) expected);
                assertThat(frame[1]).isEqualTo((short) -(short) expected);
                expected++;
            }
        }
        audio.join();
    }

    @Test
    void shouldAllocateNothing() {
        short[] in = {1, 2};
        assertThat(Allocation.bytesPerRun(10_000, 10_000, () -> {
                    queue.offer(in);
                    queue.poll(frame);
                }))
                .isLessThan(1);
    }

    @Test
    void shouldRefuseACapacityThatIsNoPowerOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameQueue(12, 2));
    }
}
