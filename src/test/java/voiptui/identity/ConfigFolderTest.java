package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
    void shouldFollowTheXdgBaseDirectorySpecification(String configured, String folder) throws Exception {
        assertThat(ConfigFolder.of(Map.of("XDG_CONFIG_HOME", configured), "/home/alice")
                        .path())
                .isEqualTo(Path.of(folder));
    }

    @Test
    void shouldTakeHomeBeforeTheUserDatabase() throws Exception {
        assertThat(ConfigFolder.of(Map.of("HOME", "/service"), "/home/alice").path())
                .isEqualTo(Path.of("/service/.config/voiptui"));
        assertThat(ConfigFolder.of(Map.of("HOME", "relative"), "/home/alice").path())
                .isEqualTo(Path.of("/home/alice/.config/voiptui"));
    }

    @Test
    void shouldWriteNothingIntoTheCurrentFolder() {
        assertThatThrownBy(() -> ConfigFolder.of(Map.of("HOME", ""), "?"))
                .isInstanceOf(IOException.class)
                .hasMessage("no home directory for the configuration: set HOME to an absolute path");
    }

    @Test
    void shouldBeInTheUsersHomeByDefault() throws Exception {
        ConfigFolder folder = ConfigFolder.of(Map.of(), "/home/alice");

        assertThat(folder.identityFile()).isEqualTo(Path.of("/home/alice/.config/voiptui/identity.pem"));
        assertThat(folder.knownRelays().file()).isEqualTo(Path.of("/home/alice/.config/voiptui/known_relays"));
    }
}
