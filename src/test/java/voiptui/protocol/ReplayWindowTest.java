package voiptui.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayWindowTest {

    private final ReplayWindow window = new ReplayWindow();

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            1 2 3         | yes yes yes
            1 1           | yes no
            3 1 2 1       | yes yes yes no
            0             | no
            -1            | no
            64 1 64       | yes yes no
            65 1          | yes no
            65 2 2        | yes yes no
            1 1000 999 1  | yes yes yes no
            1 65 1        | yes yes no
            9223372036854775807 1 | yes no
            """)
    void shouldAcceptEachCounterOnce(String counters, String accepted) {
        boolean[] expected = new boolean[accepted.split(" ").length];
        String[] words = accepted.split(" ");
        String[] numbers = counters.split(" ");
        for (int i = 0; i < numbers.length; i++) {
            expected[i] = words[i].equals("yes");
            assertThat(window.accept(Long.parseLong(numbers[i])))
                    .as(numbers[i] + " of " + Arrays.toString(numbers))
                    .isEqualTo(expected[i]);
        }
    }

    @Test
    void shouldReturnTheNewestCounter() {
        assertThat(window.newest()).isZero();
        window.accept(7);
        window.accept(5);

        assertThat(window.newest()).isEqualTo(7);
    }

    @Test
    void shouldRefuseCountersUpToAReset() {
        window.accept(10);

        window.forget(20);

        assertThat(window.accept(11)).isFalse();
        assertThat(window.accept(20)).isFalse();
        assertThat(window.accept(21)).isTrue();
        assertThat(window.accept(19)).isFalse();
    }

    @Test
    void shouldRefuseDelayedCountersAfterAResetBelowTheNewest() {
        window.accept(30);

        window.forget(20);

        assertThat(window.accept(19)).isFalse();
        assertThat(window.accept(31)).isTrue();
    }

    /** Compares with a set of all counters seen. */
    @Test
    void shouldNeverAcceptACounterTwice() {
        Random random = new Random(11);
        Set<Long> taken = new HashSet<>();
        long newest = 0;
        for (int i = 0; i < 100_000; i++) {
            long counter = Math.max(1, newest + random.nextInt(130) - 100);
            boolean fresh = !taken.contains(counter) && counter > newest - 64;
            assertThat(window.accept(counter)).isEqualTo(fresh);
            if (fresh) {
                taken.add(counter);
                newest = Math.max(newest, counter);
            }
        }
    }
}
