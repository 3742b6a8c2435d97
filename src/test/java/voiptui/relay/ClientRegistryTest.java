package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.event.Subscription;
import voiptui.net.IpText;
import voiptui.signal.ClassicReply;

/** The registry's rules, with a clock that stands still until it is moved, and a media path that only takes notes. */
class ClientRegistryTest {

    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";
    private static final String C = "10.0.0.3";
    private static final String RELAY = "10.0.0.254";
    private static final int MAX_CLIENTS = 4;
    private static final int CLIENT_TIMEOUT_MS = 120_000;

    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final EventBus bus = new EventBus();
    private final Subscription subscription = bus.subscribe();
    private final Counters counters = new Counters();
    private final List<Event> seen = new ArrayList<>();
    private final NotedMedia media = new NotedMedia();
    private final ClientRegistry registry = new ClientRegistry(
            new RelayConfig(null, 0, 0, MAX_CLIENTS, 1, CLIENT_TIMEOUT_MS, 1), media, bus, counters, nowNs::get);

    /** Keeps what the registry asked of the media path, as the media path would. */
    private static final class NotedMedia implements MediaPlane {
        private final Map<Flow, Flow> peers = new HashMap<>();
        private final List<Flow> open = new ArrayList<>();

        @Override
        public void open(Flow flow) {
            open.add(flow);
        }

        @Override
        public void pair(Flow one, Flow other) {
            assertThat(open).contains(one, other);
            assertThat(peers.put(one, other)).isNull();
            assertThat(peers.put(other, one)).isNull();
        }

        @Override
        public void unpair(Flow one, Flow other) {
            assertThat(peers.remove(one)).isSameAs(other);
            assertThat(peers.remove(other)).isSameAs(one);
        }

        @Override
        public void renew(Flow flow, MediaStatus status) {
            assertThat(open).contains(flow);
            flow.status = status;
        }

        @Override
        public void move(Flow flow, InetSocketAddress source) {
            assertThat(open).contains(flow);
            flow.source = source;
        }

        @Override
        public void close(Flow flow) {
            assertThat(open.remove(flow)).isTrue();
            assertThat(peers).doesNotContainKey(flow);
        }
    }

    @Test
    void shouldPairTwoThatNameEachOther() {
        assertThat(hello(A, 1, B)).isEqualTo(ClassicReply.WELCOME);
        assertThat(peerOf(A, 1)).isNull();
        assertThat(hello(B, 2, A)).isEqualTo(ClassicReply.WELCOME);
        assertPaired(A, 1, B, 2);
        assertThat(events()).containsExactly(
                new RelayEvent.Registered("10.0.0.1:1", B, false, 1),
                new RelayEvent.Registered("10.0.0.2:2", A, false, 2),
                new RelayEvent.Paired("10.0.0.2:2", "10.0.0.1:1"));
    }

    @ParameterizedTest(name = "{0} wants {1}, {2} wants {3}")
    @CsvSource({
        A + "," + B + "," + B + "," + C,
        A + "," + B + "," + C + "," + A,
        A + "," + A + "," + B + "," + A,
    })
    void shouldNotPairUnlessBothNameEachOther(String one, String oneWants, String other, String otherWants) {
        hello(one, 1, oneWants);
        hello(other, 2, otherWants);
        assertThat(media.peers).isEmpty();
    }

    @Test
    void shouldNotPairAClientWithItself() {
        hello(A, 1, A);
        hello(A, 1, A);
        assertThat(media.peers).isEmpty();
    }

    @Test
    void shouldMakeTwoCallsOfFourClientsOnOneHost() {
        for (int port = 1; port <= 4; port++) {
            hello(A, port, A);
        }
        assertPaired(A, 1, A, 2);
        assertPaired(A, 3, A, 4);
    }

    @Test
    void shouldPairWithWhoWaitsLongest() {
        hello(A, 1, B);
        hello(A, 2, B);
        hello(A, 1, B);
        hello(B, 9, A);
        assertPaired(A, 1, B, 9);
        assertThat(peerOf(A, 2)).isNull();
    }

    @Test
    void shouldPairTheOneLeftAloneWithTheNext() {
        hello(A, 1, B);
        hello(B, 2, A);
        hello(B, 3, A);
        heard(B, 2, true);
        registry.disconnect(ip(B));
        assertThat(find(B, 2)).isNull();
        assertPaired(A, 1, B, 3);
    }

