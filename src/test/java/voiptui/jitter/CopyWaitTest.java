package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopyWaitTest {

    private static final int PACKET_MS = 20;

    private final CopyWait wait = new CopyWait();
    private int packet = 100;

    /** Packets with copies of those so many before, of which one in so many is missed; 0: none. */
    private void receive(int packets, int missedOneIn, int... distances) {
        for (int i = 0; i < packets; i++, packet++) {
            long arrivalNs = packet * PACKET_MS * 1_000_000L;
            wait.onPacket(packet * PACKET_MS, arrivalNs);
            for (int at = distances.length - 1; at >= 0; at--) {
                wait.onCopy((packet - distances[at]) * PACKET_MS, arrivalNs);
            }
            wait.onPlayed(missedOneIn > 0 && packet % missedOneIn == 0);
        }
    }

    @Test
    void shouldNotWaitWhileNothingIsMissed() {
        receive(1_000, 0, 2, 4);
        assertThat(wait.ms()).isZero();
    }

    @Test
    void shouldNotWaitWithoutCopies() {
        receive(1_000, 10);
        assertThat(wait.ms()).isZero();
    }

    @Test
    void shouldWaitForMoreCopiesTheMoreIsMissed() {
        receive(1_000, 100, 1, 2, 4, 6);
        assertThat(wait.ms()).as("1 %").isEqualTo(PACKET_MS);
        receive(1_000, 20, 1, 2, 4, 6);
        assertThat(wait.ms()).as("5 %").isEqualTo(2 * PACKET_MS);
        receive(1_000, 4, 1, 2, 4, 6);
        assertThat(wait.ms()).as("25 %").isEqualTo(6 * PACKET_MS);
    }

    @Test
    void shouldWaitWithinASecondOfTheFirstCopies() {
        receive(100, 10);
        receive(2, 10, 2, 4);
        assertThat(wait.ms()).isEqualTo(4 * PACKET_MS);
    }

    @Test
    void shouldHoldWhatWasNeededForTenSecondsAndForgetItAfterTwenty() {
        receive(1_000, 10, 3, 6, 9);
        receive(500, 10, 3, 6);
        assertThat(wait.ms()).isEqualTo(9 * PACKET_MS);
        receive(500, 10, 3, 6);
        assertThat(wait.ms()).isEqualTo(6 * PACKET_MS);
    }

    @Test
    void shouldStopWaitingWhenNothingIsMissedAnyMore() {
        receive(1_000, 10, 2, 4);
        receive(2_000, 0, 2, 4);
        assertThat(wait.ms()).isZero();
    }

    @Test
    void shouldBearMoreCopiesThanItLooksAt() {
        receive(1_000, 2, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(wait.ms()).isEqualTo(4 * PACKET_MS);
    }

    @Test
    void shouldForget() {
        receive(1_000, 10, 2, 4);
        wait.clear();
        assertThat(wait.ms()).isZero();
    }
}
