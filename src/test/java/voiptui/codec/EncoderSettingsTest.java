package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "5999, 0, 0, bit rate out of range: 5999",
        "510001, 0, 0, bit rate out of range: 510001",
        "32000, -1, 0, loss out of range: -1",
        "32000, 101, 0, loss out of range: 101",
        "32000, 0, -10, DRED duration out of range: -10",
        "32000, 0, 15, DRED duration out of range: 15",
        "32000, 0, 1010, DRED duration out of range: 1010",
    })
    void shouldRefuse(int bitRateBps, int lossPercent, int dredMs, String message) {
        assertThatThrownBy(() -> new EncoderSettings(bitRateBps, lossPercent, true, dredMs, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
