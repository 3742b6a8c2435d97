package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.NotifySocket;
import voiptui.testkit.VoiptuiProcess;

/** The relay as a service of systemd. */
class ServiceIT {

    private static final long SOON_MS = 60_000;

    @TempDir
    private Path folder;

    @Test
    void shouldTellSystemdWhatItDoesAndLeaveABrokenConfigurationAlone() throws Exception {
        Path socket = folder.resolve("notify");
        Path config = Files.createDirectories(folder.resolve("voiptui")).resolve("config.toml");
        Files.writeString(config, "[relay]\nring-limit = \"30s\"\n");
        try (NotifySocket systemd = new NotifySocket(socket);
                VoiptuiProcess relay = VoiptuiProcess.start(
                        folder,
                        Map.of(
                                "NOTIFY_SOCKET",
                                socket.toString(),
                                "WATCHDOG_USEC",
                                "600000",
                                "XDG_CONFIG_HOME",
                                folder.toString()),
                        "relay",
                        "--json",
                        "--bind",
                        "127.0.0.1",
                        "--tcp-port",
                        "0",
                        "--udp-port",
                        "0",
                        "--drain",
                        "30s",
                        "--state-dir",
                        folder.resolve("state").toString())) {
            assertThat(systemd.await(SOON_MS, said -> true)).startsWith("READY=1\n");
            systemd.await(SOON_MS, "WATCHDOG=1"::equals);
            systemd.await(SOON_MS, "WATCHDOG=1"::equals);

            Files.writeString(config, "[relay]\nring-limit = \"40s\"\ntcp-port = 1\n");
            relay.signal("HUP");
            assertThat(systemd.await(SOON_MS, said -> said.startsWith("RELOADING=1\n")))
                    .containsPattern("\nMONOTONIC_USEC=[0-9]+\n");
            systemd.await(SOON_MS, said -> said.startsWith("READY=1\n"));
            assertThat(relay.awaitLog(SOON_MS, "files_reread", event -> true)
                            .get("changed")
                            .getAsString())
                    .isEqualTo("--ring-limit");

            Files.writeString(config, "[relay]\nring-limit = \"50s\"\naccess = [\n");
            relay.signal("HUP");
            assertThat(relay.awaitLog(SOON_MS, "warning", event -> true)
                            .get("text")
                            .getAsString())
                    .startsWith("nothing was changed: " + config + ":");

            relay.signal("TERM");
            systemd.await(SOON_MS, said -> said.startsWith("STOPPING=1\n"));
            assertThat(relay.awaitExit(SOON_MS)).isZero();
        }
    }
}
