package voiptui.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({
        "60ms, 60",
        "0ms, 0",
        "2s, 2000",
        "1.5s, 1500",
        "0.02s, 20",
        "10m, 600000",
        "1.5m, 90000",
        "1h, 3600000",
        "30, 30000",
        "0, 0",
        "168h, 604800000",
        "604800, 604800000",
        "' 5s ', 5000",
        "1.5ms, 1"
    })
    void shouldParseTimes(String text, long ms) {
        assertThat(converter.convert(text).toMillis()).isEqualTo(ms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "ms",
                "-1s",
                "+1s",
                "1 s",
                "1.s",
                ".5s",
                "1,5s",
                "1.0000s",
                "1S",
                "1sec",
                "1w",
                "1e3s",
                "0x10s",
                "\u0661s",
                "9999999999s",
                "NaN",
                "1s2s"
            })
    void shouldRejectEverythingElse(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> converter.convert(text))
                .withMessageContaining("use for example 500ms, 2s, 10m, 1h or 2d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"169h", "604801s", "999999999h"})
    void shouldRejectTimesLongerThanAWeek(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> converter.convert(text))
                .withMessageContaining("longer than a week");
    }
}
