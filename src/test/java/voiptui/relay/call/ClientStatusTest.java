package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.event.RelayEvent.ClientStatus;

/** The status that the relay reports of each classic client. */
class ClientStatusTest extends ClassicRegistryFixture {

    @Test
    void shouldReportAClientThatWaitsAndSendsNothing() {
        hello(A, 1, B);
        passMs(1_500);

        assertThat(registry.statuses()).containsExactly(new ClientStatus(A + ":1", B, null, 1_500, 0, 0, 1_500));
    }

    @Test
    void shouldListClientsAndTheirPeersInOrderOfRegistration() {
        hello(A, 1, B);
        passMs(1_000);
        hello(B, 2, A);
        heard(B, 2, false);
        passMs(20);
        heard(A, 1, false);
        heard(A, 1, false);
        passMs(5);

        assertThat(registry.statuses())
                .containsExactly(
                        new ClientStatus(A + ":1", B, B + ":2", 1_025, 2, 2 * PACKET_BYTES, 5),
                        new ClientStatus(B + ":2", A, A + ":1", 25, 1, PACKET_BYTES, 25));
    }

    @Test
    void shouldCountTheLastPacketToo() {
        hello(A, 1, B);
        heard(A, 1, true);

        assertThat(registry.statuses()).containsExactly(new ClientStatus(A + ":1", B, null, 0, 1, PACKET_BYTES, 0));
    }

    @Test
    void shouldFormatHowLongAClientHasBeenSilent() {
        hello(A, 1, B);
        heard(A, 1, false);
        passMs(60_000);
        registry.heartbeat(ip(A));

        assertThat(registry.statuses().get(0).silentMs()).isEqualTo(60_000);
    }

    @Test
    void shouldCountAfreshWhenOneRegistersAgain() {
        hello(A, 1, B);
        heard(A, 1, false);
        passMs(1_000);
        hello(A, 1, C);
        passMs(10);

        assertThat(registry.statuses()).containsExactly(new ClientStatus(A + ":1", C, null, 10, 0, 0, 10));
        heard(A, 1, false);
        assertThat(registry.statuses().get(0).packets()).isEqualTo(1);
    }

    @Test
    void shouldReportNothingAboutAClientThatHasLeft() {
        hello(A, 1, B);
        hello(B, 2, A);
        registry.disconnect(ip(A));

        assertThat(registry.statuses()).containsExactly(new ClientStatus(B + ":2", A, null, 0, 0, 0, 0));
    }
}
