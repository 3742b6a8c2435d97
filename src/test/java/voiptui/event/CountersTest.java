package voiptui.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voiptui.testkit.Allocation;

class CountersTest {

    private final Counters counters = new Counters();

    @Test
    void shouldCountEachForItself() {
        counters.increment(Counter.PACKETS_SENT);
        counters.increment(Counter.PACKETS_SENT);
        counters.add(Counter.PACKETS_LOST, 5);
        counters.add(Counter.PACKETS_LOST, -2);
        counters.set(Counter.FORWARDED, 7);

        for (Counter counter : Counter.values()) {
            assertThat(counters.get(counter))
                    .as(counter.key())
                    .isEqualTo(
                            switch (counter) {
                                case PACKETS_SENT -> 2;
                                case PACKETS_LOST -> 3;
                                case FORWARDED -> 7;
                                default -> 0;
                            });
        }
    }

    @Test
    void shouldShowOneSideInOrder() {
        counters.increment(Counter.FORWARDED);

        assertThat(counters.snapshot(Counter.Side.RELAY))
                .containsEntry(Counter.FORWARDED, 1L)
                .doesNotContainKey(Counter.PACKETS_SENT);
        assertThat(counters.snapshot(Counter.Side.CALL).keySet())
                .containsExactlyElementsOf(Arrays.stream(Counter.values())
                        .filter(counter -> counter.side() == Counter.Side.CALL)
                        .toList());
    }

    @Test
    void shouldNameEveryCounterOnce() {
        assertThat(Counter.values())
                .extracting(Counter::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[a-z_]+"));
        assertThat(Counter.values())
                .extracting(Counter::meaning)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(Counter.PACKETS_LOST).hasToString("packets_lost");
    }

    @Test
    void shouldAllocateNothingToCount() {
        assertThat(Allocation.bytesPerRun(1000, 1000, () -> counters.increment(Counter.PACKETS_SENT)))
                .isLessThan(1);
    }

    @Test
    void shouldIncludeThePartsOfOtherThreads() {
        Counters counters = new Counters();
        Counters one = counters.part();
        Counters other = counters.part();
        counters.increment(Counter.FORWARDED);
        one.add(Counter.FORWARDED, 10);
        other.add(Counter.FORWARDED, 100);
        assertThat(counters.get(Counter.FORWARDED)).isEqualTo(111);
        assertThat(counters.snapshot(Counter.Side.RELAY)).containsEntry(Counter.FORWARDED, 111L);
        assertThat(one.get(Counter.FORWARDED)).isEqualTo(10);
    }
}
