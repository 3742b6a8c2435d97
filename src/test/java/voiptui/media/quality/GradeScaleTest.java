package voiptui.media.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.Grade;

class GradeScaleTest {

    private final GradeScale scale = new GradeScale();

    @ParameterizedTest
    @CsvSource({"4.4, GOOD", "4.03, GOOD", "4.0, FAIR", "3.6, FAIR", "3.55, POOR", "2.6, POOR", "2.5, BAD", "1, BAD"})
    void shouldGradeAsTheTableOfG107Does(double mos, Grade grade) {
        assertThat(GradeScale.of(mos)).isEqualTo(grade);
    }

    @Test
    void shouldGradeTheFirstScoreAtOnce() {
        assertThat(scale.update(2, 0)).isEqualTo(Grade.BAD);
    }

    @Test
    void shouldBecomeWorseAfterOneSecond() {
        scale.update(4.3, 0);
        assertThat(scale.update(2, 500)).isEqualTo(Grade.GOOD);
        assertThat(scale.update(2, 1_000)).isEqualTo(Grade.GOOD);
        assertThat(scale.update(2, 1_500)).isEqualTo(Grade.BAD);
    }

    @Test
    void shouldIgnoreADipOfHalfASecond() {
        scale.update(4.3, 0);
        scale.update(2, 500);
        scale.update(4.3, 1_000);
        assertThat(scale.update(2, 1_500)).isEqualTo(Grade.GOOD);
    }

    @Test
    void shouldBecomeBetterAfterFourSecondsWithAMargin() {
        scale.update(2, 0);
        for (int ms = 500; ms < 4_500; ms += 500) {
            assertThat(scale.update(4.3, ms)).as("at %d ms", ms).isEqualTo(Grade.BAD);
        }
        assertThat(scale.update(4.3, 4_500)).isEqualTo(Grade.GOOD);
    }

    @Test
    void shouldNotFlickerAroundALimit() {
        scale.update(3.5, 0);
        for (int ms = 500; ms < 60_000; ms += 500) {
            assertThat(scale.update(ms % 1_000 == 0 ? 3.58 : 3.65, ms)).isEqualTo(Grade.POOR);
        }
    }
}
