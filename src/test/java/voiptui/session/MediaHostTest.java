package voiptui.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.net.IpText;
import voiptui.protocol.RelayMessage;

/** Where media is sent when the relay names an address for it. */
class MediaHostTest {

    @ParameterizedTest(name = "connected to {0}, welcome names {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "192.0.2.1,   -,               192.0.2.1",
                "192.0.2.1,   203.0.113.1,     203.0.113.1",
                "2001:db8::1, 2001:db8::2,     2001:db8::2",
                "192.0.2.1,   2001:db8::2,     192.0.2.1",
                "192.0.2.1,   media.example,   192.0.2.1",
                "192.0.2.1,   '',              192.0.2.1",
            })
    void shouldUseAnAddressOfTheSameIpVersion(String control, String named, String used) {
        RelayMessage.Udp udp = new RelayMessage.Udp(named, 9999, "0".repeat(16), "0".repeat(64));
        assertThat(RelayText.mediaHost(ip(control), udp)).isEqualTo(ip(used));
    }

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }
}
