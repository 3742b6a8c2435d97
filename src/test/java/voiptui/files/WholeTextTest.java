package voiptui.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeTextTest {

    @TempDir
    private Path folder;

    private String after(String before, String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), before);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            WholeText.appendLines(channel, List.of(lines), StandardCharsets.UTF_8);
        }
        return Files.readString(file);
    }

    @Test
    void shouldAppendToWholeLinesAndToAnEmptyFile() throws IOException {
        assertThat(after("", "a", "b")).isEqualTo("a\nb\n");
        assertThat(after("a\n", "b")).isEqualTo("a\nb\n");
    }

    @Test
    void shouldEndHalfALineFirst() throws IOException {
        assertThat(after("a\nhal", "b")).isEqualTo("a\nhal\nb\n");
    }
}
