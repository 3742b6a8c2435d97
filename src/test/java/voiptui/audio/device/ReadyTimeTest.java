package voiptui.audio.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyTimeTest {

    private static final long FRAME_NS = 10_000_000;
    private static final long LOOK_AGAIN_NS = 700_000;
    private static final int FRAMES = 6_000;

    private final ReadyTime ready = new ReadyTime(FRAME_NS);
    private final Random random = new Random(1);
    private long nowNs;
    private int looks;
    private long waitedNs;

    /** Sleeps and looks until the frame that is there at {@code atNs} is found. */
    private void find(long atNs) {
        boolean slept = false;
        while (true) {
            looks++;
            if (nowNs >= atNs) {
                waitedNs += nowNs - atNs;
                if (slept) {
                    ready.onReady(1, nowNs - atNs, nowNs);
                }
                ready.onFrame();
                return;
            }
            long untilNs = ready.untilReadyNs(1, nowNs);
            if (untilNs <= 0) {
                ready.onNotReady();
            }
            slept = true;
            nowNs += Math.max(LOOK_AGAIN_NS, untilNs);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {FRAME_NS, FRAME_NS + 3_000, FRAME_NS - 3_000})
    void shouldLookOncePerFrameWhateverTheClockOfTheDevice(long lengthNs) {
        ready.start(0);
        for (int frame = 1; frame <= FRAMES; frame++) {
            find(4_000_000 + frame * lengthNs);
        }
        assertThat(looks)
                .as("once before the sleep and once after it, seldom more")
                .isLessThan(FRAMES * 23 / 10);
        assertThat(waitedNs / FRAMES).as("found late").isLessThan(400_000);
    }

    @Test
    void shouldNotLookOftenWhereFramesComeUnevenly() {
        ready.start(0);
        for (int frame = 1; frame <= FRAMES; frame++) {
            find(4_000_000 + frame * FRAME_NS + random.nextInt(2_700_000));
        }
        assertThat(looks).isLessThan(FRAMES * 25 / 10);
        assertThat(waitedNs / FRAMES).as("no later than most come").isLessThan(2_000_000);
    }

    @Test
    void shouldFollowADeviceThatWasMoved() {
        ready.start(0);
        for (int frame = 1; frame <= FRAMES; frame++) {
            find((frame > FRAMES / 2 ? 604_000_000L : 4_000_000L) + frame * FRAME_NS);
        }
        assertThat(looks).as("while it stood still, again and again").isLessThan(FRAMES * 25 / 10);
        assertThat(waitedNs / FRAMES).isLessThan(400_000);
    }

    @Test
    void shouldExpectThePacketAfterOneThatCameLateInTime() {
        ready.start(0);
        ready.onNotReady();
        ready.onReady(2, 0, 50_000_000);
        ready.onFrame();
        ready.onFrame();
        assertThat(ready.untilReadyNs(2, 50_000_000)).isEqualTo(20_000_000);
    }

    @Test
    void shouldNotFetchFramesInBurstsAfterAStall() {
        ready.start(0);
        ready.onNotReady();
        ready.onReady(1, 3 * FRAME_NS, 50_000_000);
        for (int frame = 1; frame <= 4; frame++) {
            ready.onFrame();
        }
        assertThat(ready.untilReadyNs(1, 50_000_000)).isEqualTo(FRAME_NS);
    }

    @Test
    void shouldCatchUpWithinSecondsWhereFramesWaitLong() {
        ready.start(9_000_000);
        nowNs = 9_000_000;
        for (int frame = 1; frame <= 200; frame++) {
            find(frame * FRAME_NS);
        }
        waitedNs = 0;
        for (int frame = 201; frame <= 300; frame++) {
            find(frame * FRAME_NS);
        }
        assertThat(waitedNs / 100).as("found late").isLessThan(5_000_000);
    }

    @Test
    void shouldSayWhenSeveralFramesWillBeReady() {
        ready.start(0);
        assertThat(ready.untilReadyNs(1, 4_000_000)).isEqualTo(6_000_000);
        assertThat(ready.untilReadyNs(2, 4_000_000)).isEqualTo(16_000_000);
    }
}
