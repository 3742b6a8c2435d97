package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderLimitTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = Long.MAX_VALUE - 5 * SECOND_NS;

    private final SenderLimit limit = new SenderLimit(SenderRate.DEFAULT, START_NS);

    /** Returns how many of the packets pass that are sent evenly for a while. */
    private long passed(int packetsPerSecond, int bytes, int seconds) {
        long passed = 0;
        for (long packet = 0; packet < (long) packetsPerSecond * seconds; packet++) {
            passed += limit.allows(bytes, START_NS + packet * SECOND_NS / packetsPerSecond) ? 1 : 0;
        }
        return passed;
    }

    @ParameterizedTest(name = "{0} packets/s of {1} bytes")
    @CsvSource({"50, 1768", "400, 260", "400, 600", "100, 2200", "999, 500"})
    void shouldNeverCutACall(int packetsPerSecond, int bytes) {
        assertThat(passed(packetsPerSecond, bytes, 600)).isEqualTo(600L * packetsPerSecond);
    }

    @ParameterizedTest(name = "{0} packets/s of {1} bytes: {2} pass")
    @CsvSource({"10000, 100, 1000", "300000, 5, 1000", "5000, 1000, 500", "2000, 2000, 250"})
    void shouldCutAFasterSenderToItsRate(int packetsPerSecond, int bytes, int passPerSecond) {
        int seconds = 10;
        long burst = 2L * passPerSecond;
        assertThat(passed(packetsPerSecond, bytes, seconds))
                .isBetween((long) seconds * passPerSecond + burst - 2, (long) seconds * passPerSecond + burst + 2);
    }

    @Test
    void shouldAllowWhatGatheredDuringAPause() {
        assertThat(passed(50, 1768, 10)).isEqualTo(500);
        long afterPauseNs = START_NS + 14 * SECOND_NS;
        for (int packet = 0; packet < 200; packet++) {
            assertThat(limit.allows(1768, afterPauseNs)).as("packet %d", packet).isTrue();
        }
    }

    @Test
    void shouldWorkAfterYears() {
        SenderLimit old = new SenderLimit(SenderRate.DEFAULT, 0);
        long yearsNs = 10L * 365 * 86_400 * SECOND_NS;
        assertThat(old.allows(100, yearsNs)).isTrue();
        for (int packet = 0; packet < 5_000; packet++) {
            old.allows(100, yearsNs);
        }
        assertThat(old.allows(100, yearsNs)).isFalse();
        assertThat(old.allows(100, yearsNs + SECOND_NS)).isTrue();
    }

    @Test
    void shouldLetTheLongestDatagramPassAtTheSmallestRate() {
        SenderLimit smallest = new SenderLimit(new SenderRate(1, SenderRate.MIN_BYTES_PER_SECOND), 0);
        assertThat(smallest.allows(Forwarder.MAX_DATAGRAM_BYTES, 0)).isTrue();
        assertThatThrownBy(() -> new SenderRate(1, SenderRate.MIN_BYTES_PER_SECOND - 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SenderRate(0, 500_000)).isInstanceOf(IllegalArgumentException.class);
    }
}
