package voiptui.cli.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.cli.exit.CommandFailure;
import voiptui.identity.KnownPeers;
import voiptui.phone.peers.PeerStore.Peer;

class KnownPeersFileTest {

    private static final Peer BEN = new Peer("ben", "SHA256:" + "b".repeat(43), true);

    @TempDir
    private Path folder;

    private KnownPeersFile file() throws CommandFailure {
        return KnownPeersFile.read(new KnownPeers(folder.resolve("known_peers")), "relay.example:8888");
    }

    @Test
    void shouldKeepPeersForTheNextStart() throws CommandFailure, IOException {
        KnownPeersFile first = file();
        assertThat(first.known()).isEmpty();
        first.put(BEN);

        assertThat(first.read()).containsExactly(BEN);
        assertThat(file().known()).containsExactly(BEN);
    }

    @Test
    void shouldNotStartWithAFileThatCannotBeRead() throws IOException {
        Files.createDirectories(folder.resolve("known_peers"));

        assertThatThrownBy(this::file).isInstanceOf(CommandFailure.class).hasMessageContaining("known_peers");
    }
}
