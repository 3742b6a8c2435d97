package voiptui.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.Deadline;
import voiptui.testkit.VoiptuiProcess;

/** Stray signals to a relay that the launcher starts, from the first moment on. */
class LauncherSignalsIT {

    private static final long SOON_MS = 60_000;
    private static final Path LAUNCHER = Path.of(System.getProperty("voiptui.basedir", "."), "src/main/sh/voiptui");
    private static final Path JAR = Path.of(System.getProperty("voiptui.jar", "target/voiptui.jar"));

    /** Stands in for Java until a line comes: the time in which only the launcher's traps help. */
    private static final String SLOW_JAVA = """
            #!/bin/sh
            if [ "$1" != -version ]; then
                echo waiting >&2
                read -r line
            fi
            exec "$JAVA_HOME/bin/java" "$@"
            """;

    @TempDir
    private Path folder;

    private Path executable(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void strayTo(VoiptuiProcess relay) throws Exception {
        relay.signal("USR1");
        relay.signal("USR2");
    }

    @Test
    void shouldSurviveStrayUserSignalsAndRereadItsFilesAtSighup() throws Exception {
        Path launcher = executable("bin/voiptui", Files.readString(LAUNCHER));
        Path java = executable("slow-java", SLOW_JAVA);
        Files.createDirectories(folder.resolve("lib/voiptui"));
        Files.createSymbolicLink(folder.resolve("lib/voiptui/voiptui.jar"), JAR.toAbsolutePath());
        Map<String, String> environment =
                Map.of("VOIPTUI_JAVA", java.toString(), "JAVA_HOME", System.getProperty("java.home"));
        try (VoiptuiProcess relay = VoiptuiProcess.startWith(
                launcher,
                environment,
                "relay",
                "--json",
                "--bind",
                "127.0.0.1",
                "--tcp-port",
                "0",
                "--udp-port",
                "0",
                "--state-dir",
                folder.resolve("state").toString())) {
            Deadline.require(SOON_MS, relay::toString, () -> relay.err().contains("waiting"));
            strayTo(relay);
            relay.type("go");
            while (relay.err().stream().noneMatch(line -> line.startsWith("{\"event\":\"started\""))) {
                // Fails if the process has ended.
                strayTo(relay);
            }
            relay.signal("HUP");
            relay.awaitLog(SOON_MS, "files_reread", event -> true);
            strayTo(relay);
            relay.signal("TERM");

            assertThat(relay.awaitExit(SOON_MS)).as(relay.toString()).isZero();
        }
    }
}
