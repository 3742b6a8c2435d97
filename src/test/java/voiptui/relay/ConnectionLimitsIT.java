package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.testkit.Deadline;
import voiptui.testkit.RawTlsClient;
import voiptui.testkit.TestCertificate;

/** What one address may ask of the relay, and what others still get meanwhile. */
@Timeout(180)
class ConnectionLimitsIT {

    /** A classic client waits this long for the answer to a heartbeat. */
    private static final long HEARTBEAT_LIMIT_NS = 2_000_000_000L;

    private static final String A = "127.0.0.2";
    private static final String ATTACKER = "127.0.0.66";
    private static final byte[] CLIENT_HELLO_BEGINS = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc};

    @Test
    void shouldLimitTheConcurrentHandshakesOfAnAddress() throws IOException {
        ConnectionLimits five = new ConnectionLimits(
                new ConnectionLimits.Timeouts(60_000, 60_000, 35_000),
                new ConnectionLimits.Handshakes(1_000, 1_000, 5, 1_000, 60_000, 100));
        List<Socket> halfWay = new ArrayList<>();
        try (V2RelayHarness relay = V2RelayHarness.start(five)) {
            for (int i = 0; i < 20; i++) {
                Socket socket = relay.classic(ATTACKER).connect();
                halfWay.add(socket);
                socket.getOutputStream().write(CLIENT_HELLO_BEGINS);
            }
            // Up to five more if the twenty took longer than a handshake may.
            assertThat(relay.harness.awaitCount(Counter.CONTROL_LIMITED, 10)).isTrue();
            assertThat(relay.connect(A).hello("anna").get("type").getAsString()).isEqualTo("welcome");
            for (Socket socket : halfWay) {
                socket.close();
            }
            assertThat(relay.harness.awaitCount(Counter.TLS_FAILED, 5)).isTrue();
            assertThat(relay.connect(ATTACKER).hello("bert").get("type").getAsString())
                    .isEqualTo("welcome");
        } finally {
            for (Socket socket : halfWay) {
                socket.close();
            }
        }
    }

    @Test
    void shouldLimitTheConnectionRateOfAnAddress() throws IOException {
        ConnectionLimits ten = new ConnectionLimits(
                new ConnectionLimits.Timeouts(5_000, 5_000, 35_000),
                new ConnectionLimits.Handshakes(1, 10, 100, 1_000, 60_000, 100));
        try (V2RelayHarness relay = V2RelayHarness.start(ten)) {
            int welcome = 0;
            int told = 0;
            long startNs = System.nanoTime();
            for (int i = 0; i < 30; i++) {
                try {
                    JsonObject answer =
                            relay.connect(ATTACKER, TestCertificate.make()).hello("phone" + i);
                    welcome += answer.get("type").getAsString().equals("welcome") ? 1 : 0;
                    told += answer.has("code")
                                    && answer.get("code").getAsString().equals("too-many")
                            ? 1
                            : 0;
                } catch (IOException closed) {
                    // as expected of many
                }
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs);
            assertThat(welcome).isBetween(10, (int) Math.min(29, 11 + seconds));
            assertThat(told).as("told too-many in words").isPositive();
            assertThat(relay.harness.count(Counter.CONTROL_LIMITED)).isEqualTo(30 - welcome);
            assertThat(relay.connect(A).hello("anna").get("type").getAsString()).isEqualTo("welcome");
            for (int heartbeat = 0; heartbeat < 100; heartbeat++) {
                assertThat(relay.classic(ATTACKER).heartbeat())
                        .as("classic clients there")
                        .isEqualTo("ALIVE");
            }
        }
    }

    @Test
    void shouldBlockAnAddressWhoseHandshakesKeepFailing() throws IOException {
        ConnectionLimits three = new ConnectionLimits(
                new ConnectionLimits.Timeouts(5_000, 5_000, 35_000),
                new ConnectionLimits.Handshakes(1_000, 1_000, 100, 3, 5_000, 100));
        try (V2RelayHarness relay = V2RelayHarness.start(three)) {
            V2RelayHarness.Phone neighbour = relay.phone(ATTACKER, "anna");
            for (int failure = 1; failure <= 4; failure++) {
                assertThat(relay.classic(ATTACKER).ask(new byte[] {0x16, 3, 1, 0, 4, 'x', 0, 0, 0}))
                        .hasSizeLessThan(64);
                assertThat(relay.harness.awaitCount(Counter.TLS_FAILED, failure))
                        .isTrue();
            }
            TestCertificate stranger = TestCertificate.make();
            JsonObject told = relay.connect(ATTACKER, stranger).hello("bert");
            assertThat(told.get("code").getAsString()).isEqualTo("too-many");
            assertThat(told.get("text").getAsString()).contains("too many connections from this address");
            assertThat(relay.harness.count(Counter.CONTROL_LIMITED)).isPositive();
            relay.awaitPong(neighbour);
            assertThat(relay.connect(ATTACKER).hello("cora").get("type").getAsString())
                    .as("a known certificate at the same address")
                    .isEqualTo("welcome");
            assertThat(relay.connect(A).hello("dora").get("type").getAsString()).isEqualTo("welcome");
            assertThat(Deadline.await(V2RelayHarness.PATIENCE_MS, () -> isWelcome(relay, stranger)))
                    .as("forgiven after a while")
                    .isTrue();
            List<RelayEvent.Refused> refused = relay.harness.events().stream()
                    .filter(RelayEvent.Refused.class::isInstance)
                    .map(RelayEvent.Refused.class::cast)
                    .toList();
            assertThat(refused).allMatch(event -> event.origin().startsWith(ATTACKER + ":"));
            assertThat(refused)
                    .as("each failure, for fail2ban")
                    .filteredOn(event -> event.reply().equals("tls-failed"))
                    .hasSize(4);
            assertThat(refused)
                    .as("the address, once")
                    .filteredOn(event -> event.reason().startsWith("too many failed handshakes: only known"))
                    .hasSize(1);
        }
    }

    @Test
    void shouldNotBlockClassicClientsForTheirNeighbours() throws IOException {
        ConnectionLimits three = new ConnectionLimits(
                new ConnectionLimits.Timeouts(5_000, 5_000, 35_000),
                new ConnectionLimits.Handshakes(1_000, 1_000, 100, 3, 60_000, 100));
        try (V2RelayHarness relay = V2RelayHarness.start(three)) {
            assertThat(relay.classic(ATTACKER).hello(A)).isEqualTo("WELCOME");
            for (int failure = 1; failure <= 30; failure++) {
                relay.classic(ATTACKER).ask(new byte[] {0x16, 3, 1, 0, 4, 'x', 0, 0, 0});
            }
            assertThat(relay.harness.awaitCount(Counter.CONTROL_LIMITED, 1)).isTrue();
            assertThat(relay.classic(ATTACKER).heartbeat()).isEqualTo("ALIVE");
        }
    }

    private static boolean isWelcome(V2RelayHarness relay, TestCertificate stranger) {
        try (RawTlsClient connection = relay.connect(ATTACKER, stranger)) {
            return connection.hello("bert").get("type").getAsString().equals("welcome");
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    void shouldSlowDownAClientThatSendsTooManyMessages() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            V2RelayHarness.Phone flood = relay.phone(ATTACKER, "flood");
            V2RelayHarness.Phone other = relay.phone(A, "other");
            long startNs = System.nanoTime();
            for (int i = 0; i < 230; i++) {
                flood.connection().say("{'type':'ping','id':" + i + "}");
            }
            assertThat(relay.harness.awaitCount(Counter.CONTROL_SLOWED, 1)).isTrue();
            relay.awaitPong(other);
            for (int i = 0; i < 230; i++) {
                assertThat(flood.connection().hear().get("id").getAsInt())
                        .as("slowly, but nothing is lost")
                        .isEqualTo(i);
            }
            assertThat(System.nanoTime() - startNs).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_300));
            assertThat(relay.sessions.gone).isEmpty();
        }
    }

    @Test
    void shouldLogAFloodInAFewLinesAndItsSum() throws IOException {
        V2RelayHarness relay = V2RelayHarness.start();
        for (int i = 0; i < 146; i++) {
            relay.classic(ATTACKER).hello(20_000 + i, A);
        }
        relay.close();
        List<RelayEvent> events = relay.harness.events().stream()
                .map(RelayEvent.class::cast)
                .filter(event -> event instanceof RelayEvent.ClassicRegistered
                        || event instanceof RelayEvent.Suppressed more
                                && more.kind().equals("classic_registered"))
                .toList();
        assertThat(events).hasSizeBetween(20, 60);
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(RelayEvent.Suppressed.class, more -> {
            assertThat(more.address()).isEqualTo(ATTACKER);
            assertThat(more.count()).isGreaterThan(30);
        });
    }

    @Test
    void shouldLetNewcomersInWhileThousandsOfAddressesBeginHandshakes() throws Exception {
        List<Socket> halfWay = new ArrayList<>();
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            relay.connect(A).hello("warm-up");
            for (int i = 0; i < 1_000; i++) {
                Socket socket =
                        relay.classic("127.1." + i / 250 + "." + (i % 250 + 1)).connect();
                halfWay.add(socket);
                socket.getOutputStream().write(CLIENT_HELLO_BEGINS);
            }
            long startNs = System.nanoTime();
            assertThat(relay.connect("127.0.3.1").hello("late").get("type").getAsString())
                    .isEqualTo("welcome");
            // Two seconds of a machine that does nothing else; without the limit, five of the handshakes' timeout.
            assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(4));
        } finally {
            for (Socket socket : halfWay) {
                socket.close();
            }
        }
    }

    @Test
    void shouldKeepClientsHoweverManyStrangersConnect() throws IOException {
        List<Socket> strangers = new ArrayList<>();
        try (V2RelayHarness relay = V2RelayHarness.start(ConnectionLimits.defaults(), 20)) {
            List<V2RelayHarness.Phone> phones = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                phones.add(relay.phone("127.0.1." + (i + 1), "phone" + i));
            }
            for (int i = 0; i < 200; i++) {
                Socket socket = relay.classic("127.0.2." + (i % 50 + 1)).connect();
                strangers.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write(CLIENT_HELLO_BEGINS);
                }
            }
            for (V2RelayHarness.Phone phone : phones) {
                relay.awaitPong(phone);
            }
            assertThat(relay.connect(A).hello("late").get("type").getAsString()).isEqualTo("welcome");
            assertThat(relay.sessions.gone).isEmpty();
        } finally {
            for (Socket socket : strangers) {
                socket.close();
            }
        }
    }

    /** An office that comes back all at once after the relay was restarted. */
    @Test
    void shouldAcceptManyClientsBehindOneNatAtOnce() throws Exception {
        SSLContext context = RawTlsClient.contextOf(V2RelayHarness.CLIENT);
        ExecutorService phones = Executors.newFixedThreadPool(32);
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String name = "phone" + i;
                answers.add(phones.submit(
                        () -> relay.keep(RawTlsClient.connect(A, relay.harness.relay.controlAddress(), context))
                                .hello(name)
                                .get("type")
                                .getAsString()));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("welcome");
            }
        } finally {
            phones.shutdown();
            phones.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldAnswerClassicHeartbeatsWhileHandshakesCome() throws Exception {
        SSLContext context = RawTlsClient.contextOf(V2RelayHarness.CLIENT);
        ConnectionLimits many = new ConnectionLimits(
                new ConnectionLimits.Timeouts(5_000, 5_000, 35_000),
                new ConnectionLimits.Handshakes(10_000, 10_000, 10_000, 10_000, 60_000, 100));
        ExecutorService crowd = Executors.newFixedThreadPool(4);
        try (V2RelayHarness relay = V2RelayHarness.start(many)) {
            InetSocketAddress control = relay.harness.relay.controlAddress();
            // A heartbeat that waits for handshakes is slow in each round; a pause of a busy machine is not.
            long slowestNs = Long.MAX_VALUE;
            for (int round = 0; round < 3 && slowestNs >= HEARTBEAT_LIMIT_NS; round++) {
                List<Future<?>> parts = new ArrayList<>();
                for (int part = 0; part < 4; part++) {
                    parts.add(crowd.submit(() -> {
                        for (int i = 0; i < 50; i++) {
                            RawTlsClient.connect(ATTACKER, control, context).close();
                        }
                        return null;
                    }));
                }
                slowestNs = 0;
                while (parts.stream().anyMatch(part -> !part.isDone())) {
                    long beginNs = System.nanoTime();
                    assertThat(relay.classic(A).heartbeat()).isEqualTo("ALIVE");
                    slowestNs = Math.max(slowestNs, System.nanoTime() - beginNs);
                }
                for (Future<?> part : parts) {
                    part.get();
                }
            }
            assertThat(slowestNs)
                    .as("slowest heartbeat in ns, in the best round")
                    .isLessThan(HEARTBEAT_LIMIT_NS);
        } finally {
            crowd.shutdown();
        }
    }

    @Test
    void shouldTolerateAConnectionResetDuringTheHandshake() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start();
                Socket socket = new Socket()) {
            socket.setSoLinger(true, 0);
            socket.bind(new InetSocketAddress(InetAddress.getByName(ATTACKER), 0));
            socket.connect(relay.harness.relay.controlAddress());
            socket.getOutputStream().write(0x16);
            socket.close();
            assertThat(relay.connect(A).hello("anna").get("type").getAsString()).isEqualTo("welcome");
        }
    }
}
