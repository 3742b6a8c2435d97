package voiptui.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProblemTest {

    private static final Path FILE = Path.of("/nonexistent/dir/file");

    @TempDir
    private Path folder;

    private static String message(Path file, IOException cause) {
        return FileProblem.of("write", file, cause).getMessage();
    }

    @Test
    void shouldNameTheDirectoryThatIsMissing() {
        assertThat(message(FILE, new NoSuchFileException(FILE.toString())))
                .isEqualTo("cannot write /nonexistent/dir/file: /nonexistent does not exist");
    }

    @Test
    void shouldNameTheFileThatIsInTheWay() {
        assertThat(message(FILE, new FileAlreadyExistsException("/nonexistent")))
                .isEqualTo("cannot write /nonexistent/dir/file: /nonexistent is in the way: move it");
    }

    @Test
    void shouldSayThatTheDiskIsFull() {
        assertThat(message(FILE, new IOException("No space left on device")))
                .isEqualTo("cannot write /nonexistent/dir/file: no space left on device; free some space");
        assertThat(message(FILE, new FileSystemException("/nonexistent/dir", null, "Read-only file system")))
                .isEqualTo("cannot write /nonexistent/dir/file: read-only file system (/nonexistent/dir); "
                        + "choose another directory");
    }

    @Test
    void shouldSayWhoseFileItIsAndWhoIsDenied() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(message(file, new AccessDeniedException(file.toString())))
                .isEqualTo("cannot write " + file + ": permission denied; " + file + " belongs to user "
                        + Files.getOwner(file).getName() + " with mode r--------, and this process runs as "
                        + System.getProperty("user.name"));
    }

    @Test
    void shouldNameTheDirectoryThatMayNotBeEntered() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Path file = closed.resolve("in/file");

        assertThat(message(file, new AccessDeniedException(file.toString()))).contains("; " + closed + " belongs to");
    }

    @Test
    void shouldBeTrueOfARealFailure() {
        Path device = Path.of("/proc/version/file");
        try {
            Files.writeString(device, "x");
        } catch (IOException real) {
            assertThat(message(device, real))
                    .startsWith("cannot write /proc/version/file: ")
                    .hasSizeGreaterThan(45);
        }
    }

    @Test
    void shouldExplainWhatJavaDoesNot() {
        assertThat(message(FILE, new IOException())).isEqualTo("cannot write " + FILE + ": java.io.IOException");
    }
}
