package voiptui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RampTest {

    private static List<Integer> tried(Ramp ramp, int capacity) {
        List<Integer> tried = new ArrayList<>();
        for (OptionalInt next = ramp.next(); next.isPresent(); next = ramp.next()) {
            tried.add(next.getAsInt());
            ramp.onResult(next.getAsInt() <= capacity);
            assertThat(tried).hasSizeLessThan(30);
        }
        return tried;
    }

    @Test
    void shouldDoubleAndThenCloseInOnTheLimit() {
        Ramp ramp = new Ramp(20_000);

        assertThat(tried(ramp, 330)).containsExactly(25, 50, 100, 200, 400, 300, 350, 325);
        assertThat(ramp.carried()).isEqualTo(325);
    }

    @Test
    void shouldStopAtTheMostWanted() {
        Ramp ramp = new Ramp(60);

        assertThat(tried(ramp, 1_000)).containsExactly(25, 50, 60);
        assertThat(ramp.carried()).isEqualTo(60);
    }

    @Test
    void shouldBeginWithFewIfFewAreWanted() {
        Ramp ramp = new Ramp(1);

        assertThat(tried(ramp, 1_000)).containsExactly(1);
        assertThat(ramp.carried()).isEqualTo(1);
    }

    @Test
    void shouldFindThatNotEvenOneCallIsCarried() {
        Ramp ramp = new Ramp(1_000);

        assertThat(tried(ramp, 0)).containsExactly(25, 12, 6, 3, 1);
        assertThat(ramp.carried()).isZero();
    }

    @Test
    void shouldComeWithinATenthOfEveryCapacity() {
        for (int capacity = 1; capacity < 3_000; capacity += 7) {
            Ramp ramp = new Ramp(10_000);
            tried(ramp, capacity);
            assertThat(ramp.carried()).isBetween((int) (capacity / 1.11) - 1, capacity);
        }
    }
}
