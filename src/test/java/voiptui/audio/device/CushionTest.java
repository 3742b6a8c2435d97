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

    private void runOutAt(long ms) {
        cushion.onUnderrun(ms * NS_PER_MS);
    }

    @Test
    void shouldKeepItsSizeAWhileAfterAnUnderrunThenShrinkToTheLeast() {
        play(0, 20_000);
        runOutAt(20_000);
        play(20_010, 22_500);
        assertThat(cushion.samples()).isEqualTo(2 * 288);
        play(22_500, 22_600);
        assertThat(cushion.samples()).isEqualTo(2 * 288 - 48);
        play(22_600, 24_000);
        assertThat(cushion.samples()).isEqualTo(288);
    }

    @Test
    void shouldKeepItsSizeLongerTheMoreUnderrunsFollowEachOther() {
        play(0, 20_000);
        long atMs = 20_000;
        for (int i = 0; i < 6; i++) {
            runOutAt(atMs);
            play(atMs + 10, atMs + 100);
            atMs += 100;
        }
        int grown = cushion.samples();

        play(atMs, atMs + 29_000);
        assertThat(cushion.samples()).isEqualTo(grown);
        play(atMs + 29_000, atMs + 300_000);
        assertThat(cushion.samples()).isEqualTo(288);
    }

    @Test
    void shouldForgetEarlierUnderrunsOnceTheLeastWasEnough() {
        play(0, 20_000);
        runOutAt(20_000);
        play(20_010, 21_000);
        runOutAt(21_000);
        play(21_010, 60_000);
        runOutAt(60_000);
        play(60_010, 64_000);

        assertThat(cushion.samples()).isEqualTo(288);
    }

    /** Programs start on both sides. */
    @Test
    void shouldForgetUnderrunsSoonWhileACallBegins() {
        cushion.onFrame(0);
        for (long ms = 1_000; ms < 1_300; ms += 100) {
            runOutAt(ms);
        }
        play(1_310, 2_200);
        assertThat(cushion.samples()).isEqualTo(8 * 288);
        play(2_200, 6_000);
        assertThat(cushion.samples()).isEqualTo(288);
    }

    @Test
    void shouldRememberUnderrunsAsUsualOnceACallHasBegun() {
        cushion.onFrame(0);
        runOutAt(7_900);
        runOutAt(8_100);
        play(8_110, 10_500);

        assertThat(cushion.samples()).isEqualTo(4 * 288);
    }
}
