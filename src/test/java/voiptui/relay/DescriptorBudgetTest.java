package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.relay.media.socket.MediaSockets;

class DescriptorBudgetTest {

    @ParameterizedTest(name = "{0} free: {1} control connections, {2} client sockets")
    @CsvSource({
        "-5,     16,   0",
        "0,      16,   0",
        "32,     16,   0",
        "60,     16,  12",
        "1024,  496, 496",
        "4128, 2048, 2048",
        "1048576, 2048, 1046496",
    })
    void shouldDivideFileDescriptors(long free, int controlConnections, int clientSockets) {
        assertThat(DescriptorBudget.ofFreeDescriptors(free, 0))
                .isEqualTo(new DescriptorBudget(controlConnections, clientSockets));
    }

    @ParameterizedTest(name = "{0} free, {1} clients: {2} control connections, {3} client sockets")
    @CsvSource({
        "332,   10,  145, 145",
        "332,  500,  100, 100",
        "1048576, 2000, 2048, 1044496",
    })
    void shouldReserveDescriptorsForClients(long free, int maxClients, int controlConnections, int clientSockets) {
        assertThat(DescriptorBudget.ofFreeDescriptors(free, maxClients))
                .isEqualTo(new DescriptorBudget(controlConnections, clientSockets));
    }

    @ParameterizedTest(name = "{0} free: {1} clients at most")
    @CsvSource({"-5, 1", "332, 100", "1024, 330", "6032, 2000", "1048576, 349514"})
    void shouldAdmitAsManyClientsAsThereAreDescriptorsFor(long free, int clients) {
        assertThat(DescriptorBudget.maxClients(free)).isEqualTo(clients);
    }

    /** However many descriptors there are: the kernel would search all sockets for each packet. */
    @Test
    void shouldShareASocketAboveSomeHundredClientsWhereTheKernelSearchesAList() {
        DescriptorBudget budget = DescriptorBudget.ofFreeDescriptors(1_048_576, 2_000);

        assertThat(budget.withClientSocketsUpTo(256)).isEqualTo(new DescriptorBudget(2_048, 256));
        assertThat(budget.withClientSocketsUpTo(Integer.MAX_VALUE)).isEqualTo(budget);
        assertThat(DescriptorBudget.ofFreeDescriptors(332, 10)
                        .withClientSocketsUpTo(256)
                        .maxClientSockets())
                .isEqualTo(145);
        assertThat(DescriptorBudget.forThisMachine(10).maxClientSockets())
                .isLessThanOrEqualTo(MediaSockets.maxConnected());
    }
}
