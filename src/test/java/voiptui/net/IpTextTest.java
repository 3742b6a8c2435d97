package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "127.0.0.1, 127.0.0.1",
        "::1, 0:0:0:0:0:0:0:1",
        "::, 0:0:0:0:0:0:0:0",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "0000:0000:0000:0000:0000:ffff:192.168.100.228, 192.168.100.228",
    })
    void shouldParseAnAddress(String text, String address) {
        assertThat(IpText.parse(text)).map(InetAddress::getHostAddress).contains(address);
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "fe80::1%2, fe80:0:0:0:0:0:0:1",
        "fe80::10:0%no-such.interface_1, fe80:0:0:0:0:0:10:0"
    })
    void shouldDropTheZoneOfALinkLocalAddress(String text, String address) {
        assertThat(IpText.parse(text)).map(InetAddress::getHostAddress).contains(address);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:0, 192.0.2.1",
        "192.0.2.1:5000, 192.0.2.1",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:5000, 2001:db8:0:0:0:0:0:1",
        "[fe80::1%eth0]:5000, fe80:0:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
    })
    void shouldParseAnAddressWithOrWithoutAPort(String text, String address) {
        assertThat(IpText.parseHost(text)).map(InetAddress::getHostAddress).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dora",
                "dora:1",
                "*:5000",
                ":",
                "[",
                "[:",
                "[]",
                "[]:",
                "[]:1",
                "]:1",
                "[::1",
                "[dora]:1",
                "::1]:1"
            })
    void shouldFindNoAddressInOtherText(String text) {
        assertThat(IpText.parseHost(text)).isEmpty();
    }

    /** None of these may cause a DNS query, which any sender could then trigger. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "a",
                "dead.beef",
                "cafe",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..2.3",
                "256.1.1.1",
                "1.2.3.999",
                "01.2.3.4",
                "1.2.3.04",
                "-1.2.3.4",
                "+1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "1.2.3.4\0",
                "1.2.3.4/8",
                "1.2.3.4:80",
                "0x1.2.3.4",
                "\u0661.2.3.4",
                "\uff11.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "::12345",
                "::g",
                "[::1]",
                "::1%lo",
                "fe80::1%0",
                "fe80::1%",
                "fe80::1%eth0%1",
                "fe80::1%eth 0",
                "fe80::1%\u001b[2J",
                "2001:db8::1%eth0",
                "192.0.2.1%eth0",
                ":1",
                "1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::1.2.3",
                "::1.2.3.256",
                ".:",
                ".::1",
                "...:",
                ".a:b",
                "f.:",
                "0000:0000:0000:0000:0000:ffff:255.255.255.2555",
                "a:b.c"
            })
    @Timeout(5)
    void shouldRefuseInvalidText(String text) {
        assertThat(IpText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 5000, 192.0.2.1:5000",
        "2001:db8::1, 5000, [2001:db8::1]:5000",
        "::1, 1, [::1]:1",
        "2001:db8:0:0:1:0:0:0, 2, [2001:db8:0:0:1::]:2",
        "2001:db8:10:0:1:1:1:1, 3, [2001:db8:10:0:1:1:1:1]:3",
        "fe80::10:0, 4, [fe80::10:0]:4",
        "0.0.0.0, 8888, *:8888",
        "::, 8888, *:8888"
    })
    void shouldFormatAddressAndPort(String address, int port, String text) throws UnknownHostException {
        assertThat(IpText.of(InetAddress.getByName(address), port)).isEqualTo(text);
        assertThat(IpText.of(new InetSocketAddress(InetAddress.getByName(address), port)))
                .isEqualTo(text);
    }

    @Test
    void shouldKeepTheZone() throws UnknownHostException {
        byte[] bytes = InetAddress.getByName("fe80::1:0").getAddress();
        InetAddress zoned = Inet6Address.getByAddress(null, bytes, 7);

        assertThat(IpText.of(zoned)).isEqualTo("fe80::1:0%7");
        assertThat(IpText.of(zoned, 5000)).isEqualTo("[fe80::1:0%7]:5000");
        bytes[13] = 0;
        assertThat(IpText.of(Inet6Address.getByAddress(null, bytes, 7), 5000)).isEqualTo("[fe80::%7]:5000");
    }

    @Test
    void shouldFormatTheAddressAndNotTheHostName() throws UnknownHostException {
        InetAddress named = InetAddress.getByAddress("relay.example", new byte[] {(byte) 192, 0, 2, 1});

        assertThat(IpText.of(named, 1)).isEqualTo("192.0.2.1:1");
    }

    @Test
    void shouldAllowTheLongestAddress() {
        assertThat("0000:0000:0000:0000:0000:ffff:192.168.100.228").hasSize(IpText.MAX_LENGTH);
    }
}
