package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.Counter;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;
import voiptui.time.NanoClock;

/** Control messages over real TCP connections. */
@Timeout(120)
class RelayControlIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    /** Both ends of each are in this process, which may have only 1,024 descriptors. */
    private static final int IDLE_CONNECTIONS = 300;

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource({
        "HEARTBEAT, ALIVE",
        "DISCONNECT, BYE",
        "HELLO, INVALID",
        "HELLO123, INVALID",
        "NONSENSE, INVALID",
        "heartbeat, INVALID",
    })
    void shouldAnswerAsTheTableSays(String message, String answer) throws IOException {
        try (RelayHarness harness = RelayHarness.start()) {
            assertThat(harness.peer(A).ask(message.getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo(answer);
        }
    }

    @TempDir
    private Path stateDir;

    @Test
    void shouldWelcomeAndSayWhoIsThere() throws IOException {
        try (RelayHarness harness = RelayHarness.start()) {
            ClassicPeer a = harness.peer(A);
            ClassicPeer b = harness.peer(B);
            assertThat(a.hello(B)).isEqualTo("WELCOME");
            assertThat(b.hello(A)).isEqualTo("WELCOME");
            assertThat(a.heartbeat()).isEqualTo("ALIVE");
            assertThat(a.disconnect()).isEqualTo("BYE");
            assertThat(harness.events())
                    .contains(
                            new RelayEvent.ClassicRegistered(a.name(), B, false, 1),
                            new RelayEvent.ClassicRegistered(b.name(), A, false, 2),
                            new RelayEvent.ClassicPaired(b.name(), a.name()),
                            new RelayEvent.ClassicLeft(a.name(), 1));
        }
    }

    @ParameterizedTest(name = "port {0}, target {1}")
    @CsvSource({"0, 127.0.0.3", "65536, 127.0.0.3", "-1, 127.0.0.3", "5000, localhost", "5000, 300.1.1.1", "5000, ''"})
    void shouldNotRegisterWhatMakesNoSense(int port, String target) throws IOException {
        try (RelayHarness harness = RelayHarness.start()) {
            assertThat(harness.peer(A).hello(port, target)).isEqualTo("INVALID");
            assertThat(harness.count(Counter.REGISTRATIONS)).isZero();
        }
    }

    @Test
    void shouldRefuseAnExcessClientOnlyOnce() throws IOException {
        try (RelayHarness harness = RelayHarness.start(RelayHarness.config(2, 30_000, 120_000, 10_000))) {
            ClassicPeer a = harness.peer(A);
            ClassicPeer b = harness.peer(B);
            a.hello(B);
            b.hello(A);
            ClassicPeer third = harness.peer("127.0.0.4");
            assertThat(third.hello(B)).isEqualTo("FULL");
            assertThat(harness.events())
                    .anyMatch(event -> event instanceof RelayEvent.Refused refused
                            && refused.reply().equals("FULL")
                            && refused.reason().equals("the relay is full (2 of 2 clients)"));
            assertThat(a.hello(B)).as("again from the same port").isEqualTo("WELCOME");
            assertThat(harness.events()).contains(new RelayEvent.ClassicRegistered(a.name(), B, true, 2));
            assertThat(harness.count(Counter.CONTROL_FULL)).isEqualTo(1);
            a.disconnect();
            assertThat(third.hello(B)).isEqualTo("WELCOME");
        }
    }

    @Test
    void shouldExpireAClientWithoutHeartbeatAndKeepTheOther() throws IOException {
        try (RelayHarness harness = RelayHarness.start(RelayHarness.config(10, 30_000, 400, 20))) {
            ClassicPeer a = harness.peer(A);
            ClassicPeer b = harness.peer(B);
            a.hello(B);
            b.hello(A);
            boolean expired = Deadline.await(RelayHarness.PATIENCE_MS, () -> {
                b.heartbeat();
                return harness.events().stream()
                        .anyMatch(event -> event instanceof RelayEvent.ClassicExpired gone
                                && gone.client().equals(a.name())
                                && gone.silentMs() > 400);
            });
            assertThat(expired).as("events: %s", harness.events()).isTrue();
            // What reaches its socket while that is being closed is gone without being counted.
            assertThat(Deadline.await(RelayHarness.PATIENCE_MS, () -> {
                        a.send(ClassicPeer.packet(1));
                        return harness.count(Counter.DROPPED_UNREGISTERED) > 0;
                    }))
                    .isTrue();
        }
    }

    @Test
    void shouldTimeOutAnIdleConnection() throws IOException {
        try (RelayHarness harness = RelayHarness.start(RelayHarness.config(10, 100, 120_000, 10_000));
                Socket idle = harness.peer(A).connect()) {
            assertThat(ClassicPeer.readAll(idle)).isEqualTo("TIMEOUT");
            assertThat(harness.count(Counter.CONTROL_TIMEOUT)).isEqualTo(1);
        }
    }

    @Test
    void shouldAnswerAMessageThatComesInPieces() throws IOException {
        try (RelayHarness harness = RelayHarness.start();
                Socket socket = harness.peer(A).connect()) {
            for (byte piece : "DISCONNECT".getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(piece);
            }
            assertThat(ClassicPeer.readAll(socket)).isEqualTo("BYE");
        }
    }

    @Test
    void shouldAnswerAHelloAtOnceWhenTheClientClosesItsSide() throws IOException {
        try (RelayHarness harness = RelayHarness.start();
                Socket socket = harness.peer(A).connect()) {
            socket.getOutputStream().write(ClassicPeer.helloBytes(5000, B));
            socket.shutdownOutput();
            assertThat(ClassicPeer.readAll(socket)).isEqualTo("WELCOME");
        }
    }

    @Test
    void shouldGetTheAnswerThroughAlthoughMoreWasSentThanIsRead() throws IOException {
        try (RelayHarness harness = RelayHarness.start();
                Socket socket = harness.peer(A).connect()) {
            socket.getOutputStream().write(new byte[100_000]);
            assertThat(ClassicPeer.readAll(socket)).isEqualTo("INVALID");
        }
    }

    @Test
    void shouldTolerateConnectionsThatCloseEarly() throws IOException {
        try (RelayHarness harness = RelayHarness.start()) {
            ClassicPeer peer = harness.peer(A);
            for (int round = 0; round < 50; round++) {
                try (Socket politely = peer.connect()) {
                    politely.getOutputStream().write("HELLO".getBytes(StandardCharsets.US_ASCII));
                }
                try (Socket rudely = peer.connect()) {
                    rudely.setSoLinger(true, 0);
                    rudely.getOutputStream().write("HEARTBEAT".getBytes(StandardCharsets.US_ASCII));
                }
                try (Socket wordless = peer.connect()) {
                    wordless.setSoLinger(true, 0);
                }
            }
            assertThat(peer.heartbeat()).isEqualTo("ALIVE");
            assertThat(harness.events()).noneMatch(event -> event instanceof RelayEvent.Warning);
        }
    }

    @ParameterizedTest(name = "connections at most: {0}")
    @CsvSource({"4096", "64"})
    void shouldConnectACallDespiteHundredsOfIdleConnections(int maxConnections) throws IOException {
        List<Socket> idle = new ArrayList<>();
        try (RelayHarness harness = RelayHarness.start(
                RelayHarness.config(10, 60_000, 120_000, 10_000), new DescriptorBudget(maxConnections, 100))) {
            ClassicPeer attacker = harness.peer("127.0.0.66");
            for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                Socket socket = attacker.connect();
                idle.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write('H');
                }
            }
            ClassicPeer a = harness.peer(A);
            ClassicPeer b = harness.peer(B);
            assertThat(a.hello(B)).isEqualTo("WELCOME");
            assertThat(b.hello(A)).isEqualTo("WELCOME");
            a.send(ClassicPeer.packet(1));
            assertThat(b.receive(RelayHarness.PATIENCE_MS)).hasValue(ClassicPeer.packet(1));
            if (maxConnections < IDLE_CONNECTIONS) {
                assertThat(ClassicPeer.readAll(idle.get(1)))
                        .as("the oldest idle one")
                        .isEqualTo("TIMEOUT");
            }
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ListenException.Protocol.class)
    void shouldSayWhichPortIsTaken(ListenException.Protocol protocol) throws IOException {
        try (RelayHarness harness = RelayHarness.start()) {
            InetSocketAddress control = harness.relay.controlAddress();
            InetSocketAddress media = harness.relay.mediaAddress();
            // With clients there, whose sockets share the port among themselves.
            harness.peer(A).hello(B);
            boolean tcp = protocol == ListenException.Protocol.TCP;
            RelayConfig same = RelayConfig.defaults(stateDir)
                    .listeningOn(
                            InetAddress.getLoopbackAddress(), tcp ? control.getPort() : 0, tcp ? 0 : media.getPort());
            ListenException taken = catchThrowableOfType(
                    ListenException.class, () -> Relay.start(same, new EventBus(), NanoClock.SYSTEM));
            assertThat(taken.protocol()).isEqualTo(protocol);
            assertThat(taken.port()).isEqualTo(tcp ? control.getPort() : media.getPort());
            assertThat(taken)
                    .hasMessage(
                            "%s port %d of 127.0.0.1 is in use; stop the other program, or "
                                    + "choose another port with --%s-port",
                            protocol, taken.port(), tcp ? "tcp" : "udp");
        }
    }

    @Test
    void shouldSayThatAnAddressIsNotOurs() throws IOException {
        RelayConfig elsewhere = RelayConfig.onFreePorts(InetAddress.getByName("192.0.2.1"), stateDir);
        ListenException refused = catchThrowableOfType(
                ListenException.class, () -> Relay.start(elsewhere, new EventBus(), NanoClock.SYSTEM));
        assertThat(refused).hasMessageContaining("192.0.2.1 is not an address of this machine");
    }

    @Test
    void shouldServeOnAllAddresses() throws IOException {
        RelayConfig everywhere = RelayConfig.defaults(stateDir).listeningOn(null, 0, 0);
        try (RelayHarness harness = RelayHarness.start(everywhere)) {
            InetSocketAddress control = new InetSocketAddress(
                    "127.0.0.9", harness.relay.controlAddress().getPort());
            InetSocketAddress media = new InetSocketAddress(
                    "127.0.0.9", harness.relay.mediaAddress().getPort());
            try (ClassicPeer a = new ClassicPeer(A, control, media);
                    ClassicPeer b = new ClassicPeer(B, control, media)) {
                assertThat(a.hello(B)).isEqualTo("WELCOME");
                assertThat(b.hello(A)).isEqualTo("WELCOME");
                a.send(ClassicPeer.packet(1));
                assertThat(b.receiveFrom(RelayHarness.PATIENCE_MS))
                        .as("comes from the address it was sent to")
                        .hasValue(media);
            }
        }
    }

    @Test
    void shouldStopAndTellItsTotals() throws IOException {
        RelayHarness harness = RelayHarness.start();
        harness.peer(A).hello(B);
        harness.close();
        harness.relay.close();
        List<RelayEvent.Stopped> stops = harness.events().stream()
                .filter(RelayEvent.Stopped.class::isInstance)
                .map(RelayEvent.Stopped.class::cast)
                .toList();
        assertThat(stops).singleElement().satisfies(stopped -> {
            assertThat(stopped.counters()).containsEntry(Counter.REGISTRATIONS, 1L);
            assertThat(stopped.uptimeMs()).isNotNegative();
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("relay-media") || name.equals("relay-control"));
    }
}
