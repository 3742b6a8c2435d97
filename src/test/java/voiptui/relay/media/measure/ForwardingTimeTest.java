package voiptui.relay.media.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.testkit.ManualClock;

class ForwardingTimeTest {

    @Test
    void shouldMeasureOneBatchInSixteenAndWeighItByItsDatagrams() {
        ManualClock clock = new ManualClock();
        ForwardingTime meter = new ForwardingTime(clock);
        for (int batch = 1; batch <= 2 * ForwardingTime.SAMPLED; batch++) {
            long readNs = clock.nanoTime();
            clock.advanceNs(batch * 1_000L);
            meter.onSent(readNs, batch);
        }

        assertThat(meter.times().sum()).isEqualTo(16_000 * 16 + 32_000 * 32);
        assertThat(meter.times().counts()).startsWith(0, 0, 16, 32).endsWith(0);
    }
}
