package voiptui.tui.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.tui.top.TopNumbers.ClientRow;

class ClientSortTest {

    private static ClientRow row(String client, long registeredMs, double packetsPerS) {
        return new ClientRow(TopSamples.waiting(client, registeredMs, 0), packetsPerS, 0);
    }

    private static List<String> sorted(ClientSort sort, ClientRow... rows) {
        return sort.sorted(List.of(rows)).stream()
                .map(row -> row.status().client())
                .toList();
    }

    @Test
    void shouldPutTheOldestFirst() {
        assertThat(sorted(ClientSort.AGE, row("a:1", 10, 0), row("b:1", 30, 0), row("c:1", 10, 0), row("d:1", 20, 0)))
                .containsExactly("b:1", "d:1", "a:1", "c:1");
    }

    @Test
    void shouldPutTheBusiestFirstAndNotSwapEquals() {
        assertThat(sorted(
                        ClientSort.PACKETS,
                        row("10.0.0.10:1", 1, 51),
                        row("10.0.0.9:1", 1, 49),
                        row("10.0.0.8:1", 1, 0),
                        row("10.0.0.7:1", 1, 100),
                        row("10.0.0.6:1", 1, TopNumbers.UNKNOWN)))
                .containsExactly("10.0.0.7:1", "10.0.0.9:1", "10.0.0.10:1", "10.0.0.6:1", "10.0.0.8:1");
    }

    @Test
    void shouldSortNumbersInAddressesAsNumbers() {
        assertThat(sorted(
                        ClientSort.ADDRESS,
                        row("192.0.2.10:5", 1, 0),
                        row("192.0.2.9:40000", 1, 0),
                        row("192.0.2.9:5000", 1, 0),
                        row("[2001:db8:0:0:0:0:0:1]:5000", 1, 0),
                        row("192.0.2.9:5", 1, 0)))
                .containsExactly(
                        "192.0.2.9:5",
                        "192.0.2.9:5000",
                        "192.0.2.9:40000",
                        "192.0.2.10:5",
                        "[2001:db8:0:0:0:0:0:1]:5000");
    }

    @Test
    void shouldComeRoundToTheFirst() {
        assertThat(ClientSort.AGE.next().next().next()).isEqualTo(ClientSort.AGE);
    }
}