    @Test
    void shouldKeepThePairOfOneThatRegistersAgain() {
        hello(A, 1, B);
        hello(B, 2, A);
        assertThat(hello(A, 1, B)).isEqualTo(ClassicReply.WELCOME);
        assertPaired(A, 1, B, 2);
        assertThat(registry.size()).isEqualTo(2);
        assertThat(events()).contains(new RelayEvent.Registered("10.0.0.1:1", B, true, 2));
        assertThat(events().stream().filter(event -> event instanceof RelayEvent.Paired)).hasSize(1);
    }

    @Test
    void shouldUnpairOneThatNamesAnotherAndPairWhoIsLeft() {
        hello(A, 1, B);
        hello(B, 2, A);
        hello(A, 3, B);
        hello(C, 4, A);
        hello(A, 1, C);
        assertPaired(A, 1, C, 4);
        assertPaired(A, 3, B, 2);
    }

    @Test
    void shouldStartAfreshWithOneThatRegistersAgain() {
        hello(A, 1, B);
        heard(A, 1, true);
        find(A, 1).media().onUnreachable();
        hello(A, 1, B);
        MediaStatus fresh = find(A, 1).media();
        assertThat(fresh.isHeard() || fresh.isEndOfTransmission() || fresh.isUnreachable()).isFalse();
        assertThat(find(A, 1).flow().status).isSameAs(fresh);
    }

    @Test
    void shouldTurnAwayOneTooMany() {
        for (int port = 1; port <= MAX_CLIENTS; port++) {
            assertThat(hello(A, port, B)).isEqualTo(ClassicReply.WELCOME);
        }
        assertThat(hello(B, 9, A)).isEqualTo(ClassicReply.FULL);
        assertThat(hello(A, 1, B)).as("known already").isEqualTo(ClassicReply.WELCOME);
        assertThat(counters.get(Counter.CONTROL_FULL)).isEqualTo(1);
        assertThat(counters.get(Counter.REGISTRATIONS)).isEqualTo(MAX_CLIENTS + 1);
    }

    @Test
    void shouldMakeRoomFromWhoHasLeftBeforeTurningAway() {
        for (int port = 1; port <= MAX_CLIENTS; port++) {
            hello(A, port, B);
        }
        heard(A, 2, true);
        passMs(ClientRegistry.LEFT_AFTER_MS);
        assertThat(hello(B, 9, A)).isEqualTo(ClassicReply.WELCOME);
        assertThat(find(A, 2)).isNull();
    }

    @ParameterizedTest(name = "heard={0} silent {1} ms, ended={2}, unreachable={3}: replaced={4}")
    @CsvSource({
        // heard, silentMs, ended, unreachable, replaced
        "true,         0, false, false, false",
        "true,      2999, false, false, false",
        "true,      3000, false, false, true",
        "true,         0, true,  false, true",
        "true,         0, false, true,  true",
        "false,        0, false, false, false",
        "false,    60000, false, false, false",
        "false,        0, false, true,  true",
    })
    void shouldReplaceTheDeadRegistrationOfAProgramStartedAnew(boolean isHeard, int silentMs, boolean ended,
            boolean unreachable, boolean replaced) {
        hello(A, 1, B);
        hello(B, 2, A);
        if (isHeard) {
            heard(A, 1, ended);
        }
        if (unreachable) {
            find(A, 1).media().onUnreachable();
        }
        passMs(silentMs);
        hello(A, 7, B);
        assertThat(find(A, 1) == null).isEqualTo(replaced);
        if (replaced) {
            assertPaired(A, 7, B, 2);
        } else {
            assertPaired(A, 1, B, 2);
        }
    }

    @Test
    void shouldNotReplaceTheDeadOneOfAnotherTarget() {
        hello(A, 1, B);
        find(A, 1).media().onUnreachable();
        hello(A, 2, C);
        assertThat(find(A, 1)).isNotNull();
    }

    @Test
    void shouldReplaceTheSurestDeadOnly() {
        hello(A, 1, B);
        hello(A, 2, B);
        hello(A, 3, B);
        heard(A, 1, false);
        passMs(ClientRegistry.PRESUMED_DEAD_MS);
        heard(A, 2, true);
        heard(A, 3, false);
        hello(A, 4, B);
        assertThat(find(A, 2)).isNull();
        assertThat(find(A, 1)).isNotNull();
        hello(A, 5, B);
        assertThat(find(A, 1)).isNull();
        assertThat(find(A, 3)).isNotNull();
    }

