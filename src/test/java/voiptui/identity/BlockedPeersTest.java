package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockedPeersTest {

    private static final Fingerprint MALLORY = new Fingerprint("SHA256:" + "m".repeat(43));
    private static final Fingerprint EVE = new Fingerprint("SHA256:" + "e".repeat(43));

    @TempDir
    private Path folder;

    private BlockedPeers peers() {
        return new BlockedPeers(folder.resolve("voiptui/blocked_peers"));
    }

    @Test
    void shouldBeEmptyWithoutAFile() throws IOException {
        assertThat(peers().entries()).isEmpty();
        peers().remove(MALLORY);
        assertThat(peers().file()).doesNotExist();
    }

    @Test
    void shouldKeepWhoIsBlockedInAFileThatOnlyTheUserCanRead() throws IOException {
        peers().add(new BlockedPeers.Entry("mallory", MALLORY));
        peers().add(new BlockedPeers.Entry("eve", EVE));
        peers().add(new BlockedPeers.Entry("mallory-again", MALLORY));

        assertThat(peers().entries())
                .containsExactly(new BlockedPeers.Entry("mallory", MALLORY), new BlockedPeers.Entry("eve", EVE));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(peers().file())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder.resolve("voiptui"))) {
            assertThat(files).containsExactly(peers().file());
        }
    }

    @Test
    void shouldKeepEverythingElseThatTheUserWrote() throws IOException {
        Files.createDirectories(folder.resolve("voiptui"));
        Files.writeString(
                peers().file(), "# nuisances\n\nmallory " + MALLORY + "\nnonsense\nno fingerprint\neve " + EVE);

        peers().remove(MALLORY);

        assertThat(peers().file()).hasContent("# nuisances\n\nnonsense\nno fingerprint\neve " + EVE + "\n");
        assertThat(peers().entries()).containsExactly(new BlockedPeers.Entry("eve", EVE));
    }

    @Test
    void shouldWriteOneLineWhateverTheNameIs() throws IOException {
        peers().add(new BlockedPeers.Entry("# x\ny " + EVE, MALLORY));

        assertThat(peers().entries())
                .extracting(BlockedPeers.Entry::fingerprint)
                .containsExactly(MALLORY);
    }

    @Test
    void shouldSayThatItCannotReadInsteadOfBlockingNobody() throws IOException {
        Files.createDirectories(peers().file());

        assertThatThrownBy(() -> peers().entries()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> peers().add(new BlockedPeers.Entry("eve", EVE)))
                .isInstanceOf(IOException.class);
    }
}
