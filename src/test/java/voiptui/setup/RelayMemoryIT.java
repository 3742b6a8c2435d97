package voiptui.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay, as the launcher starts it, whose memory is too small. */
class RelayMemoryIT {

    private static final Path LAUNCHER = Path.of(System.getProperty("voiptui.basedir", "."), "src/main/sh/voiptui");
    private static final Path JAR = Path.of(System.getProperty("voiptui.jar", "target/voiptui.jar"));
    /** As the manual page says; without the launcher's option it would be 1, or threads would die one by one. */
    private static final int OUT_OF_MEMORY = 3;

    @TempDir
    private Path folder;

    @Test
    void shouldEndWithALineWhenMemoryRunsOut() throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("lib/voiptui"));
        Path launcher = Files.copy(LAUNCHER, folder.resolve("bin/voiptui"));
        Files.createSymbolicLink(folder.resolve("lib/voiptui/voiptui.jar"), JAR.toAbsolutePath());

        Tool.Result ended = Tool.run(
                folder,
                Map.of("VOIPTUI_JAVA_OPTS", "-Xms2m -Xmx4m", "JAVA_HOME", System.getProperty("java.home")),
                List.of(
                        "sh",
                        launcher.toString(),
                        "relay",
                        "--bind",
                        "127.0.0.1",
                        "--tcp-port",
                        "0",
                        "--udp-port",
                        "0",
                        "--state-dir",
                        folder.resolve("state").toString()));

        assertThat(ended.status()).as(ended.output()).isEqualTo(OUT_OF_MEMORY);
        assertThat(ended.output()).contains("Terminating due to java.lang.OutOfMemoryError");
    }
}
