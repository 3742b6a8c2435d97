package voiptui.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import voiptui.protocol.FrameHeader;
import voiptui.testkit.ManualClock;

class FrameQueueTest {

    private final ManualClock clock = new ManualClock();
    private final FrameQueue queue = new FrameQueue(clock);

    private boolean addMedia(int bytes) {
        return queue.addMedia(ByteBuffer.allocate(bytes));
    }

    @Test
    void shouldReturnFramesInTheirOrder() throws InterruptedException {
        assertThat(queue.addMessage(new byte[] {7})).isTrue();
        assertThat(queue.addMedia(
                        ByteBuffer.wrap(new byte[] {9, 8, 9}).position(1).limit(2)))
                .isTrue();
        assertThat(queue.addEnd()).isTrue();

        assertThat(queue.take()).containsExactly(FrameHeader.JSON, 0, 1, 7);
        assertThat(queue.take()).containsExactly(FrameHeader.MEDIA, 0, 1, 8);
        assertThat(queue.take()).isNull();
    }

    /** 50 packets, 50 retransmissions and 10 RTCP packets a second, and what a NACK may ask for at the end. */
    @Test
    void shouldHoldRepairTrafficThroughAStallOfTheNetwork() {
        for (int ms = 0; ms < 310; ms++) {
            if (ms % 20 == 0) {
                assertThat(addMedia(400)).isTrue();
                assertThat(addMedia(400)).isTrue();
            }
            if (ms % 100 == 0) {
                assertThat(addMedia(120)).isTrue();
            }
            clock.advanceMs(1);
        }
        for (int i = 0; i < 17; i++) {
            assertThat(addMedia(400)).isTrue();
        }
    }

    @Test
    void shouldRefuseMediaWhileTheOldestFrameHasWaitedTooLong() throws InterruptedException {
        assertThat(addMedia(400)).isTrue();
        clock.advanceMs(319);
        assertThat(addMedia(400)).isTrue();
        clock.advanceMs(1);
        assertThat(addMedia(400)).isFalse();
        assertThat(queue.addMessage(new byte[] {7})).as("a message").isTrue();

        queue.take();

        assertThat(addMedia(400)).isTrue();
    }

    @Test
    void shouldRefuseMediaThatIsTooLongOrTooMuch() {
        assertThat(addMedia(FrameHeader.MAX_MEDIA_BYTES + 1)).isFalse();
        for (int i = 0; i < FrameQueue.MAX_MEDIA_FRAMES; i++) {
            assertThat(addMedia(FrameHeader.MAX_MEDIA_BYTES)).isTrue();
        }
        assertThat(addMedia(1)).isFalse();
        for (int i = FrameQueue.MAX_MEDIA_FRAMES; i < FrameQueue.MAX_FRAMES; i++) {
            assertThat(queue.addMessage(new byte[] {7})).isTrue();
        }
        assertThat(queue.addMessage(new byte[] {7})).isFalse();
        assertThat(queue.addEnd()).isFalse();
    }
}
