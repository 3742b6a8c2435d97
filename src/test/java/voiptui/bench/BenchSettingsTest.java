package voiptui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchSettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 50, 99})
    void shouldSpreadClassicCallsEvenlyAndNotBeginWithOne(int percent) {
        BenchSettings settings = new BenchSettings(1_000, 50, 120, percent, 0.1, 1_000, 1_000);

        assertThat(settings.isClassic(0)).isFalse();
        for (int calls = 1; calls <= 1_000; calls++) {
            long classic = IntStream.range(0, calls).filter(settings::isClassic).count();
            assertThat(classic).isEqualTo(settings.classicAmong(calls));
            assertThat(classic).isBetween(calls * percent / 100L, calls * percent / 100L + 1);
        }
    }
}
