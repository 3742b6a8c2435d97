package voiptui.rtp.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static voiptui.time.NanoClock.NS_PER_MS;

import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.testkit.Allocation;

class LossWindowTest {

    private final LossWindow window = new LossWindow();
    private long nowNs = -5_000 * NS_PER_MS;

    /** Feeds packets, 20 ms apart: a dot is received, L lost, D discarded. */
    private void feed(String pattern) {
        for (char letter : pattern.toCharArray()) {
            nowNs += 20 * NS_PER_MS;
            switch (letter) {
                case '.' -> window.onReceived(nowNs);
                case 'L' -> window.onLost(1, nowNs);
                case 'D' -> window.onDiscarded(nowNs);
                default -> throw new IllegalArgumentException(pattern);
            }
        }
    }

    private double loss() {
        return window.lossFraction(nowNs);
    }

    private double run() {
        return window.meanRunLength(nowNs);
    }

    @Test
    void shouldKnowOfNoLossAtFirst() {
        assertThat(loss()).isZero();
        assertThat(run()).isEqualTo(1);
        feed("...D..DDDD....");
        assertThat(loss()).isZero();
        assertThat(run()).isEqualTo(1);
    }

    @Test
    void shouldMeasureSteadyLoss() {
        feed(".........L".repeat(30));
        assertThat(loss()).isEqualTo(0.1, within(0.02));
        assertThat(run()).isEqualTo(1);
        feed(".......LLL".repeat(30));
        assertThat(loss()).isEqualTo(0.3, within(0.1));
        assertThat(run()).isEqualTo(3);
    }

    /** Half a second after 20 % of loss began, it is known as such, although the window holds 5 %. */
    @Test
    void shouldRiseWithinHalfASecond() {
        feed(".".repeat(200));
        feed("L....".repeat(5));
        assertThat(loss()).isEqualTo(0.2, within(0.02));
    }

    @Test
    void shouldNotRiseForASingleLoss() {
        feed(".".repeat(200) + "L");
        assertThat(loss()).isEqualTo(0.01, within(0.001));
    }

    @Test
    void shouldFallWithinTwoSeconds() {
        feed(".".repeat(200) + "L....".repeat(5) + ".".repeat(30));
        assertThat(loss()).isEqualTo(0.05, within(0.005));
        feed(".".repeat(80));
        assertThat(loss()).isZero();
    }

    @Test
    void shouldMeasureRunsAsSoonAsThereAreTwo() {
        feed("L.........".repeat(20));
        assertThat(run()).isEqualTo(1);
        feed("LLLL......LLLL......");
        assertThat(run()).isEqualTo(4);
    }

    @Test
    void shouldCountARunThatGoesOn() {
        feed(".".repeat(100) + "LLL");
        assertThat(run()).isEqualTo(3);
    }

    @Test
    void shouldRememberTheLastRunsWhileNothingIsLost() {
        feed("L.........".repeat(20) + "LLL.......".repeat(4) + ".".repeat(300));
        assertThat(run()).isEqualTo(3);
        assertThat(loss()).isZero();
    }

    @Test
    void shouldNotTakeOneOfAFewPacketsForHalfOfThem() {
        feed("L.");
        assertThat(loss()).isEqualTo(0.04, within(1e-9));
    }

    @Test
    void shouldHoldAnOutage() {
        feed(".".repeat(100));
        window.onLost(1_000_000, nowNs);
        assertThat(loss()).isGreaterThan(0.9);
        assertThat(run()).isGreaterThan(300);
    }

    /** Random loss of 20 % has runs of 1.25 packets on average; the quick rise makes more of them, but not bursts. */
    @Test
    void shouldTellRandomLossFromBursts() {
        Random random = new Random(1);
        double sumRun = 0;
        double sumLoss = 0;
        for (int i = 0; i < 20_000; i++) {
            feed(random.nextInt(5) == 0 ? "L" : ".");
            sumRun += run();
            sumLoss += loss();
        }
        assertThat(sumRun / 20_000).isBetween(1.2, 1.6);
        assertThat(sumLoss / 20_000).isBetween(0.19, 0.27);
    }

    @Test
    void shouldNotAllocate() {
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    nowNs += 20 * NS_PER_MS;
                    window.onLost(1, nowNs);
                    window.onReceived(nowNs);
                    window.lossFraction(nowNs);
                    window.meanRunLength(nowNs);
                }))
                .isLessThan(1);
    }
}
