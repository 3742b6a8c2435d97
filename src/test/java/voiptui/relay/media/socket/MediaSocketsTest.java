package voiptui.relay.media.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaSocketsTest {

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "Linux, 6.13.0, 2147483647",
        "Linux, 6.13, 2147483647",
        "Linux, 6.18.44-fc-v782, 2147483647",
        "Linux, 7.0.1, 2147483647",
        "Linux, 6.12.9-amd64, 256",
        "Linux, 6.1.0-28-amd64, 256",
        "Linux, 5.15.90.1-microsoft-standard-WSL2, 256",
        "Linux, unknown, 256",
        "Linux, '', 256",
        "Linux, 99999.1, 256",
        "Mac OS X, 14.5, 0",
        "Windows 11, 10.0, 0"
    })
    void shouldConnectManySocketsOnlyWhereTheyAreFoundQuickly(String system, String version, int most) {
        assertThat(MediaSockets.maxConnected(system, version)).isEqualTo(most);
    }
}
