package voiptui.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "relay.example, relay.example, 8888, relay.example:8888",
        "relay.example:7000, relay.example, 7000, relay.example:7000",
        "192.0.2.1, 192.0.2.1, 8888, 192.0.2.1:8888",
        "192.0.2.1:1, 192.0.2.1, 1, 192.0.2.1:1",
        "192.0.2.1:65535, 192.0.2.1, 65535, 192.0.2.1:65535",
        "2001:db8::1, 2001:db8::1, 8888, [2001:db8::1]:8888",
        "::1, ::1, 8888, [::1]:8888",
        "[2001:db8::1], 2001:db8::1, 8888, [2001:db8::1]:8888",
        "[2001:db8::1]:7000, 2001:db8::1, 7000, [2001:db8::1]:7000",
    })
    void shouldParseHostAndPort(String text, String host, int port, String again) {
        HostPort read = HostPort.parse(text, 8888);

        assertThat(read).isEqualTo(new HostPort(host, port));
        assertThat(read).hasToString(again);
        assertThat(HostPort.parse(again, 1)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":",
                ":8888",
                "host:",
                "host:0",
                "host:65536",
                "host:-1",
                "host:99999999999",
                "host:http",
                "host: 80",
                "host:80 ",
                "ho st",
                "host\n",
                "[",
                "[]",
                "[]:80",
                "[::1",
                "[::1]80",
                "[::1]:",
                "[::1]:x",
                "host:+80",
                "a:b]:8888",
                "a[b",
                "[[::1]",
                "host:\uff18\uff10"
            })
    void shouldRefuseInvalidTextWithAMessage(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.parse(text, 8888))
                .satisfies(problem -> assertThat(problem.getMessage()).isNotBlank());
    }
}
