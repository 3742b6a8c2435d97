package voiptui.relay.media.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.net.IpText;

class PackedAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "192.0.2.7", "::", "::1", "2001:db8::ff00:42:8329"})
    void shouldBecomeTheSameAddressAgain(String ip) {
        InetSocketAddress address = new InetSocketAddress(IpText.parse(ip).orElseThrow(), 65_535);
        assertThat(PackedAddress.of(address).unpacked()).isEqualTo(address);
    }

    @Test
    void shouldMapAnIpv4AddressAsRfc4291Does() {
        PackedAddress packed =
                PackedAddress.of(new InetSocketAddress(IpText.parse("192.0.2.1").orElseThrow(), 9));
        assertThat(packed).isEqualTo(new PackedAddress(0, 0xffff_c000_0201L, 9, 0));
    }

    @Test
    void shouldKeepTheInterfaceOfALinkLocalAddress() throws UnknownHostException {
        byte[] bytes = InetAddress.getByName("fe80::1").getAddress();
        Inet6Address address = Inet6Address.getByAddress(null, bytes, 7);
        PackedAddress packed = PackedAddress.of(address, 1);
        assertThat(packed.scope()).isEqualTo(7);
        assertThat(((Inet6Address) packed.address()).getScopeId()).isEqualTo(7);
    }
}
