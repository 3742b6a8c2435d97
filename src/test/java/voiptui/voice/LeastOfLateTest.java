package voiptui.voice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeastOfLateTest {

    private final LeastOfLate least = new LeastOfLate();

    private void add(double value, int ms) {
        for (int i = 0; i < ms; i += 10) {
            least.add(value, 10);
        }
    }

    @Test
    void shouldNotTakeWhatIsShortForLasting() {
        add(1, 1_000);
        add(20, 490);

        assertThat(least.value()).isEqualTo(1);
    }

    @Test
    void shouldReturnInFullWhatLastsASecond() {
        add(1, 1_000);
        add(20, 1_000);

        assertThat(least.value()).isEqualTo(20);
    }

    @Test
    void shouldKnowNothingAtFirst() {
        add(20, 490);

        assertThat(least.value()).isNegative();
    }

    @Test
    void shouldFollowAChangeOfAllValuesAtOnce() {
        add(20, 1_000);
        least.shift(-15);

        assertThat(least.value()).isEqualTo(5);
    }

    @Test
    void shouldTakeAValueForLastingWhenTold() {
        add(1, 1_000);
        least.set(30);

        assertThat(least.value()).isEqualTo(30);
    }
}
