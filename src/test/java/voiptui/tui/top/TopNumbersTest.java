package voiptui.tui.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static voiptui.tui.top.TopNumbers.UNKNOWN;
import static voiptui.tui.top.TopSamples.A;
import static voiptui.tui.top.TopSamples.B;
import static voiptui.tui.top.TopSamples.PACKET_BYTES;
import static voiptui.tui.top.TopSamples.counters;
import static voiptui.tui.top.TopSamples.status;
import static voiptui.tui.top.TopSamples.talking;
import static voiptui.tui.top.TopSamples.waiting;

import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.Counter;
import voiptui.event.RelayEvent.Status;
import voiptui.tui.top.TopNumbers.ClientRow;

/** How much a second, from two of a relay's statuses. */
class TopNumbersTest {

    private static TopNumbers after(Status... statuses) {
        TopNumbers numbers = TopNumbers.NONE;
        for (Status status : statuses) {
            numbers = numbers.next(status);
        }
        return numbers;
    }

    @Test
    void shouldKnowNoRateFromOneStatus() {
        TopNumbers numbers = after(status(1_000, talking(A, B, 900, 45)));

        assertThat(numbers.clients())
                .extracting(ClientRow::packetsPerS, ClientRow::kbitPerS)
                .containsExactly(tuple(UNKNOWN, UNKNOWN));
        assertThat(List.of(
                        numbers.packetsPerS(),
                        numbers.kbitPerS(),
                        numbers.cpuPercent(),
                        numbers.perS(Counter.FORWARDED)))
                .containsOnly(UNKNOWN);
        assertThat(numbers.history().size()).isZero();
    }

    @Test
    void shouldComputeTheRateOfEachClientAndOfAll() {
        TopNumbers numbers = after(
                status(1_000, talking(A, B, 900, 45), talking(B, A, 800, 40)),
                status(3_000, talking(A, B, 2_900, 145), talking(B, A, 2_800, 60)));

        assertThat(numbers.clients()).extracting(ClientRow::packetsPerS).containsExactly(50.0, 10.0);
        assertThat(numbers.clients())
                .extracting(ClientRow::kbitPerS)
                .containsExactly(50.0 * PACKET_BYTES * 8 / 1000, 10.0 * PACKET_BYTES * 8 / 1000);
        assertThat(numbers.packetsPerS()).isEqualTo(60);
        assertThat(numbers.kbitPerS()).isEqualTo(60.0 * PACKET_BYTES * 8 / 1000);
        assertThat(numbers.history().size()).isEqualTo(1);
        assertThat(numbers.history().latest(0)).isEqualTo(60);
    }

    @Test
    void shouldCountANewClientFromZero() {
        TopNumbers numbers = after(status(1_000), status(2_000, waiting(A, 300, 15)));

        assertThat(numbers.clients().get(0).packetsPerS()).isEqualTo(15);
    }

    @Test
    void shouldResetTheCountersOfAClientThatRegistersAgain() {
        TopNumbers numbers = after(status(1_000, waiting(A, 500, 20)), status(2_000, waiting(A, 300, 25)));

        assertThat(numbers.clients().get(0).packetsPerS()).isEqualTo(25);
    }

    @Test
    void shouldForgetAClientThatHasLeft() {
        TopNumbers numbers = after(status(1_000, waiting(A, 500, 20)), status(2_000), status(3_000));

        assertThat(numbers.clients()).isEmpty();
        assertThat(numbers.packetsPerS()).isZero();
        assertThat(numbers.history().size()).isEqualTo(2);
    }

    @Test
    void shouldComputeTheRateOfEachCounter() {
        TopNumbers numbers = after(
                new Status(1_000, List.of(), counters(Counter.DROPPED_NO_PEER, 7), 0, -1),
                new Status(1_500, List.of(), counters(Counter.DROPPED_NO_PEER, 32), 0, -1));

        assertThat(numbers.total(Counter.DROPPED_NO_PEER)).isEqualTo(32);
        assertThat(numbers.perS(Counter.DROPPED_NO_PEER)).isEqualTo(50);
        assertThat(numbers.perS(Counter.DROPPED_OVERSIZED)).isZero();
    }

    @Test
    void shouldFormatTheProcessorTimeInPercentOfACore() {
        assertThat(after(
                                new Status(1_000, List.of(), counters(), 400, -1),
                                new Status(2_000, List.of(), counters(), 425, -1))
                        .cpuPercent())
                .isEqualTo(2.5);
        assertThat(after(
                                new Status(1_000, List.of(), counters(), -1, -1),
                                new Status(2_000, List.of(), counters(), -1, -1))
                        .cpuPercent())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void shouldKnowNothingWhereNoTimePassed() {
        TopNumbers numbers = after(status(1_000, waiting(A, 500, 20)), status(1_000, waiting(A, 500, 25)));

        assertThat(numbers.packetsPerS()).isEqualTo(UNKNOWN);
        assertThat(numbers.clients().get(0).packetsPerS()).isEqualTo(UNKNOWN);
    }
}
