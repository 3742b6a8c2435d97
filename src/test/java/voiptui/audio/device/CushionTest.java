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

    @Test
    void shouldKeepItsSizeForHalfAMinuteAfterAnUnderrun() {
        cushion.onUnderrun(0);
        cushion.onFrame(29_999 * NS_PER_MS);
        assertThat(cushion.samples()).isEqualTo(2 * 288);
    }

    @Test
    void shouldShrinkByAMillisecondEveryFiveSecondsDownToTheLeast() {
        cushion.onUnderrun(0);
        for (long ms = 0; ms < 35_000; ms += 10) {
            cushion.onFrame(ms * NS_PER_MS);
        }
        assertThat(cushion.samples()).isEqualTo(2 * 288 - 48);
        for (long ms = 35_000; ms < 120_000; ms += 10) {
            cushion.onFrame(ms * NS_PER_MS);
        }
        assertThat(cushion.samples()).isEqualTo(288);
    }
}
