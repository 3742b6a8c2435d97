package voiptui.relay.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.net.IpText;

class ClassicAccessTest {

    @ParameterizedTest(name = "{0}: {1} admitted: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "on                           | 203.0.113.1 | true",
                "on                           | 2001:db8::1 | true",
                "off                          | 127.0.0.1   | false",
                "192.0.2.0/24, 2001:db8::/32  | 192.0.2.9   | true",
                "192.0.2.0/24, 2001:db8::/32  | 2001:db8::1 | true",
                "192.0.2.0/24, 2001:db8::/32  | 203.0.113.1 | false",
            })
    void shouldAdmitWhoIsListed(String access, String address, boolean admitted) {
        assertThat(ClassicAccess.parse(access).admits(IpText.parse(address).orElseThrow()))
                .isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off", "192.0.2.0/24,2001:db8::/32"})
    void shouldPrintWhatItParses(String text) {
        assertThat(ClassicAccess.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "192.0.2.0/24,", "on,off", "relay.example"})
    void shouldExplainWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> ClassicAccess.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not on, off or an address such as 192.0.2.0/24");
    }
}
