package voiptui.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {

    /** A generator that always returns the same fraction of the range. */
    private static RandomGenerator always(double part) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong(long bound) {
                return (long) (part * (bound - 1));
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"0, 400, 800, 1600, 3200", "0.5, 500, 1000, 2000, 4000", "1, 600, 1200, 2400, 4800"})
    void shouldDoubleUpToFourSecondsPlusOrMinusAFifth(double part, long first, long second, long third, long longest) {
        RetryDelay delay = new RetryDelay(always(part));

        assertThat(delay.nextMs()).isEqualTo(first);
        assertThat(delay.nextMs()).isEqualTo(second);
        assertThat(delay.nextMs()).isEqualTo(third);
        for (int i = 0; i < 100; i++) {
            assertThat(delay.nextMs()).isEqualTo(longest);
        }
    }

    @Test
    void shouldAllowACallToResumeWithinTenSeconds() {
        RetryDelay delay = new RetryDelay(new Random(1));
        for (int i = 0; i < 100_000; i++) {
            assertThat(delay.nextMs()).isBetween(400L, 4800L);
        }
    }

    @Test
    void shouldSpreadTheReconnectsOfManyClients() {
        RetryDelay delay = new RetryDelay(new Random(2));
        for (int i = 0; i < 10; i++) {
            delay.nextMs();
        }

        assertThat(java.util.stream.LongStream.generate(delay::nextMs)
                        .limit(100)
                        .distinct()
                        .count())
                .isGreaterThan(50);
    }

    @Test
    void shouldStartOverAfterASuccess() {
        RetryDelay delay = new RetryDelay(always(0.5));
        for (int i = 0; i < 70; i++) {
            delay.nextMs();
        }
        delay.reset();

        assertThat(delay.nextMs()).isEqualTo(500);
    }
}
