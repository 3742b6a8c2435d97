package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.relay.control.limit.PeerAddress;
import voiptui.testkit.ManualClock;

/** Connections from a load balancer at 192.0.2.1. */
class ProxyHeadersTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    /** PROXY, TCP over IPv4, 12 bytes: 198.51.100.7:4000 to 192.0.2.254:8888. */
    private static final String TCP4 = SIGNATURE + "21" + "11" + "000c" + "c6336407" + "c00002fe" + "0fa0" + "22b8";
    /** PROXY, TCP over IPv6, 36 bytes: [2001:db8::7]:4000. */
    private static final String TCP6 = SIGNATURE + "21" + "21" + "0024" + "20010db8000000000000000000000007"
            + "20010db80000000000000000000000fe" + "0fa0" + "22b8";

    private static final String LOCAL = SIGNATURE + "20" + "00" + "0000";

    private final Counters counters = new Counters();
    private final EmbeddedChannel channel = new EmbeddedChannel() {
        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress("192.0.2.1", 40_000);
        }
    };
    private int proceeded;

    private void connect(String... rejected) {
        ProxyHeaders headers = new ProxyHeaders(
                List.of(IpNetwork.parse("192.0.2.0/30").orElseThrow()),
                address -> List.of(rejected).contains(IpText.of(address)),
                new EventBus(),
                counters,
                new ManualClock());
        assertThat(headers.isExpected(channel)).isTrue();
        headers.read(channel, () -> proceeded++);
        channel.pipeline().fireChannelActive();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void receive(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
    }

    private String passedOn() {
        ByteBuf bytes = channel.readInbound();
        return bytes == null ? "" : bytes.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldTakeTheAddressOfTheClient() {
        connect();
        receive(TCP4 + "4845");

        assertThat(PeerAddress.of(channel)).isEqualTo(new InetSocketAddress("198.51.100.7", 4000));
        assertThat(proceeded).isEqualTo(1);
        assertThat(passedOn()).isEqualTo("HE");
        receive("4c");
        assertThat(passedOn()).isEqualTo("L");
    }

    @Test
    void shouldTakeAnIpv6AddressByteByByte() {
        connect();
        for (int i = 0; i < TCP6.length(); i += 2) {
            assertThat(proceeded).isZero();
            receive(TCP6.substring(i, i + 2));
        }

        assertThat(PeerAddress.of(channel)).isEqualTo(new InetSocketAddress("2001:db8::7", 4000));
        assertThat(proceeded).isEqualTo(1);
    }

    @Test
    void shouldTakeTheBalancerForTheClientOfItsOwnChecks() {
        connect();
        receive(LOCAL);

        assertThat(PeerAddress.of(channel)).isEqualTo(new InetSocketAddress("192.0.2.1", 40_000));
        assertThat(proceeded).isEqualTo(1);
        assertThat(channel.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a ClientHello without a header, a header of version 1, one of UDP, one of a Unix socket, one of
                // version 3
                "1603010200010001fc0303000102030405060708090a0b0c0d0e0f101112131415160d0a",
                "50524f58592054435034203139382e35312e3130302e37203139322e302e322e322034303030203838383820" + "0d0a",
                SIGNATURE + "21" + "12" + "000c" + "c6336407c00002fe0fa022b8",
                SIGNATURE + "21" + "31" + "0000",
                SIGNATURE + "31" + "11" + "000c" + "c6336407c00002fe0fa022b8",
            })
    void shouldCloseAndCountWhatHasNoValidHeader(String hex) {
        connect();
        receive(hex);

        assertThat(channel.isOpen()).isFalse();
        assertThat(proceeded).isZero();
        assertThat(counters.get(Counter.CONTROL_NO_PROXY_HEADER)).isEqualTo(1);
    }

    @Test
    void shouldNotCollectAHeaderOfAnyLength() {
        connect();
        receive(SIGNATURE + "21" + "11" + "ffff" + "c6336407c00002fe0fa022b8");
        receive("00".repeat(6_000));

        assertThat(channel.isOpen()).isFalse();
        assertThat(counters.get(Counter.CONTROL_NO_PROXY_HEADER)).isEqualTo(1);
    }

    @Test
    void shouldNotWaitForAHeaderForEver() {
        connect();
        receive(SIGNATURE);
        channel.advanceTimeBy(ProxyHeaders.HEADER_MS, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(counters.get(Counter.CONTROL_NO_PROXY_HEADER)).isEqualTo(1);
    }

    @Test
    void shouldCloseConnectionsOfRejectedClientsOnly() {
        connect("198.51.100.7");
        receive(TCP4);

        assertThat(channel.isOpen()).isFalse();
        assertThat(counters.get(Counter.CONTROL_NO_PROXY_HEADER)).isZero();
    }

    @Test
    void shouldExpectNoHeaderFromOthers() {
        ProxyHeaders headers = new ProxyHeaders(
                List.of(IpNetwork.parse("198.51.100.0/24").orElseThrow()),
                address -> false,
                new EventBus(),
                counters,
                new ManualClock());

        assertThat(headers.isExpected(channel)).isFalse();
    }
}
