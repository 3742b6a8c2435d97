package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.DirectorySettings;
import voiptui.relay.media.SenderRate;

class ConfigChangeTest {

    private static final RelayConfig NOW = RelayConfig.defaults(Path.of("/state"));

    @Test
    void shouldTellWhatChangesAtOnceFromWhatNeedsARestart() {
        RelayConfig wanted = new RelayConfig(
                        NOW.bind(),
                        9000,
                        NOW.udpPort(),
                        NOW.media(),
                        NOW.admission(),
                        new RelayConfig.Times(NOW.classic(), 5_000),
                        DirectorySettings.of(Path.of("/state"), AccessPolicy.KNOWN))
                .withSenderRate(new SenderRate(100, 100_000));

        ConfigChange change = ConfigChange.of(NOW, wanted);

        assertThat(change.changed()).containsExactly("--access", "--ring-limit");
        assertThat(change.needRestart()).containsExactly("--tcp-port", "--max-packet-rate, --max-byte-rate");
    }

    @Test
    void shouldFindNothingWhereNothingHasChanged() {
        assertThat(ConfigChange.of(NOW, RelayConfig.defaults(Path.of("/state"))))
                .isEqualTo(new ConfigChange(java.util.List.of(), java.util.List.of()));
    }
}
