package voiptui.tui.widget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import voiptui.tui.terminal.Glyphs;

class NumberTextTest {

    @Test
    void shouldKeepTheWidthOfNumbers() {
        assertThat(NumberText.percent(0.04)).isEqualTo(" 0.0 %");
        assertThat(NumberText.percent(0.05)).isEqualTo(" 0.1 %");
        assertThat(NumberText.percent(12.34)).isEqualTo("12.3 %");
        assertThat(NumberText.percent(100)).isEqualTo("100.0 %");
        assertThat(NumberText.ms(1.94)).isEqualTo("  1.9 ms");
        assertThat(NumberText.ms(-0.01)).isEqualTo("  0.0 ms");
        assertThat(NumberText.ms(123.45)).isEqualTo("123.5 ms");
        assertThat(NumberText.dbfs(-18.2, Glyphs.UNICODE)).isEqualTo(" -18 dBFS");
        assertThat(NumberText.dbfs(-96, Glyphs.UNICODE)).isEqualTo("  -∞ dBFS");
        assertThat(NumberText.dbfs(-96, Glyphs.ASCII)).isEqualTo("-inf dBFS");
    }

    @Test
    void shouldGroupLargeNumbers() {
        assertThat(NumberText.count(0)).isEqualTo("0");
        assertThat(NumberText.count(999)).isEqualTo("999");
        assertThat(NumberText.count(37_700)).isEqualTo("37,700");
        assertThat(NumberText.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(NumberText.count(-123)).isEqualTo("-123");
        assertThat(NumberText.count(-123_456)).isEqualTo("-123,456");
    }

    @Test
    void shouldFormatTimes() {
        assertThat(NumberText.duration(754_000)).isEqualTo("00:12:34");
        assertThat(NumberText.duration(-5)).isEqualTo("00:00:00");
        assertThat(NumberText.duration((12 * 86_400 + 3 * 3600 + 4 * 60 + 5) * 1000L))
                .isEqualTo("12d 03:04:05");
        assertThat(NumberText.timeOfDay(0, ZoneOffset.ofHoursMinutes(5, 45))).isEqualTo("05:45:00");
        assertThat(NumberText.ago(99_999)).isEqualTo("99 s");
        assertThat(NumberText.ago(100_000)).isEqualTo("1 min");
        assertThat(NumberText.ago(6_000_000)).isEqualTo("1 h");
        assertThat(NumberText.seconds(1_940)).isEqualTo("1.9 s");
        assertThat(NumberText.seconds(19_999_980)).isEqualTo("20000 s");
    }

    @Test
    void shouldFormatGainsWithTheirSign() {
        assertThat(NumberText.gain(3)).isEqualTo("+3 dB");
        assertThat(NumberText.gain(-3)).isEqualTo("-3 dB");
        assertThat(NumberText.gain(0.2)).isEqualTo("0 dB");
    }

    @Test
    void shouldFormatADurationInFewCharacters() {
        assertThat(NumberText.shortDuration(-1)).isEqualTo("0:00");
        assertThat(NumberText.shortDuration(31_999)).isEqualTo("0:31");
        assertThat(NumberText.shortDuration(765_000)).isEqualTo("12:45");
        assertThat(NumberText.shortDuration(3_723_000)).isEqualTo("1:02:03");
    }
}
