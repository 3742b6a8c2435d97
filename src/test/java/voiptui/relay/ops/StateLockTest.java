package voiptui.relay.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void shouldKeepASecondRelayOut() throws IOException {
        Path stateDir = folder.resolve("state");
        try (StateLock first = StateLock.take(stateDir, warnings::add)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> StateLock.take(stateDir, warnings::add))
                        .isInstanceOf(IOException.class)
                        .hasMessage("another relay (this process) uses the state directory " + stateDir
                                + ": stop it, or choose another directory with --state-dir");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stateDir)))
                    .isEqualTo("rwx------");
            assertThat(stateDir.resolve("lock"))
                    .hasContent("process " + ProcessHandle.current().pid());
        }
        StateLock.take(stateDir, warnings::add).close();
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldKnowADirectoryByItsOtherNames() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("state")));
        try (StateLock first = StateLock.take(folder.resolve("state"), warnings::add)) {
            assertThatThrownBy(() -> StateLock.take(link, warnings::add)).hasMessageContaining("another relay");
        }
    }

    @Test
    void shouldNameThePathAndTheReasonWhenItCannotLock() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> StateLock.take(file.resolve("state"), warnings::add))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot create " + file.resolve("state") + ": ")
                .hasMessageContaining(file.toString());
    }
}
