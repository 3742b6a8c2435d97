package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "192.0.2.0/24,    192.0.2.255,    true",
        "192.0.2.0/24,    192.0.3.0,      false",
        "192.0.2.77/24,   192.0.2.1,      true",
        "192.0.2.1,       192.0.2.1,      true",
        "192.0.2.1,       192.0.2.2,      false",
        "10.128.0.0/9,    10.255.1.1,     true",
        "10.128.0.0/9,    10.127.1.1,     false",
        "0.0.0.0/0,       203.0.113.9,    true",
        "0.0.0.0/0,       2001:db8::1,    false",
        "::/0,            2001:db8::1,    true",
        "2001:db8::/33,   2001:db8:7fff::1, true",
        "2001:db8::/33,   2001:db8:8000::1, false",
        "::1/128,         ::1,            true",
    })
    void shouldTellWhatIsInside(String network, String address, boolean inside) {
        assertThat(IpNetwork.parse(network).orElseThrow().contains(ip(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "on",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2/24",
                "::/129",
                "::1/x",
                "a/8",
                "1.2.3.4/8/8",
                "1.2.3.4/0008"
            })
    void shouldRefuseWhatIsNoNetwork(String text) {
        assertThat(IpNetwork.parse(text)).isEmpty();
    }

    @Test
    void shouldCountAnIpv6SiteAsOne() {
        assertThat(IpNetwork.ofSite(ip("2001:db8::1"))).isEqualTo(IpNetwork.ofSite(ip("2001:db8::ffff:1:2")));
        assertThat(IpNetwork.ofSite(ip("2001:db8::1"))).isNotEqualTo(IpNetwork.ofSite(ip("2001:db8:0:1::1")));
        assertThat(IpNetwork.ofSite(ip("192.0.2.1"))).isNotEqualTo(IpNetwork.ofSite(ip("192.0.2.2")));
        assertThat(IpNetwork.ofSite(ip("2001:db8::1"))).hasToString("2001:db8::/64");
        assertThat(IpNetwork.ofSite(ip("192.0.2.1"))).hasToString("192.0.2.1");
    }

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }
}
