package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairWaitTest {

    private final RepairWait wait = new RepairWait(500);

    private void packets(int count) {
        for (int i = 0; i < count; i++) {
            wait.onPacket();
        }
    }

    /** Ten packets, one of which needs a repair that comes so much later. */
    private void repaired(int times, double delayMs) {
        for (int i = 0; i < times; i++) {
            packets(9);
            wait.onRepair(delayMs);
        }
    }

    @Test
    void shouldNotWaitBeforeAnythingWasRepaired() {
        assertThat(wait.ms()).isZero();
        packets(1_000);
        assertThat(wait.ms()).isZero();
    }

    @Test
    void shouldWaitAtOnceAsLongAsRepairsTake() {
        wait.onRepair(42);

        assertThat(wait.ms()).isEqualTo(45);
    }

    @Test
    void shouldCoverTheSlowestRepairsThatAreNotRare() {
        repaired(100, 42);
        assertThat(wait.ms()).isEqualTo(45);
        repaired(100, 118);
        assertThat(wait.ms()).isEqualTo(120);
    }

    /** One loss in twenty: one in four hundred packets needs the second copy. */
    @Test
    void shouldWaitForTheSecondCopyOfFewLosses() {
        for (int i = 0; i < 10; i++) {
            packets(400);
            wait.onRepair(85);
        }
        packets(400);

        assertThat(wait.ms()).isEqualTo(90);
    }

    @Test
    void shouldNotWaitForOneRepairThatTookLonger() {
        repaired(100, 42);
        wait.onRepair(300);
        packets(5);

        assertThat(wait.ms()).isEqualTo(45);
    }

    @Test
    void shouldNotWaitForRepairsThatComeTooLateOrAreRare() {
        repaired(100, 501);
        assertThat(wait.ms()).as("longer than the longest delay").isZero();
        for (int i = 0; i < 20; i++) {
            packets(4_000);
            wait.onRepair(42);
        }
        packets(20);
        assertThat(wait.ms()).isZero();
    }

    @Test
    void shouldTakeARepairBeforeThePacketForNoWait() {
        wait.onRepair(-30);

        assertThat(wait.ms()).isEqualTo(5);
    }

    @Test
    void shouldStopWaitingWhenRepairsAreNoLongerNeeded() {
        repaired(300, 42);
        packets(1_000);
        assertThat(wait.ms()).as("after 20 s").isEqualTo(45);
        packets(1_500);
        assertThat(wait.ms()).as("after 50 s").isZero();
    }

    @Test
    void shouldForget() {
        repaired(100, 42);
        wait.clear();

        assertThat(wait.ms()).isZero();
    }
}
