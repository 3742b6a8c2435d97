package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFolderTest {

    @ParameterizedTest
    @CsvSource({
        "/elsewhere, /elsewhere/voiptui",
        "relative, /home/alice/.config/voiptui",
        "'', /home/alice/.config/voiptui",
    })
    void shouldFollowTheXdgBaseDirectorySpecification(String configured, String folder) {
        assertThat(ConfigFolder.of(Map.of("XDG_CONFIG_HOME", configured), "/home/alice")
                        .path())
                .isEqualTo(Path.of(folder));
    }

    @Test
    void shouldBeInTheUsersHomeByDefault() {
        ConfigFolder folder = ConfigFolder.of(Map.of(), "/home/alice");

        assertThat(folder.identityFile()).isEqualTo(Path.of("/home/alice/.config/voiptui/identity.pem"));
        assertThat(folder.knownRelays().file()).isEqualTo(Path.of("/home/alice/.config/voiptui/known_relays"));
    }
}
