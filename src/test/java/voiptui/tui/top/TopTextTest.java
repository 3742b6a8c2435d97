package voiptui.tui.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopTextTest {

    @ParameterizedTest
    @CsvSource({"5999, 00:00:05", "86399999, 23:59:59", "86400000, 1d 00h", "273900000, 3d 04h"})
    void shouldFormatTheTimeSince(long ms, String words) {
        assertThat(TopText.since(ms)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1.0 s",
        "9999, 9.9 s",
        "10000, 10 s",
        "119999, 119 s",
        "120000, 2 min",
        "7199999, 119 min",
        "7200000, 2 h"
    })
    void shouldFormatHowLongAgo(long ms, String words) {
        assertThat(TopText.ago(ms)).isEqualTo(words);
    }

    @Test
    void shouldShowADashForUnknownNumbers() {
        assertThat(TopText.rate(TopNumbers.UNKNOWN)).isEqualTo("-");
        assertThat(TopText.percent(TopNumbers.UNKNOWN)).isEqualTo("-");
        assertThat(TopText.bytes(-1)).isEqualTo("-");
    }

    @Test
    void shouldFormatNumbers() {
        assertThat(TopText.rate(1234.5)).isEqualTo("1,235");
        assertThat(TopText.percent(2.46)).isEqualTo(" 2.5 %");
        assertThat(TopText.bytes(60_817_408L)).isEqualTo("58 MB");
        assertThat(TopText.bytes(0)).isEqualTo("0 kB");
        assertThat(TopText.bytes(10_485_759L)).isEqualTo("10239 kB");
        assertThat(TopText.bytes(10L << 30)).isEqualTo("10 GB");
    }
}
