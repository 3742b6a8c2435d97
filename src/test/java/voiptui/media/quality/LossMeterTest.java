package voiptui.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossMeterTest {

    private final LossMeter meter = new LossMeter();

    @Test
    void shouldMeasureTheLastFiveSecondsOnly() {
        meter.add(0, 0);
        for (int i = 1; i <= 20; i++) {
            meter.add(25L * i, i <= 10 ? 25L * i : 250);
        }
        assertThat(meter.percent()).isEqualTo(0, within(0.001));
    }

    @Test
    void shouldMeasureFromTheStartOfTheCallUntilThen() {
        meter.add(25, 2);
        meter.add(50, 10);
        assertThat(meter.percent()).isEqualTo(20, within(0.001));
    }

    @Test
    void shouldStayWithinAHundredPercentWhenLatePacketsArriveAfterAll() {
        for (int i = 1; i <= 10; i++) {
            meter.add(25L * i, 25L * i);
        }
        meter.add(275, 20);
        assertThat(meter.percent()).isZero();
        meter.add(275, 400);
        assertThat(meter.percent()).isEqualTo(100);
    }
}