    @Test
    void shouldNotCountAProgramStartedAnewTwice() {
        for (int port = 1; port <= MAX_CLIENTS; port++) {
            hello(A, port, B);
            heard(A, port, false);
        }
        find(A, 3).media().onUnreachable();
        assertThat(hello(A, 30, B)).isEqualTo(ClassicReply.WELCOME);
        assertThat(registry.size()).isEqualTo(MAX_CLIENTS);
        assertThat(hello(A, 40, B)).isEqualTo(ClassicReply.FULL);
    }

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
        assertThat(events()).contains(new RelayEvent.Expired("10.0.0.1:1", CLIENT_TIMEOUT_MS + 1, 1));
    }

    @Test
    void shouldNotKeepAClientForItsMediaAlone() {
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
    void shouldRefreshTheLivingAtAnAddress(int clients, boolean isHeard, int silentMs, boolean unreachable,
            boolean kept) {
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
    void shouldForgetWhoSaysDisconnectIfItIsPlainWhoThatIs(int clients, boolean ended, boolean left) {
        hello(A, 1, B);
        if (clients == 2) {
            hello(A, 2, B);
        }
        heard(A, 1, ended);
        registry.disconnect(ip(A));
        assertThat(find(A, 1) == null).isEqualTo(left);
        assertThat(registry.size()).isEqualTo(left ? clients - 1 : clients);
        if (left) {
            assertThat(events()).contains(new RelayEvent.Left("10.0.0.1:1", clients - 1));
        }
    }

    @Test
    void shouldForgetWhoEndedAndFellSilentWithoutDisconnect() {
        hello(A, 1, B);
        hello(A, 2, B);
        heard(A, 1, true);
        heard(A, 2, true);
        passMs(ClientRegistry.LEFT_AFTER_MS - 1);
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
    void shouldTakeAnUnknownSourceForTheOneClientItCanBe(int clients, boolean firstHeard, int silentMs,
            boolean secondHeard, int taker) {
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
        registry.unknownSource(source);
        for (Client client : registry.clients()) {
            assertThat(source.equals(client.source())).isEqualTo(client.key().getPort() == taker);
            assertThat(client.flow().source).isEqualTo(client.source());
        }
        assertThat(events().contains(new RelayEvent.SourceLearned(A + ":" + taker, A + ":50000")))
                .isEqualTo(taker != 0);
    }

    @Test
    void shouldNotTakeASourceFromAnotherAddressOrOneThatIsTaken() {
        hello(A, 1, B);
        hello(A, 2, C);
        heard(A, 1, false);
        registry.unknownSource(new InetSocketAddress(ip(C), 1));
        registry.unknownSource(new InetSocketAddress(ip(A), 1));
        assertThat(find(A, 1).source()).isEqualTo(find(A, 1).key());
        assertThat(find(A, 2).source()).isEqualTo(find(A, 2).key());
    }

    @Test
    void shouldLeaveALearnedSourceToItsClientWhenAnotherAnnouncesThatPort() {
        hello(A, 1, B);
        registry.unknownSource(new InetSocketAddress(ip(A), 6000));
        hello(A, 6000, C);
        assertThat(find(A, 1).source().getPort()).isEqualTo(6000);
        assertThat(find(A, 6000).source()).isNull();
        registry.unknownSource(new InetSocketAddress(ip(A), 6001));
        assertThat(find(A, 6000).source()).as("both not heard yet").isNull();
        heard(A, 1, false);
        registry.unknownSource(new InetSocketAddress(ip(A), 6001));
        assertThat(find(A, 6000).source().getPort()).isEqualTo(6001);
    }

    @Test
    void shouldIgnoreSignsFromAddressesItDoesNotKnow() {
        registry.heartbeat(ip(C));
        registry.disconnect(ip(C));
        registry.unknownSource(new InetSocketAddress(ip(C), 1));
        registry.sweep();
        assertThat(events()).isEmpty();
    }

    private ClassicReply hello(String from, int port, String target) {
        return registry.hello(new InetSocketAddress(ip(from), port), ip(RELAY), ip(target));
    }

    private void heard(String ip, int port, boolean ends) {
        find(ip, port).media().onHeard(nowNs.get(), ends);
    }

    private void passMs(long ms) {
        nowNs.addAndGet(ms * 1_000_000L);
    }

    private Client find(String ip, int port) {
        return registry.clients().stream()
                .filter(client -> client.key().equals(new InetSocketAddress(ip(ip), port))).findFirst().orElse(null);
    }

    private Client peerOf(String ip, int port) {
        return find(ip, port).peer();
    }

    private void assertPaired(String ip, int port, String otherIp, int otherPort) {
        Client one = find(ip, port);
        Client other = find(otherIp, otherPort);
        assertThat(one.peer()).isSameAs(other);
        assertThat(other.peer()).isSameAs(one);
        assertThat(media.peers.get(one.flow())).isSameAs(other.flow());
    }

    private List<Event> events() {
        for (Event event = subscription.poll(); event != null; event = subscription.poll()) {
            seen.add(event);
        }
        return seen;
    }

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }
}
