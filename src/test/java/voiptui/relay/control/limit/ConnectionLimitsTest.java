package voiptui.relay.control.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.net.IpNetwork;

class ConnectionLimitsTest {

    /** As the manual page says. */
    @ParameterizedTest(name = "--handshake-limit {0}: {1} a second, {2} failures a minute")
    @CsvSource({"300, 20, 30", "600, 40, 60", "15, 1, 1", "1, 1, 1"})
    void shouldAllowAFifteenthEachSecondAndATenthToFail(int limit, int perSecond, int failures) {
        ConnectionLimits.Handshakes handshakes =
                ConnectionLimits.of(limit, List.of()).handshakes();

        assertThat(handshakes.burst()).isEqualTo(limit);
        assertThat(handshakes.perSecond()).isEqualTo(perSecond);
        assertThat(handshakes.failures()).isEqualTo(failures);
        assertThat(handshakes.blockMs()).isEqualTo(60_000);
    }

    @Test
    void shouldKeepTheExemptNetworks() {
        IpNetwork office = IpNetwork.parse("192.0.2.0/24").orElseThrow();

        assertThat(ConnectionLimits.of(300, List.of(office)).exempt()).containsExactly(office);
        assertThat(ConnectionLimits.defaults()).isEqualTo(ConnectionLimits.of(300, List.of()));
    }

    @Test
    void shouldRefuseALimitThatKeepsEverybodyOut() {
        assertThatThrownBy(() -> ConnectionLimits.of(0, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the handshake limit must be at least 1, not 0");
    }
}
