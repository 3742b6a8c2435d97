package voiptui.cli.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.cli.exit.CommandFailure;
import voiptui.cli.exit.ExitCode;
import voiptui.event.PhoneEvent.BlockedPeer;
import voiptui.identity.BlockedPeers;

class BlockListFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldBlockNobodyWithoutAFile() throws CommandFailure {
        assertThat(BlockListFile.read(new BlockedPeers(folder.resolve("blocked_peers")))
                        .blocked())
                .isEmpty();
    }

    @Test
    void shouldNotStartWithAFileThatCannotBeRead() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("blocked_peers"));

        assertThatThrownBy(() -> BlockListFile.read(new BlockedPeers(inTheWay)))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessageStartingWith("cannot read " + inTheWay);
    }

    @Test
    void shouldSayWhyTheFileCannotBeWritten() throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("config"));
        Path file = inTheWay.resolve("blocked_peers");
        BlockListFile list = new BlockListFile(new BlockedPeers(file), List.of());

        assertThatThrownBy(() -> list.add(new BlockedPeer("dora", "SHA256:" + "a".repeat(43))))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read " + file + ": not a directory");
    }
}
