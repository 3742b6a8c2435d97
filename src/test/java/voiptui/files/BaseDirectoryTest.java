package voiptui.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BaseDirectoryTest {

    @ParameterizedTest
    @CsvSource({
        "CONFIG, XDG_CONFIG_HOME, /elsewhere, /elsewhere/voiptui",
        "CONFIG, XDG_CONFIG_HOME, relative, /home/alice/.config/voiptui",
        "CONFIG, XDG_CONFIG_HOME, '', /home/alice/.config/voiptui",
        "CONFIG, XDG_STATE_HOME, /elsewhere, /home/alice/.config/voiptui",
        "STATE, XDG_STATE_HOME, /elsewhere, /elsewhere/voiptui",
        "STATE, XDG_STATE_HOME, relative, /home/alice/.local/state/voiptui",
    })
    void shouldFollowTheSpecification(BaseDirectory directory, String variable, String value, String folder)
            throws Exception {
        assertThat(directory.folder(Map.of(variable, value), "/home/alice")).isEqualTo(Path.of(folder));
    }

    @Test
    void shouldTakeHomeBeforeTheUserDatabase() throws Exception {
        assertThat(BaseDirectory.CONFIG.folder(Map.of("HOME", "/service"), "/home/alice"))
                .isEqualTo(Path.of("/service/.config/voiptui"));
        assertThat(BaseDirectory.STATE.folder(Map.of("HOME", "relative"), "/home/alice"))
                .isEqualTo(Path.of("/home/alice/.local/state/voiptui"));
    }

    @ParameterizedTest
    @EnumSource(BaseDirectory.class)
    void shouldWriteNothingIntoTheCurrentFolder(BaseDirectory directory) {
        assertThatThrownBy(() -> directory.folder(Map.of("HOME", "here"), "?"))
                .isInstanceOf(IOException.class)
                .hasMessage("no home directory: set HOME to an absolute path");
    }
}
