package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.identity.Fingerprint;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.Deadline;
import voiptui.testkit.RawTlsClient;
import voiptui.testkit.TestCertificate;

/** TLS, frames and messages over real connections. */
@Timeout(120)
class ClientTlsIT {

    private static final String A = "127.0.0.2";

    /** As usual, but for these times, each long enough for a busy machine where it is not the one that is to pass. */
    private static ConnectionLimits times(int handshakeMs, int helloMs, int idleMs) {
        return new ConnectionLimits(
                new ConnectionLimits.Timeouts(handshakeMs, helloMs, idleMs),
                new ConnectionLimits.Handshakes(20, 300, 100, 30, 60_000, 4_096));
    }

    @Test
    void shouldKnowBothSidesByTheirCertificates() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            RawTlsClient peer = relay.connect(A);
            assertThat(peer.hello("anna").get("type").getAsString()).isEqualTo("welcome");
            assertThat(peer.relayCertificate()).isEqualTo(V2RelayHarness.RELAY.certificate());
            assertThat(relay.sessions.byName.get("anna").fingerprint)
                    .isEqualTo(
                            Fingerprint.of(V2RelayHarness.CLIENT.certificate()).text());
            assertThat(relay.harness.events())
                    .contains(new RelayEvent.RelayIdentity(
                            Fingerprint.of(V2RelayHarness.RELAY.certificate()).text()));
            assertThat(relay.harness.count(Counter.TLS_HANDSHAKES)).isEqualTo(1);
        }
    }

    @Test
    void shouldKnowAClientThatComesBackWithATicketOfItsFirstConnection() throws IOException {
        SSLContext same = RawTlsClient.contextOf(V2RelayHarness.CLIENT);
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            for (int time = 0; time < 3; time++) {
                try (RawTlsClient peer = RawTlsClient.connect(A, relay.harness.relay.controlAddress(), same)) {
                    assertThat(peer.hello("anna" + time).get("type").getAsString())
                            .isEqualTo("welcome");
                    assertThat(relay.sessions.byName.get("anna" + time).fingerprint)
                            .isEqualTo(Fingerprint.of(V2RelayHarness.CLIENT.certificate())
                                    .text());
                }
            }
        }
    }

    @Test
    void shouldServeClassicClientsBeside() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start();
                Socket silent = relay.classic(A).connect()) {
            relay.phone(A, "anna");
            assertThat(relay.classic(A).heartbeat()).isEqualTo("ALIVE");
            assertThat(relay.classic(A).ask(new byte[] {0x15, 3, 1})).isEqualTo("INVALID");
            silent.getOutputStream().write(ClassicPeer.helloBytes(5000, A));
            silent.shutdownOutput();
            assertThat(ClassicPeer.readAll(silent)).isEqualTo("WELCOME");
        }
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of("none", null),
                Arguments.of("RSA", TestCertificate.rsa()),
                Arguments.of("P-384", TestCertificate.onCurve("secp384r1")),
                Arguments.of("issued by another", TestCertificate.issued()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void shouldRefuseACertificateThatIsNoIdentity(String what, TestCertificate identity) throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            assertThatThrownBy(() -> relay.connect(A, identity).hello("anna")).isInstanceOf(IOException.class);
            assertThat(relay.harness.awaitCount(Counter.TLS_FAILED, 1)).isTrue();
            assertThat(relay.sessions.byName).isEmpty();
        }
    }

    @Test
    void shouldRefuseOlderTls() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            assertThatThrownBy(() -> RawTlsClient.connect(
                            A,
                            relay.harness.relay.controlAddress(),
                            RawTlsClient.contextOf(V2RelayHarness.CLIENT),
                            "TLSv1.2"))
                    .isInstanceOf(IOException.class);
            assertThat(relay.harness.awaitCount(Counter.TLS_FAILED, 1)).isTrue();
        }
    }

    static Stream<Arguments> nonsense() {
        byte[] deep = ("{\"type\":\"ping\",\"id\":1,\"x\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}")
                .getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                Arguments.of("a JSON frame one byte too long", RawTlsClient.frame(0, new byte[8_193])),
                Arguments.of("a media frame one byte too long", RawTlsClient.frame(1, new byte[2_201])),
                Arguments.of("a header of more than there can be", new byte[] {0, (byte) 0xff, (byte) 0xff}),
                Arguments.of("no JSON", RawTlsClient.frame(0, "hello".getBytes(StandardCharsets.US_ASCII))),
                Arguments.of("nothing", RawTlsClient.frame(0, new byte[0])),
                Arguments.of("deep JSON", RawTlsClient.frame(0, Arrays.copyOf(deep, deep.length))),
                Arguments.of(
                        "broken UTF-8", RawTlsClient.frame(0, new byte[] {'{', '"', (byte) 0xc0, '"', ':', '1', '}'})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void shouldAnswerNonsenseAndClose(String what, byte[] bytes) throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            RawTlsClient stranger = relay.connect(A);
            stranger.write(bytes);
            assertRefused(stranger, "bad-message");
            V2RelayHarness.Phone known = relay.phone(A, "anna");
            known.connection().write(bytes);
            // Much more than is read at once: the answer must not be lost in a reset.
            known.connection().write(new byte[16_000]);
            assertRefused(known.connection(), "bad-message");
            assertThat(Deadline.await(V2RelayHarness.PATIENCE_MS, () -> relay.sessions.gone.contains("anna")))
                    .isTrue();
            assertThat(relay.harness.count(Counter.CONTROL_INVALID)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'ping','id':1}", "{'type':'watch'}"})
    void shouldHearHelloFirst(String message) throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            RawTlsClient stranger = relay.connect(A);
            stranger.say(message);
            assertRefused(stranger, "bad-message");
        }
    }

    @Test
    void shouldRefuseUnknownMessagesInWordsAndIgnoreUnknownFrames() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            RawTlsClient newer = relay.connect(A);
            newer.write(RawTlsClient.frame(2, new byte[65_535]));
            newer.say("{'type':'capabilities','codecs':['lyra']}");
            JsonObject answer = newer.hear();
            assertThat(answer.get("type").getAsString()).isEqualTo("unsupported");
            assertThat(answer.get("field").getAsString()).isEqualTo("type");
            assertThat(answer.get("value").getAsString()).isEqualTo("capabilities");

            assertThat(newer.hello("anna").get("type").getAsString()).isEqualTo("welcome");
            newer.write(RawTlsClient.frame(255, new byte[0]));
            newer.say("{'type':'ping','id':9}");
            assertThat(newer.hear().get("id").getAsLong()).isEqualTo(9);
            assertThat(relay.harness.count(Counter.CONTROL_UNKNOWN)).isEqualTo(3);
            assertThat(relay.harness.count(Counter.CONTROL_INVALID)).isZero();
        }
    }

    /** Signed in or not, each is read no faster than it may send messages. */
    @Test
    void shouldSlowDownAFloodOfUnknownFrames() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            RawTlsClient stranger = relay.connect(A);
            byte[] long30 = RawTlsClient.frame(7, new byte[65_535]);
            for (int i = 0; i < 30; i++) {
                stranger.write(long30);
            }
            assertThat(relay.harness.awaitCount(Counter.CONTROL_SLOWED, 1)).isTrue();
            assertThat(relay.harness.count(Counter.CONTROL_UNKNOWN)).isLessThan(30);

            V2RelayHarness.Phone known = relay.phone(A, "anna");
            for (int i = 0; i < 250; i++) {
                known.connection().write(RawTlsClient.frame(7, new byte[0]));
            }
            assertThat(relay.harness.awaitCount(Counter.CONTROL_SLOWED, 2)).isTrue();
        }
    }

    @Test
    void shouldNotTakeMediaBeforeHello() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            RawTlsClient stranger = relay.connect(A);
            stranger.send(RawTlsClient.MEDIA, new byte[100]);
            assertRefused(stranger, "bad-message");
        }
    }

    @Test
    void shouldHearHelloOnce() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            RawTlsClient peer = relay.connect(A);
            peer.hello("anna");
            assertThat(peer.hello("bert").get("code").getAsString()).isEqualTo("bad-message");
            assertThat(peer.awaitClose()).isTrue();
        }
    }

    @Test
    void shouldPassARefusalOnAndClose() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            RawTlsClient peer = relay.connect(A);
            assertThat(peer.hello("refused").get("code").getAsString()).isEqualTo("name-taken");
            assertThat(peer.awaitClose()).isTrue();
            assertThat(relay.sessions.gone).isEmpty();
        }
    }

    @Test
    void shouldSurviveAnInternalFault() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            V2RelayHarness.Phone phone = relay.phone(A, "anna");
            phone.connection()
                    .say("{'type':'call','call':'" + FakeSessionHandler.FAULTY_CALL + "','to':'b','codecs':['pcm']}");
            assertRefused(phone.connection(), "internal");
            assertThat(relay.harness.awaitEvent(event -> event instanceof RelayEvent.Warning))
                    .isTrue();
            assertThat(relay.connect(A).hello("anna").get("type").getAsString()).isEqualTo("welcome");
        }
    }

    @Test
    void shouldAcceptAMessageInSmallPieces() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            V2RelayHarness.Phone phone = relay.phone(A, "anna");
            byte[] ping = RawTlsClient.frame(0, "{\"type\":\"ping\",\"id\":9}".getBytes(StandardCharsets.US_ASCII));
            for (byte piece : ping) {
                phone.connection().write(new byte[] {piece});
            }
            JsonObject pong = phone.connection().hear();
            assertThat(pong.get("id").getAsLong()).isEqualTo(9);
        }
    }

    @Test
    void shouldSayGoodbyeAndTell() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start()) {
            V2RelayHarness.Phone phone = relay.phone(A, "anna");
            phone.connection().say("{'type':'bye'}");
            assertThat(phone.connection().awaitClose()).isTrue();
            assertThat(Deadline.await(V2RelayHarness.PATIENCE_MS, () -> relay.sessions.gone.contains("anna")))
                    .isTrue();
            relay.phone(A, "bert").connection().reset();
            assertThat(Deadline.await(V2RelayHarness.PATIENCE_MS, () -> relay.sessions.gone.contains("bert")))
                    .isTrue();
        }
    }

    @Test
    void shouldNotWaitForAHandshakeThatDoesNotGoOn() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(times(300, 10_000, 10_000));
                Socket socket = relay.classic(A).connect()) {
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1});
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(64);
            assertThat(relay.harness.awaitCount(Counter.TLS_FAILED, 1)).isTrue();
        }
    }

    @Test
    void shouldNotWaitForAHelloForEver() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(times(10_000, 300, 10_000))) {
            RawTlsClient silent = relay.connect(A);
            assertRefused(silent, "bad-message");
            assertThat(relay.harness.count(Counter.CONTROL_TIMEOUT)).isEqualTo(1);
        }
    }

    /** The interval may be longer than this relay's own patience. */
    @Test
    void shouldWaitForTheHeartbeatThatWasAgreedOn() throws IOException {
        try (RelayHarness relay = RelayHarness.start(
                        RelayHarness.config(10, 30_000, 120_000, 10_000),
                        new DescriptorBudget(4_096, 1_000, times(10_000, 10_000, 500)));
                RawTlsClient slow = RawTlsClient.connect(
                        A, relay.relay.controlAddress(), RawTlsClient.contextOf(V2RelayHarness.CLIENT))) {
            assertThat(slow.hello("slow").get("heartbeatMs").getAsInt()).isEqualTo(10_000);
            Deadline.await(1_500, () -> false);
            slow.say("{'type':'ping','id':5}");
            assertThat(slow.hear().get("id").getAsLong()).isEqualTo(5);
        }
    }

    @Test
    void shouldCloseAConnectionThatFellSilent() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start(times(10_000, 10_000, 1_500))) {
            V2RelayHarness.Phone phone = relay.phone(A, "anna");
            for (int ping = 0; ping < 10; ping++) {
                Deadline.await(200, () -> false);
                relay.awaitPong(phone);
            }
            // It does say something all the time, but never all of it.
            phone.connection().write(new byte[] {0});
            assertThat(phone.connection().read()).isEqualTo(Optional.empty());
            assertThat(Deadline.await(V2RelayHarness.PATIENCE_MS, () -> relay.sessions.gone.contains("anna")))
                    .isTrue();
        }
    }

    @Test
    void shouldCloseAClientThatDoesNotRead() throws IOException {
        try (V2RelayHarness relay = V2RelayHarness.start();
                // With a window as small as can be, which also keeps the kernel from enlarging the relay's send buffer.
                RawTlsClient deaf = RawTlsClient.connectWithReceiveBuffer(
                        A,
                        relay.harness.relay.controlAddress(),
                        RawTlsClient.contextOf(V2RelayHarness.CLIENT),
                        4_096)) {
            deaf.hello("anna");
            // More than any buffers hold.
            relay.sessions.flooded = "anna";
            assertThat(relay.harness.awaitCount(Counter.CONTROL_NOT_READING, 1)).isTrue();
            assertThat(Deadline.await(V2RelayHarness.PATIENCE_MS, () -> relay.sessions.gone.contains("anna")))
                    .isTrue();
        }
    }

    private static void assertRefused(RawTlsClient peer, String code) throws IOException {
        JsonObject error = peer.hear();
        assertThat(error.get("type").getAsString()).isEqualTo("error");
        assertThat(error.get("code").getAsString()).isEqualTo(code);
        assertThat(peer.awaitClose()).as("closed in good order").isTrue();
    }
}
