package voiptui.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;

class GradeTimesTest {

    private final GradeTimes times = new GradeTimes();

    @Test
    void shouldHaveNoGradeWithoutOne() {
        assertThat(times.ofCall(1_000)).isNull();
    }

    @Test
    void shouldForgiveWhatHeldForLessThanATenth() {
        times.onChange(MediaDirection.RECEIVED, Grade.GOOD, 0);
        times.onChange(MediaDirection.RECEIVED, Grade.BAD, 100);
        times.onChange(MediaDirection.RECEIVED, Grade.GOOD, 199);

        assertThat(times.ofCall(1_000)).isEqualTo(Grade.GOOD);
    }

    @Test
    void shouldCountWhatHeldForATenth() {
        times.onChange(MediaDirection.RECEIVED, Grade.GOOD, 0);
        times.onChange(MediaDirection.RECEIVED, Grade.BAD, 100);
        times.onChange(MediaDirection.RECEIVED, Grade.GOOD, 200);

        assertThat(times.ofCall(1_000)).isEqualTo(Grade.BAD);
    }

    @Test
    void shouldAddWorseGradesToAGrade() {
        times.onChange(MediaDirection.RECEIVED, Grade.GOOD, 0);
        times.onChange(MediaDirection.RECEIVED, Grade.BAD, 100);
        times.onChange(MediaDirection.RECEIVED, Grade.POOR, 160);
        times.onChange(MediaDirection.RECEIVED, Grade.GOOD, 220);

        assertThat(times.ofCall(1_000)).isEqualTo(Grade.POOR);
    }

    @Test
    void shouldCountTheWorseDirection() {
        times.onChange(MediaDirection.RECEIVED, Grade.GOOD, 0);
        times.onChange(MediaDirection.SENT, Grade.FAIR, 500);

        assertThat(times.ofCall(1_000)).isEqualTo(Grade.FAIR);
    }

    @Test
    void shouldNotCountTheTimeBeforeTheFirstGrade() {
        times.onChange(MediaDirection.SENT, Grade.POOR, 5_000);

        assertThat(times.ofCall(5_001)).isEqualTo(Grade.POOR);
        assertThat(new GradeTimes().ofCall(0)).isNull();
    }
}
