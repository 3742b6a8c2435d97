package voiptui.audio.device;

import static org.assertj.core.api.Assertions.assertThat;
import static voiptui.time.NanoClock.NS_PER_MS;

import org.junit.jupiter.api.Test;

class CushionTest {

    private final Cushion cushion = new Cushion(288, 2_880, 48_000);

    @Test
    void shouldGrowWithEachUnderrunUpToTheMost() {
        cushion.onUnderrun(0);
        assertThat(cushion.samples()).isEqualTo(2 * 288);
        for (int i = 0; i < 100; i++) {
            cushion.onUnderrun(0);
        }
        assertThat(cushion.samples()).isEqualTo(2_880);
    }

    private void play(long fromMs, long toMs) {
        for (long ms = fromMs; ms < toMs; ms += 10) {
            cushion.onFrame(ms * NS_PER_MS);
        }
    }

    @Test
    void shouldKeepItsSizeForHalfAMinuteAfterAnUnderrun() {
        play(0, 6_000);
        cushion.onUnderrun(6_000 * NS_PER_MS);
        play(6_010, 36_000);
        assertThat(cushion.samples()).isEqualTo(2 * 288);
    }

    @Test
    void shouldShrinkByAMillisecondEveryFiveSecondsDownToTheLeast() {
        play(0, 6_000);
        cushion.onUnderrun(6_000 * NS_PER_MS);
        play(6_010, 41_000);
        assertThat(cushion.samples()).isEqualTo(2 * 288 - 48);
        play(41_000, 126_000);
        assertThat(cushion.samples()).isEqualTo(288);
    }

    /** Programs start on both sides. */
    @Test
    void shouldForgetUnderrunsSoonWhileACallBegins() {
        cushion.onFrame(0);
        cushion.onUnderrun(1_000 * NS_PER_MS);
        play(1_010, 3_500);
        assertThat(cushion.samples()).isEqualTo(2 * 288);
        play(3_500, 6_000);
        assertThat(cushion.samples()).isEqualTo(288);
    }
}
