package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.net.IpText;
import voiptui.testkit.ClassicPeer;

/**
 * A relay that listens on all addresses of its machine answers from the one that a client spoke to. The clients here receive
 * nothing from any other.
 */
@ParameterizedClass
@EnumSource
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class AllAddressesIT {

    private static final long PATIENCE_MS = V2RelayHarness.PATIENCE_MS;
    private static final long TRY_MS = 200;

    private final MediaIo io;
    private V2RelayHarness relay;

    AllAddressesIT(MediaIo io) {
        this.io = io;
    }

    @BeforeEach
    void startRelay() throws IOException {
        relay = V2RelayHarness.startOnAllAddresses(io);
    }

    @AfterEach
    void stopRelay() {
        relay.close();
    }

    private ClassicPeer classic(String ip, String at) {
        return relay.keep(new ClassicPeer(ip, relay.controlAt(at), relay.mediaAt(at)).behindNat());
    }

    private static byte[] rtp(int sequence) {
        byte[] packet = ClassicPeer.packet(sequence, 100);
        packet[0] = (byte) 0x80;
        return packet;
    }

    @Test
    void shouldCarryACallOfClientsThatSpeakToDifferentAddresses() throws IOException {
        V2RelayHarness.Phone a = relay.phoneBehindNat("anna", "127.0.0.1", "127.0.0.2", "127.0.0.2");
        V2RelayHarness.Phone b = relay.phoneBehindNat("bert", "127.0.0.1", "127.0.0.3", "127.0.0.3");
        V2RelayHarness.Phone c = relay.phoneBehindNat("carl", "::1", "::1", "::1");
        a.udp().bind(PATIENCE_MS);
        b.udp().bind(PATIENCE_MS);
        c.udp().bind(PATIENCE_MS);
        relay.call(a, "bert");
        for (int packet = 0; packet < 20; packet++) {
            a.udp().send(rtp(packet));
            assertThat(b.udp().receiveMedia(PATIENCE_MS)).hasValue(rtp(packet));
            b.udp().send(rtp(packet));
            assertThat(a.udp().receiveMedia(PATIENCE_MS)).hasValue(rtp(packet));
        }
        assertThat(c.udp().ask(0, false, PATIENCE_MS)).isPresent();
    }

    /** On hosts with an IPv6 address besides that of the loopback. */
    @Test
    void shouldAnswerFromTheIpv6AddressThatAClientSpeaksTo() throws IOException {
        Optional<String> found = anotherIpv6Address();
        assumeTrue(found.isPresent(), "this machine has one IPv6 address only");
        String other = found.orElseThrow();
        V2RelayHarness.Phone a = relay.phoneBehindNat("anna", "::1", other, other);
        V2RelayHarness.Phone b = relay.phoneBehindNat("bert", "::1", "::1", "::1");
        a.udp().bind(PATIENCE_MS);
        b.udp().bind(PATIENCE_MS);
        relay.call(a, "bert");
        a.udp().send(rtp(1));
        assertThat(b.udp().receiveMedia(PATIENCE_MS)).hasValue(rtp(1));
        b.udp().send(rtp(2));
        assertThat(a.udp().receiveMedia(PATIENCE_MS)).hasValue(rtp(2));

        ClassicPeer c = classic("::1", other);
        ClassicPeer d = classic(other, "::1");
        assertThat(c.hello(other)).isEqualTo("WELCOME");
        assertThat(d.hello("::1")).isEqualTo("WELCOME");
        c.send(ClassicPeer.packet(3));
        assertThat(d.receive(PATIENCE_MS)).hasValue(ClassicPeer.packet(3));
        d.send(ClassicPeer.packet(4));
        assertThat(c.receive(PATIENCE_MS)).hasValue(ClassicPeer.packet(4));
    }

    private static Optional<String> anotherIpv6Address() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet6Address.class::isInstance)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(IpText::of)
                .map(text -> text.replaceFirst("%.*", ""))
                .findFirst();
    }

    @Test
    void shouldSendMediaFromTheAddressThatTheBindReached() throws IOException {
        relay.phoneBehindNat("mona", "127.0.0.1", "127.0.0.3", "127.0.0.3");
        V2RelayHarness.Phone a = relay.phoneBehindNat("anna", "127.0.0.1", "127.0.0.1", "127.0.0.3");
        V2RelayHarness.Phone b = relay.phoneBehindNat("bert", "127.0.0.4", "127.0.0.1", "127.0.0.1");
        a.udp().bind(PATIENCE_MS);
        b.udp().bind(PATIENCE_MS);
        relay.call(a, "bert");
        assertForwards(b, a, rtp(1));
        assertForwards(a, b, rtp(2));
    }

    /** Sends until something arrives: the media thread may learn about a call a little later than the phones. */
    private static void assertForwards(V2RelayHarness.Phone from, V2RelayHarness.Phone to, byte[] packet)
            throws IOException {
        Optional<byte[]> heard = Optional.empty();
        for (int waitedMs = 0; heard.isEmpty() && waitedMs < PATIENCE_MS; waitedMs += TRY_MS) {
            from.udp().send(packet);
            heard = to.udp().receiveMedia(TRY_MS);
        }
        assertThat(heard).hasValue(packet);
    }

    @Test
    void shouldForwardForClassicClientsFromTheAddressThatTheyRegisteredAt() throws IOException {
        ClassicPeer a = classic("127.0.0.5", "127.0.0.2");
        ClassicPeer b = classic("127.0.0.6", "127.0.0.1");
        assertThat(a.hello("127.0.0.6")).isEqualTo("WELCOME");
        assertThat(b.hello("127.0.0.5")).isEqualTo("WELCOME");
        for (int packet = 0; packet < 20; packet++) {
            a.send(ClassicPeer.packet(packet));
            assertThat(b.receive(PATIENCE_MS)).hasValue(ClassicPeer.packet(packet));
            b.send(ClassicPeer.packet(packet));
            assertThat(a.receive(PATIENCE_MS)).hasValue(ClassicPeer.packet(packet));
        }
    }
}
