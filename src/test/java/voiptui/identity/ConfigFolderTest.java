package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigFolderTest {

    @Test
    void shouldNameItsFiles() {
        ConfigFolder folder = new ConfigFolder(Path.of("/home/alice/.config/voiptui"));

        assertThat(folder.identityFile()).isEqualTo(Path.of("/home/alice/.config/voiptui/identity.pem"));
        assertThat(folder.knownRelays().file()).isEqualTo(Path.of("/home/alice/.config/voiptui/known_relays"));
        assertThat(folder.blockedPeers().file()).isEqualTo(Path.of("/home/alice/.config/voiptui/blocked_peers"));
    }
}
