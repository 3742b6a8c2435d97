package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.testkit.ClassicPeer;

/** A relay that listens on one IPv4 and one IPv6 address, and on no other. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class TwoAddressesIT {

    private static final long PATIENCE_MS = V2RelayHarness.PATIENCE_MS;

    private final MediaIo io;
    private V2RelayHarness relay;

    TwoAddressesIT(MediaIo io) {
        this.io = io;
    }

    @BeforeEach
    void startRelay() throws IOException {
        relay = V2RelayHarness.startOn(
                new ListenAddresses(List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"))), io);
    }

    @AfterEach
    void stopRelay() {
        relay.close();
    }

    private static byte[] rtp(int sequence) {
        byte[] packet = ClassicPeer.packet(sequence, 100);
        packet[0] = (byte) 0x80;
        return packet;
    }

    @Test
    void shouldCarryACallBetweenTheFamilies() throws IOException {
        V2RelayHarness.Phone a = relay.phoneBehindNat("anna", "127.0.0.1", "127.0.0.1", "127.0.0.1");
        V2RelayHarness.Phone b = relay.phoneBehindNat("bert", "::1", "::1", "::1");
        a.udp().bind(PATIENCE_MS);
        b.udp().bind(PATIENCE_MS);
        relay.call(a, "bert");
        for (int packet = 0; packet < 20; packet++) {
            a.udp().send(rtp(packet));
            assertThat(b.udp().receiveMedia(PATIENCE_MS)).hasValue(rtp(packet));
            b.udp().send(rtp(packet));
            assertThat(a.udp().receiveMedia(PATIENCE_MS)).hasValue(rtp(packet));
        }
    }

    @Test
    void shouldListenOnNoOtherAddress() {
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(relay.controlAt("127.0.0.2"), (int) PATIENCE_MS);
                    }
                })
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldRefuseTwoAddressesOfOneFamily() throws IOException {
        List<InetAddress> both = List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2"));

        assertThatThrownBy(() -> new ListenAddresses(both))
                .hasMessageStartingWith("--bind takes one IPv4 and one IPv6 address");
    }
}
