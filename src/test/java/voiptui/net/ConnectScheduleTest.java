package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectScheduleTest {

    private static final long DELAY_NS = 250;

    private final ConnectSchedule schedule = new ConnectSchedule(3, DELAY_NS, 1_000);

    @Test
    void shouldStartTheNextWhileTheOneBeforeHasNotAnswered() {
        assertThat(schedule.start(1_000)).isZero();
        assertThat(schedule.start(1_000)).isEqualTo(-1);
        assertThat(schedule.idleNs(1_100)).isEqualTo(150);
        assertThat(schedule.start(1_249)).isEqualTo(-1);
        assertThat(schedule.start(1_250)).isEqualTo(1);
        assertThat(schedule.start(1_500)).isEqualTo(2);
        assertThat(schedule.start(9_999)).isEqualTo(-1);
        assertThat(schedule.idleNs(9_999)).isEqualTo(Long.MAX_VALUE);
        assertThat(schedule.isOver()).isFalse();
    }

    @Test
    void shouldStartTheNextAtOnceWhenOneHasFailed() {
        assertThat(schedule.start(1_000)).isZero();
        schedule.onFailed(1_010);
        assertThat(schedule.idleNs(1_010)).isZero();
        assertThat(schedule.start(1_010)).isEqualTo(1);
        assertThat(schedule.start(1_010)).isEqualTo(-1);
        schedule.onFailed(1_020);
        assertThat(schedule.start(1_020)).isEqualTo(2);
        assertThat(schedule.isOver()).isFalse();
        schedule.onFailed(1_030);

        assertThat(schedule.isOver()).isTrue();
    }
}
