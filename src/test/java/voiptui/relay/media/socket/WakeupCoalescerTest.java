package voiptui.relay.media.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WakeupCoalescerTest {

    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - WakeupCoalescer.WINDOW_NS / 2);
    private final WakeupCoalescer pacer = new WakeupCoalescer(nowNs::get);

    @ParameterizedTest(name = "{0} packets a second, each on its own: pauses={1}")
    @CsvSource({"50, false", "9000, false", "19000, false", "21000, true", "50000, true"})
    void shouldPauseOnlyAtHighPacketRates(int packetsPerSecond, boolean pauses) {
        long pausedNs = 0;
        for (int packet = 0; packet < packetsPerSecond / 5; packet++) {
            nowNs.addAndGet(1_000_000_000L / packetsPerSecond);
            pausedNs += pacer.pauseNsAfter(1);
        }
        assertThat(pausedNs > 0).isEqualTo(pauses);
    }

    @Test
    void shouldNotPauseWhenEnoughPacketsAreWaiting() {
        assertThat(busyWithRoundsOf(WakeupCoalescer.FULL_ROUND_PACKETS)).isZero();
        assertThat(busyWithRoundsOf(WakeupCoalescer.FULL_ROUND_PACKETS - 1)).isPositive();
    }

    @Test
    void shouldNotPauseAfterABurst() {
        busyWithRoundsOf(50);
        nowNs.addAndGet(10 * WakeupCoalescer.WINDOW_NS);
        assertThat(pacer.pauseNsAfter(1)).isZero();
    }

    private long busyWithRoundsOf(int packets) {
        long pausedNs = 0;
        for (int round = 0; round < 100; round++) {
            nowNs.addAndGet(500_000);
            pausedNs += pacer.pauseNsAfter(packets);
        }
        return pausedNs;
    }
}
