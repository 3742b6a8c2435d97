package voiptui.audio.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.audio.AudioUnavailableException;

class NewWavFileTest {

    private static final InstantSource CLOCK = InstantSource.fixed(LocalDateTime.of(2026, 11, 27, 14, 3, 59)
            .atZone(ZoneId.systemDefault())
            .toInstant());

    @TempDir
    private Path folder;

    private List<String> created(String pattern, boolean overwrite, int times) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            try (WavWriter file = new NewWavFile(folder.resolve(pattern), overwrite).create(48_000, 1, CLOCK)) {
                names.add(folder.relativize(file.path()).toString());
            }
        }
        return names;
    }

    @Test
    void shouldNumberFilesRatherThanReplaceOne() throws Exception {
        Files.writeString(folder.resolve("heard.wav"), "a call that was");

        assertThat(created("heard.wav", false, 2)).containsExactly("heard-2.wav", "heard-3.wav");
        assertThat(created("heard", false, 2)).containsExactly("heard", "heard-2");
        assertThat(folder.resolve("heard.wav")).hasContent("a call that was");
    }

    @Test
    void shouldCompleteThePattern() throws Exception {
        assertThat(created("%n of %d at %t, 100%%, %x%.wav", false, 2))
                .containsExactly("1 of 20261127 at 140359, 100%, %x%.wav", "2 of 20261127 at 140359, 100%, %x%.wav");
        assertThat(created("%d-%t.wav", false, 2)).containsExactly("20261127-140359.wav", "20261127-140359-2.wav");
    }

    @Test
    void shouldReplaceAFileIfToldTo() throws Exception {
        Files.writeString(folder.resolve("heard.wav"), "a call that was");

        assertThat(created("heard.wav", true, 2)).containsExactly("heard.wav", "heard.wav");
        assertThat(folder.resolve("heard.wav")).hasSize(44);
    }

    @Test
    void shouldCheckWithoutWriting() throws Exception {
        new NewWavFile(folder.resolve("heard.wav"), false).check(CLOCK);

        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> new NewWavFile(folder.resolve("missing/heard.wav"), false).check(CLOCK))
                .isInstanceOf(AudioUnavailableException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> new NewWavFile(folder, false).check(CLOCK)).hasMessageContaining("is a directory");
    }
}
