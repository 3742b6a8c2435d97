package voiptui.relay.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final long MB = 1024 * 1024;

    @TempDir
    private Path folder;

    private StateFile file;

    @BeforeEach
    void createFile() {
        file = new StateFile(folder.resolve("names"));
    }

    private void edit(String text) throws IOException {
        Files.writeString(file.path(), text);
    }

    @Test
    void shouldReturnTheLinesOfEachVersionOnce() throws IOException {
        assertThat(file.linesIfChanged(file.version())).as("no file").contains(List.of());
        edit("dora\n");
        assertThat(file.linesIfChanged(file.version())).contains(List.of("dora"));
        assertThat(file.linesIfChanged(file.version())).as("unchanged").isEmpty();
        edit("dora\nattic\n");
        assertThat(file.linesIfChanged(file.version())).contains(List.of("dora", "attic"));
    }

    @Test
    void shouldNotReadAgainWhatItsUserHasWritten() throws IOException {
        file.linesIfChanged(file.version());
        file.editKnown(() -> file.append(List.of("dora")));
        assertThat(file.linesIfChanged(file.version())).isEmpty();
        file.editKnown(() -> file.replace(List.of("attic")));
        assertThat(file.linesIfChanged(file.version())).isEmpty();
    }

    @Test
    void shouldReadAgainIfSomebodyElseWroteBefore() throws IOException {
        file.linesIfChanged(file.version());
        edit("bell\n");
        file.editKnown(() -> file.append(List.of("dora")));
        assertThat(file.linesIfChanged(file.version())).contains(List.of("bell", "dora"));
    }

    @Test
    void shouldKnowTheWholeFileIfItsUserWroteIt() throws IOException {
        edit("bell\n");
        file.noteKnown();
        assertThat(file.linesIfChanged(file.version())).isEmpty();
    }

    @Test
    void shouldTryAgainAfterAFailure() throws IOException {
        Files.createDirectory(file.path());
        assertThatThrownBy(() -> file.linesIfChanged(file.version())).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> file.linesIfChanged(file.version())).hasMessageContaining("not a regular file");
    }

    /** Makes the file as long as {@code megabytes} without taking room on the disk. */
    private StateFile sparse(long megabytes, long maxHeapMb) throws IOException {
        StateFile large = new StateFile(folder.resolve("names"), maxHeapMb * MB);
        try (RandomAccessFile content = new RandomAccessFile(large.path().toFile(), "rw")) {
            content.setLength(megabytes * MB);
        }
        return large;
    }

    @Test
    void shouldSayHowMuchHeapALargerFileNeeds() throws IOException {
        assertThatThrownBy(() -> sparse(83, 192).lines())
                .hasMessageContaining("names: its 83 MB are too many for a heap of 192 MB")
                .hasMessageEndingWith("remove lines, or set VOIPTUI_JAVA_OPTS=-Xmx830m");
    }

    @Test
    void shouldReadALargerFileWithTheHeapThatItAskedFor() throws IOException {
        assertThat(sparse(17, 17 * 10).lines()).hasSize(1);
        assertThatThrownBy(() -> sparse(17, 17 * 10 - 1).lines()).hasMessageContaining("too many");
    }

    @Test
    void shouldReadSixteenMegabytesWithAnyHeap() throws IOException {
        assertThat(sparse(16, 1).lines()).hasSize(1);
    }
}
