package voiptui.media.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketRateTest {

    private final PacketRate rate = new PacketRate(48_000);

    @Test
    void assumesTwentyMillisecondsBeforeTheFirstPacket() {
        assertThat(rate.packetMs()).isEqualTo(20);
        assertThat(rate.bitsPerSecond()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.5, 5, 10, 20, 40, 60, 120})
    void measuresPacketsOfEveryLength(double ms) {
        for (int i = 0; i < 500; i++) {
            rate.onPacket(i, (long) (i * ms * 48), 80);
        }
        assertThat(rate.packetMs()).isEqualTo(ms);
        assertThat(rate.bitsPerSecond()).isCloseTo(80 * 8 * 1000 / ms, within(1.0));
    }

    @Test
    void ignoresPausesLossesAndPacketsOutOfOrder() {
        rate.onPacket(0, 0, 80);
        rate.onPacket(1, 480, 80);
        rate.onPacket(2, 480 + 48_000, 80);
        rate.onPacket(5, 480 + 48_000 + 3 * 480, 80);
        rate.onPacket(4, 480 + 48_000 + 2 * 480, 80);
        rate.onPacket(6, 480 + 48_000 + 4 * 480, 80);
        assertThat(rate.packetMs()).isEqualTo(10);
    }

    @Test
    void leavesPacketsWithoutAudioOutOfTheBitRate() {
        for (int i = 0; i < 1000; i++) {
            rate.onPacket(i, i * 960L, i % 2 == 0 ? 80 : 1);
        }
        assertThat(rate.bitsPerSecond()).isCloseTo(32_000, within(1.0));
    }

    @Test
    void startsOverWithANewStream() {
        rate.onPacket(1000, 960, 80);
        rate.onNewStream();
        rate.onPacket(1, 0, 80);
        rate.onPacket(2, 480, 80);
        assertThat(rate.packetMs()).isEqualTo(10);
    }
}
