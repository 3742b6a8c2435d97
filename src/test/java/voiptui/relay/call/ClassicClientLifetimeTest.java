package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.RelayEvent;

/** How long a classic client stays registered, and where its media may come from. */
class ClassicClientLifetimeTest extends ClassicRegistryFixture {

    @Test
    void shouldExpireAClientWithoutHeartbeat() {
        hello(A, 1, B);
        hello(B, 2, A);
        passMs(CLIENT_TIMEOUT_MS);
        registry.heartbeat(ip(B));
        registry.sweep();
        assertThat(registry.size()).as("at the time-out, not over it").isEqualTo(2);
        passMs(1);
        registry.sweep();
        assertThat(find(A, 1)).isNull();
        assertThat(peerOf(B, 2)).isNull();
        assertThat(events()).contains(new RelayEvent.ClassicExpired("10.0.0.1:1", CLIENT_TIMEOUT_MS + 1, 1));
    }

    @Test
    void shouldExpireAClientThatSendsOnlyMedia() {
        hello(A, 1, B);
        passMs(CLIENT_TIMEOUT_MS + 1);
        heard(A, 1, false);
        registry.sweep();
        assertThat(find(A, 1)).isNull();
    }

    @ParameterizedTest(name = "{0} clients, heard={1}, silent {2} ms, unreachable={3}: kept={4}")
    @CsvSource({
        // clients at the address, heard, silentMs, unreachable, kept by the heartbeat
        "1, false, 120001, false, true",
        "1, true,  120001, true,  true",
        "2, true,       1, false, true",
        "2, true,  120000, false, true",
        "2, true,  120001, false, false",
        "2, true,       1, true,  false",
        "2, false, 120000, false, true",
        "2, false, 120001, false, false",
    })
    void shouldRefreshTheLiveClientsAtAnAddress(
            int clients, boolean isHeard, int silentMs, boolean unreachable, boolean kept) {
        hello(A, 1, B);
        if (isHeard) {
            heard(A, 1, false);
        }
        if (unreachable) {
            find(A, 1).media().onUnreachable();
        }
        passMs(silentMs);
        if (clients == 2) {
            hello(A, 2, C);
        }
        registry.heartbeat(ip(A));
        passMs(CLIENT_TIMEOUT_MS);
        registry.sweep();
        assertThat(find(A, 1) != null).isEqualTo(kept);
    }

    @ParameterizedTest(name = "{0} clients, ended={1}: left={2}")
    @CsvSource({
        "1, false, true",
        "1, true,  true",
        "2, false, false",
        "2, true,  true",
    })
    void shouldRemoveADisconnectingClientIfItIsUnambiguous(int clients, boolean ended, boolean left) {
        hello(A, 1, B);
        if (clients == 2) {
            hello(A, 2, B);
        }
        heard(A, 1, ended);
        registry.disconnect(ip(A));
        assertThat(find(A, 1) == null).isEqualTo(left);
        assertThat(registry.size()).isEqualTo(left ? clients - 1 : clients);
        if (left) {
            assertThat(events()).contains(new RelayEvent.ClassicLeft("10.0.0.1:1", clients - 1));
        }
    }

    @Test
    void shouldRemoveAClientThatEndedAndFellSilent() {
        hello(A, 1, B);
        hello(A, 2, B);
        heard(A, 1, true);
        heard(A, 2, true);
        passMs(ClassicRegistry.LEFT_AFTER_MS - 1);
        registry.sweep();
        assertThat(registry.size()).isEqualTo(2);
        heard(A, 2, false);
        passMs(1);
        registry.sweep();
        assertThat(find(A, 1)).isNull();
        assertThat(find(A, 2)).as("began to send again").isNotNull();
    }

    @ParameterizedTest(name = "{0} clients, first heard={1} {2} ms ago, second heard={3}: taken by {4}")
    @CsvSource({
        // clients at the address, first heard, silentMs, second heard, port of who takes the source (0: nobody)
        "1, false,    0, false, 1",
        "1, true,     0, false, 0",
        "1, true,  1999, false, 0",
        "1, true,  2000, false, 1",
        "2, false,    0, false, 0",
        "2, true,     0, false, 2",
        "2, false,    0, true,  1",
        "2, true,  9000, true,  0",
        "2, true,  9000, false, 2",
    })
    void shouldAssignAnUnknownSourceToTheOnlyPossibleClient(
            int clients, boolean firstHeard, int silentMs, boolean secondHeard, int taker) {
        hello(A, 1, B);
        if (firstHeard) {
            heard(A, 1, false);
        }
        passMs(silentMs);
        if (clients == 2) {
            hello(A, 2, C);
            if (secondHeard) {
                heard(A, 2, false);
            }
        }
        InetSocketAddress source = new InetSocketAddress(ip(A), 50_000);
        registry.onUnknownSource(source);
        for (ClassicClient client : registry.clients()) {
            assertThat(source.equals(client.source())).isEqualTo(client.key().getPort() == taker);
            assertThat(client.flow().source).isEqualTo(client.source());
        }
        assertThat(events().contains(new RelayEvent.ClassicSourceLearned(A + ":" + taker, A + ":50000")))
                .isEqualTo(taker != 0);
    }

    @Test
    void shouldNotLearnASourceOfAnotherAddressOrAnotherClient() {
        hello(A, 1, B);
        hello(A, 2, C);
        heard(A, 1, false);
        registry.onUnknownSource(new InetSocketAddress(ip(C), 1));
        registry.onUnknownSource(new InetSocketAddress(ip(A), 1));
        assertThat(find(A, 1).source()).isEqualTo(find(A, 1).key());
        assertThat(find(A, 2).source()).isEqualTo(find(A, 2).key());
    }

    @Test
    void shouldLeaveALearnedSourceToItsClientWhenAnotherAnnouncesThatPort() {
        hello(A, 1, B);
        registry.onUnknownSource(new InetSocketAddress(ip(A), 6000));
        hello(A, 6000, C);
        assertThat(find(A, 1).source().getPort()).isEqualTo(6000);
        assertThat(find(A, 6000).source()).isNull();
        registry.onUnknownSource(new InetSocketAddress(ip(A), 6001));
        assertThat(find(A, 6000).source()).as("both not heard yet").isNull();
        heard(A, 1, false);
        registry.onUnknownSource(new InetSocketAddress(ip(A), 6001));
        assertThat(find(A, 6000).source().getPort()).isEqualTo(6001);
    }

    @Test
    void shouldIgnoreRequestsFromUnknownAddresses() {
        registry.heartbeat(ip(C));
        registry.disconnect(ip(C));
        registry.onUnknownSource(new InetSocketAddress(ip(C), 1));
        registry.sweep();
        assertThat(events()).isEmpty();
    }
}
