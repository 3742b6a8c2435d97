package voiptui.relay.media.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void shouldCountEachValueInItsInterval() {
        Distribution values = new Distribution(10, 20);
        values.add(10, 1);
        values.add(11, 2);
        values.add(20, 1);
        values.add(21, 3);

        assertThat(values.counts()).containsExactly(1, 3, 3);
        assertThat(values.sum()).isEqualTo(10 + 22 + 20 + 63);
        assertThat(values.upperBounds()).containsExactly(10, 20);
    }

    @Test
    void shouldAddUpTheDistributionsOfSeveralThreads() {
        Distribution one = new Distribution(10);
        Distribution other = new Distribution(10);
        one.add(5, 2);
        other.add(50, 1);

        Distribution sum = Distribution.sumOf(List.of(one, other));

        assertThat(sum.counts()).containsExactly(2, 1);
        assertThat(sum.sum()).isEqualTo(60);
    }
}
