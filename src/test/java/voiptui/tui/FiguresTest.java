package voiptui.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void shouldKeepTheWidthOfNumbers() {
        assertThat(Figures.percent(0.04)).isEqualTo(" 0.0 %");
        assertThat(Figures.percent(0.05)).isEqualTo(" 0.1 %");
        assertThat(Figures.percent(12.34)).isEqualTo("12.3 %");
        assertThat(Figures.percent(100)).isEqualTo("100.0 %");
        assertThat(Figures.ms(1.94)).isEqualTo("  1.9 ms");
        assertThat(Figures.ms(-0.01)).isEqualTo("  0.0 ms");
        assertThat(Figures.ms(123.45)).isEqualTo("123.5 ms");
        assertThat(Figures.dbfs(-18.2, Glyphs.UNICODE)).isEqualTo(" -18 dBFS");
        assertThat(Figures.dbfs(-96, Glyphs.UNICODE)).isEqualTo("  -∞ dBFS");
        assertThat(Figures.dbfs(-96, Glyphs.ASCII)).isEqualTo("-inf dBFS");
    }

    @Test
    void shouldGroupLargeNumbers() {
        assertThat(Figures.count(0)).isEqualTo("0");
        assertThat(Figures.count(999)).isEqualTo("999");
        assertThat(Figures.count(37_700)).isEqualTo("37,700");
        assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Figures.count(-123)).isEqualTo("-123");
        assertThat(Figures.count(-123_456)).isEqualTo("-123,456");
    }

    @Test
    void shouldTellTimes() {
        assertThat(Figures.duration(754_000)).isEqualTo("00:12:34");
        assertThat(Figures.duration(-5)).isEqualTo("00:00:00");
        assertThat(Figures.duration((12 * 86_400 + 3 * 3600 + 4 * 60 + 5) * 1000L))
                .isEqualTo("12d 03:04:05");
        assertThat(Figures.timeOfDay(0, ZoneOffset.ofHoursMinutes(5, 45))).isEqualTo("05:45:00");
        assertThat(Figures.ago(99_999)).isEqualTo("99 s");
        assertThat(Figures.ago(100_000)).isEqualTo("1 min");
        assertThat(Figures.ago(6_000_000)).isEqualTo("1 h");
        assertThat(Figures.seconds(1_940)).isEqualTo("1.9 s");
        assertThat(Figures.seconds(19_999_980)).isEqualTo("20000 s");
    }

    @Test
    void shouldTellGainsWithTheirSign() {
        assertThat(Figures.gain(3)).isEqualTo("+3 dB");
        assertThat(Figures.gain(-3)).isEqualTo("-3 dB");
        assertThat(Figures.gain(0.2)).isEqualTo("0 dB");
    }
}
