package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;

/** Media through a relay over real sockets, with a socket for each client, and with the shared one alone. */
@ParameterizedClass(name = "socketPerClient={0}")
// Media is read by one thread in batches in BindIT, too.
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BATCHES")
@Timeout(60)
class RelayForwardingIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final long PATIENCE_MS = RelayHarness.PATIENCE_MS;

    private final MediaIo io;
    private RelayHarness harness;

    RelayForwardingIT(MediaIo io) {
        this.io = io;
    }

    @BeforeEach
    void startRelay() throws IOException {
        harness = RelayHarness.start(
                RelayHarness.config(10, 30_000, 120_000, 100)
                        .withUdpBatch(io.batch)
                        .withMediaThreads(io.threads),
                new DescriptorBudget(100, io.clientSockets));
    }

    @AfterEach
    void stopRelay() {
        harness.close();
    }

    @Test
    void shouldForwardByteForByteBothWays() {
        ClassicPeer a = harness.peer(A);
        ClassicPeer b = harness.peer(B);
        assertThat(a.hello(B)).isEqualTo("WELCOME");
        assertThat(b.hello(A)).isEqualTo("WELCOME");
        for (int sequence = 0; sequence < 50; sequence++) {
            assertForwarded(a, b, ClassicPeer.packet(sequence));
            assertForwarded(b, a, ClassicPeer.packet(sequence + 7));
        }
        assertThat(harness.awaitCount(Counter.FORWARDED_BYTES, 100L * ClassicPeer.PACKET_BYTES))
                .isTrue();
        assertThat(harness.count(Counter.FORWARDED)).isEqualTo(100);
        assertThat(harness.count(Counter.FORWARDED_BYTES)).isEqualTo(100L * ClassicPeer.PACKET_BYTES);
    }

    @Test
    void shouldPublishTheTrafficOfEachClient() {
        List<ClassicPeer> pair = call(A, B);
        harness.relay.publishStatusEvery(20);
        for (int sequence = 0; sequence < 3; sequence++) {
            assertForwarded(pair.get(0), pair.get(1), ClassicPeer.packet(sequence));
        }
        assertThat(harness.awaitEvent(event -> event instanceof RelayEvent.Status status
                        && status.clients().stream()
                                .map(RelayEvent.ClientStatus::packets)
                                .toList()
                                .equals(List.of(3L, 0L))
                        && status.clients().stream()
                                .map(RelayEvent.ClientStatus::bytes)
                                .toList()
                                .equals(List.of(3L * ClassicPeer.PACKET_BYTES, 0L))
                        && status.counters().get(Counter.FORWARDED) == 3))
                .isTrue();
    }

    @Test
    void shouldPublishNoStatusUnlessAsked() {
        List<ClassicPeer> pair = call(A, B);
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.packet(1));
        harness.relay.close();
        assertThat(harness.events())
                .noneMatch(RelayEvent.Status.class::isInstance)
                .anyMatch(RelayEvent.Stopped.class::isInstance);
    }

    @Test
    void shouldForwardAnyLengthThatCouldBeMedia() {
        List<ClassicPeer> pair = call(A, B);
        for (int payloadBytes : new int[] {1, 116, 1764, 2195, 2196}) {
            assertForwarded(pair.get(0), pair.get(1), ClassicPeer.packet(3, payloadBytes));
        }
    }

    @Test
    void shouldDropAndCountDatagramsOfInvalidLength() {
        List<ClassicPeer> pair = call(A, B);
        for (int bytes : new int[] {0, 1, 4}) {
            pair.get(0).send(new byte[bytes]);
        }
        for (int bytes : new int[] {2201, 2202, 20_000}) {
            pair.get(0).send(new byte[bytes]);
        }
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.packet(1));
        assertThat(harness.count(Counter.DROPPED_UNDERSIZED)).isEqualTo(3);
        assertThat(harness.count(Counter.DROPPED_OVERSIZED)).isEqualTo(3);
    }

    @Test
    void shouldDropAndCountStrangers() {
        List<ClassicPeer> pair = call(A, B);
        ClassicPeer stranger = harness.peer("127.0.0.9");
        stranger.send(ClassicPeer.packet(0));
        ClassicPeer otherPort = harness.peer(A);
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.packet(1));
        otherPort.send(ClassicPeer.packet(2));
        assertThat(harness.awaitCount(Counter.DROPPED_UNREGISTERED, 2)).isTrue();
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.packet(3));
        assertThat(pair.get(1).receive(0)).isEmpty();
    }

    @Test
    void shouldDropAndCountMediaBeforeThePeerIsThere() {
        ClassicPeer a = harness.peer(A);
        a.hello(B);
        a.send(ClassicPeer.packet(0));
        assertThat(harness.awaitCount(Counter.DROPPED_NO_PEER, 1)).isTrue();
    }

    @Test
    void shouldNotForwardToAnAddressThatNamedAnother() {
        ClassicPeer a = harness.peer(A);
        ClassicPeer b = harness.peer(B);
        a.hello(B);
        b.hello("127.0.0.7");
        a.send(ClassicPeer.packet(0));
        assertThat(harness.awaitCount(Counter.DROPPED_NO_PEER, 1)).isTrue();
        assertThat(b.receive(0)).isEmpty();
    }

    @Test
    void shouldPassOnEndOfTransmission() {
        List<ClassicPeer> pair = call(A, B);
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.endOfTransmission());
    }

    @Test
    void shouldForgetAClientThatEndedAndFellSilent() {
        List<ClassicPeer> pair = call(A, B);
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.endOfTransmission());
        assertThat(harness.awaitEvent(new RelayEvent.ClassicLeft(pair.get(0).name(), 1)))
                .isTrue();
    }

    @Test
    void shouldCarryTwoCallsOnOneHostAtOnce() {
        ClassicPeer a1 = harness.peer("127.0.0.1");
        ClassicPeer a2 = harness.peer("127.0.0.1");
        ClassicPeer b1 = harness.peer("127.0.0.1");
        ClassicPeer b2 = harness.peer("127.0.0.1");
        for (ClassicPeer peer : List.of(a1, a2, b1, b2)) {
            assertThat(peer.hello("127.0.0.1")).isEqualTo("WELCOME");
        }
        for (int sequence = 0; sequence < 20; sequence++) {
            assertForwarded(a1, a2, ClassicPeer.packet(sequence));
            assertForwarded(b2, b1, ClassicPeer.packet(sequence + 100));
            assertForwarded(a2, a1, ClassicPeer.packet(sequence + 200));
            assertForwarded(b1, b2, ClassicPeer.packet(sequence + 300));
        }
        assertThat(harness.awaitCount(Counter.FORWARDED, 80)).isTrue();
        assertThat(harness.count(Counter.FORWARDED)).isEqualTo(80);
    }

    @Test
    void shouldCarryTwoCallsBetweenTwoAddresses() {
        List<ClassicPeer> first = call(A, B);
        List<ClassicPeer> second = call(A, B);
        assertForwarded(first.get(0), first.get(1), ClassicPeer.packet(1));
        assertForwarded(second.get(0), second.get(1), ClassicPeer.packet(2));
        assertForwarded(first.get(1), first.get(0), ClassicPeer.packet(3));
        assertForwarded(second.get(1), second.get(0), ClassicPeer.packet(4));
    }

    @Test
    void shouldLearnTheSourceOfAClientBehindANat() {
        ClassicPeer a = harness.peer(A);
        ClassicPeer b = harness.peer(B);
        assertThat(a.hello(freePortOf(A), B)).isEqualTo("WELCOME");
        assertThat(b.hello(A)).isEqualTo("WELCOME");
        a.send(ClassicPeer.packet(0));
        assertThat(harness.awaitEvent(event -> event instanceof RelayEvent.ClassicSourceLearned learned
                        && learned.source().equals(a.name())))
                .isTrue();
        assertForwarded(a, b, ClassicPeer.packet(1));
        assertForwarded(b, a, ClassicPeer.packet(2));
    }

    @Test
    void shouldSurviveAPeerWhoseHostRefusesItsPackets() {
        List<ClassicPeer> pair = call(A, B);
        pair.get(1).close();
        long handled = 0;
        for (int sequence = 0; sequence < 20; sequence++) {
            pair.get(0).send(ClassicPeer.packet(sequence));
            long before = handled;
            assertThat(Deadline.await(PATIENCE_MS, () -> harness.count(Counter.FORWARDED) > before))
                    .isTrue();
            handled = harness.count(Counter.FORWARDED);
        }
        if (io != MediaIo.ONE_SOCKET) {
            assertThat(harness.awaitCount(Counter.DROPPED_UNREACHABLE, 1)).isTrue();
        }
        ClassicPeer again = harness.peer(B);
        assertThat(again.hello(A)).isEqualTo("WELCOME");
        if (io != MediaIo.ONE_SOCKET) {
            // The refused one is known to be dead: the new one is its heir.
            assertForwarded(pair.get(0), again, ClassicPeer.packet(21));
        }
        List<ClassicPeer> others = call("127.0.0.4", "127.0.0.5");
        assertForwarded(others.get(0), others.get(1), ClassicPeer.packet(22));
    }

    @Test
    void shouldLetARestartedProgramResumeItsCall() {
        List<ClassicPeer> pair = call(A, B);
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.endOfTransmission());
        ClassicPeer again = harness.peer(A);
        assertThat(again.hello(B)).isEqualTo("WELCOME");
        assertForwarded(again, pair.get(1), ClassicPeer.packet(0));
        assertForwarded(pair.get(1), again, ClassicPeer.packet(1));
        assertThat(harness.events()).contains(new RelayEvent.ClassicRegistered(again.name(), B, true, 2));
    }

    @Test
    void shouldKeepTheCallOfAClientThatRegistersAgainFromTheSamePort() {
        List<ClassicPeer> pair = call(A, B);
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.packet(0));
        assertThat(pair.get(0).hello(B)).isEqualTo("WELCOME");
        assertForwarded(pair.get(0), pair.get(1), ClassicPeer.packet(1));
        assertForwarded(pair.get(1), pair.get(0), ClassicPeer.packet(2));
        assertThat(harness.events())
                .contains(new RelayEvent.ClassicRegistered(pair.get(0).name(), B, true, 2));
    }

    private List<ClassicPeer> call(String one, String other) {
        ClassicPeer a = harness.peer(one);
        ClassicPeer b = harness.peer(other);
        assertThat(a.hello(other)).isEqualTo("WELCOME");
        assertThat(b.hello(one)).isEqualTo("WELCOME");
        return List.of(a, b);
    }

    private int freePortOf(String ip) {
        ClassicPeer holder = harness.peer(ip);
        int port = holder.port();
        holder.close();
        return port;
    }

    private static void assertForwarded(ClassicPeer from, ClassicPeer to, byte[] packet) {
        from.send(packet);
        assertThat(to.receive(PATIENCE_MS)).as("forwarded packet").hasValue(packet);
    }
}
