package voiptui.relay.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientLimitsTest {

    @ParameterizedTest(name = "--max-clients {0}, --max-classic {1}: {2} clients, {3} classic ones")
    @CsvSource({
        // --max-clients, --max-classic, clients, classic clients
        ",     ,    2000, 10",
        "5000, ,    5000, 10",
        "3,    ,    3,    3",
        ",     50,  2000, 50",
        "50,   50,  50,   50",
        "50,   20,  50,   20",
    })
    void shouldLeaveFewPlacesToClassicClientsUnlessToldOtherwise(
            Integer clients, Integer classic, int maxClients, int maxClassic) {
        assertThat(ClientLimits.of(clients, classic)).isEqualTo(new ClientLimits(maxClients, maxClassic));
    }

    @Test
    void shouldRefuseMoreClassicClientsThanClients() {
        assertThatThrownBy(() -> ClientLimits.of(20, 21))
                .hasMessage("21 classic clients (--max-classic) are more than 20 clients in all (--max-clients): "
                        + "lower one or raise the other");
    }

    @Test
    void shouldLowerBothWhereThereAreFewDescriptors() {
        assertThat(new ClientLimits(100, 50).atMost(20)).isEqualTo(new ClientLimits(20, 20));
        assertThat(ClientLimits.DEFAULT.atMost(300)).isEqualTo(new ClientLimits(300, 10));
    }
}
