package voiptui.report.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldAppendToAnExistingFile() throws IOException {
        for (String line : List.of("one", "two")) {
            try (LogFile log = LogFile.open("voiptui.log", Map.of("XDG_STATE_HOME", folder.toString()))) {
                log.lines().println(line);
            }
        }
        assertThat(Files.readAllLines(folder.resolve("voiptui/voiptui.log"))).containsExactly("one", "two");
    }

    @Test
    void shouldKeepThreeOlderOnesAndLoseNoLine() throws IOException {
        Path path = folder.resolve("voiptui.log");
        try (LogFile log = LogFile.open(path, 20)) {
            PrintStream lines = log.lines();
            for (int i = 0; i < 10; i++) {
                lines.println("line " + i + " ää");
            }
        }
        assertThat(Files.readAllLines(path)).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("voiptui.log.1"))).containsExactly("line 8 ää", "line 9 ää");
        assertThat(Files.readAllLines(folder.resolve("voiptui.log.2"))).containsExactly("line 6 ää", "line 7 ää");
        assertThat(Files.readAllLines(folder.resolve("voiptui.log.3"))).containsExactly("line 4 ää", "line 5 ää");
        assertThat(folder.resolve("voiptui.log.4")).doesNotExist();
    }

    @Test
    void shouldSayWhenItCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> LogFile.open(file.resolve("voiptui.log"), 20)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldBeReadableByItsOwnerOnly() throws IOException {
        Path path = folder.resolve("voiptui.log");
        try (LogFile log = LogFile.open(path, 5)) {
            log.lines().println("rotated");
        }
        for (Path file : List.of(path, folder.resolve("voiptui.log.1"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }
}
