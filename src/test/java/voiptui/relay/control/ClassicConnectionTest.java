package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.event.Subscription;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.call.RecordingMediaPlane;
import voiptui.relay.call.RelayContext;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.Directories;
import voiptui.relay.registrar.Registrar;
import voiptui.relay.registrar.RegistrarConfig;
import voiptui.testkit.ClassicPeer;

/** One control connection, in pieces of any size, with Netty's clock under manual control. */
class ClassicConnectionTest {

    private static final int TIMEOUT_MS = 30_000;
    private static final InetSocketAddress REMOTE = new InetSocketAddress("10.0.0.1", 40_000);
    private static final InetSocketAddress LOCAL = new InetSocketAddress("10.0.0.254", 8888);

    private final Counters counters = new Counters();
    private final EventBus bus = new EventBus();
    private final ClassicRegistry registry;
    private final EmbeddedChannel channel;

    ClassicConnectionTest(@TempDir Path stateDir) {
        registry = createRegistry(stateDir);
        channel = open(TIMEOUT_MS);
    }

    private ClassicRegistry createRegistry(Path stateDir) {
        RecordingMediaPlane media = new RecordingMediaPlane();
        ClassicRegistry created = new ClassicRegistry(1, 120_000, media, bus, counters, () -> 0);
        new Registrar(
                new RegistrarConfig(1, Directories.open(stateDir, AccessPolicy.OPEN), 9999),
                created,
                media,
                new RelayContext(bus, counters, () -> 0, () -> Instant.EPOCH, new Random(1)));
        return created;
    }

    private EmbeddedChannel open(int timeoutMs) {
        EmbeddedChannel embedded = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return REMOTE;
            }

            @Override
            protected SocketAddress localAddress0() {
                return LOCAL;
            }
        };
        embedded.freezeTime();
        ClassicConnection connection = new ClassicConnection(
                new ClassicRequestHandler(registry, address -> false, bus, counters, () -> 0), timeoutMs);
        embedded.pipeline().addLast(connection);
        embedded.pipeline().fireChannelActive();
        return embedded;
    }

    @Test
    void shouldAnswerHeartbeatAndDisconnectAtOnce() {
        receive("HEARTBEAT");
        assertThat(reply()).isEqualTo("ALIVE");
        EmbeddedChannel other = open(TIMEOUT_MS);
        other.writeInbound(bytes("DISCONNECT"));
        assertThat(replyOf(other)).isEqualTo("BYE");
    }

    @Test
    void shouldAcceptAMessageByteByByte() {
        for (char letter : "HEARTBEAT".toCharArray()) {
            assertThat(reply()).isNull();
            receive(String.valueOf(letter));
            passMs(ClassicConnection.REST_QUIET_MS - 1);
        }
        assertThat(reply()).isEqualTo("ALIVE");
    }

    @Test
    void shouldWaitForMoreOfAHello() {
        channel.writeInbound(Unpooled.wrappedBuffer(ClassicPeer.helloBytes(5000, "192.168.1.1")));
        passMs(ClassicConnection.HELLO_QUIET_MS - 1);
        assertThat(reply()).isNull();
        receive("0");
        passMs(ClassicConnection.HELLO_QUIET_MS - 1);
        assertThat(reply()).isNull();
        passMs(1);
        assertThat(reply()).isEqualTo("WELCOME");
        assertThat(registry.clients().get(0).target().getHostAddress()).isEqualTo("192.168.1.10");
        assertThat(registry.clients().get(0)).hasToString("10.0.0.1:5000");
    }

    @Test
    void shouldTreatTheClientsCloseAsTheEndOfAHello() {
        channel.writeInbound(Unpooled.wrappedBuffer(ClassicPeer.helloBytes(5000, "192.168.1.1")));
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(reply()).isEqualTo("WELCOME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X",
                "GET / HTTP/1.1\r\n\r\n",
                "heartbeat",
                "HEARTBEATS",
                "HEARTBEAT\n",
                "DISCONNECT ",
                "HEARTBREAK",
                "HEARTBEATHEARTBEAT"
            })
    void shouldAnswerAtOnceWhatCannotBecomeAMessage(String message) {
        receive(message);
        assertThat(reply()).isEqualTo("INVALID");
        assertThat(counters.get(Counter.CONTROL_INVALID)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H",
                "HELLO",
                "HELLO\0\0\0",
                "HELLO\0\0\23\210",
                "HELLO\0\0\23\21010.0.0.",
                "HEARTBEA",
                "HELLO\0\0\0\00010.0.0.2",
                "HELLO\0\1\0\00010.0.0.2",
                "HELLO\377\377\377\37710.0.0.2",
                "HELLO\0\0\23\210relay"
            })
    void shouldWaitForTheRestOfAMessageBeforeAnsweringInvalid(String beginning) {
        receive(beginning);
        passMs(ClassicConnection.REST_QUIET_MS - 1);
        assertThat(reply()).isNull();
        passMs(1);
        assertThat(reply()).isEqualTo("INVALID");
    }

    @Test
    void shouldAnswerInvalidToATooLongMessage() {
        receive("HELLO\0\0\23\210" + "1".repeat(46));
        assertThat(reply()).isEqualTo("INVALID");
    }

    @Test
    void shouldTimeOutASilentConnection() {
        passMs(TIMEOUT_MS - 1);
        assertThat(reply()).isNull();
        passMs(1);
        assertThat(reply()).isEqualTo("TIMEOUT");
        assertThat(channel.isOpen()).isFalse();
        assertThat(counters.get(Counter.CONTROL_TIMEOUT)).isEqualTo(1);
    }

    @Test
    void shouldNotLogAConnectionWithoutAByte() {
        Subscription events = bus.subscribe();
        passMs(TIMEOUT_MS);
        EmbeddedChannel probe = open(TIMEOUT_MS);
        probe.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(events.poll()).isNull();

        EmbeddedChannel incomplete = open(TIMEOUT_MS);
        incomplete.writeInbound(bytes("HEL"));
        passMs(incomplete, TIMEOUT_MS);
        assertThat(events.poll()).isInstanceOf(RelayEvent.Refused.class);
    }

    @Test
    void shouldNotExtendTheTimeoutForSingleBytes() {
        int timeoutMs = 1_000;
        EmbeddedChannel dripping = open(timeoutMs);
        dripping.writeInbound(bytes("HELLO\0\0\23\210"));
        for (int ms = 0; ms < timeoutMs; ms += 200) {
            assertThat(replyOf(dripping)).isNull();
            dripping.writeInbound(bytes("1"));
            passMs(dripping, 200);
        }
        assertThat(replyOf(dripping)).isEqualTo("TIMEOUT");
    }

    @Test
    void shouldNotAnswerAClientThatClosesWithoutAMessage() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(reply()).isNull();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldAnswerErrorWhenAnsweringFails() {
        channel.pipeline().fireExceptionCaught(new IllegalStateException("a fault"));
        assertThat(reply()).isEqualTo("ERROR");
    }

    private void receive(String text) {
        channel.writeInbound(bytes(text));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String reply() {
        return replyOf(channel);
    }

    private static String replyOf(EmbeddedChannel from) {
        ByteBuf sent = from.readOutbound();
        return sent == null ? null : sent.toString(StandardCharsets.US_ASCII);
    }

    private void passMs(int ms) {
        passMs(channel, ms);
    }

    private static void passMs(EmbeddedChannel of, int ms) {
        of.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
        of.runScheduledPendingTasks();
    }
}
