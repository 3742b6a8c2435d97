package voiptui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldFindWhoListensOnAPort() throws IOException {
        int port;
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listening.getLocalPort();
            assertThat(LocalProcess.listeningOn(port))
                    .hasValue(ProcessHandle.current().pid());
        }
        assertThat(LocalProcess.listeningOn(port)).isEmpty();
    }

    @Test
    void shouldFindNobodyOnASystemWithoutProc(@TempDir Path empty) {
        assertThat(LocalProcess.listeningOn(empty.resolve("proc"), 80)).isEmpty();
    }

    @Test
    void shouldIgnoreWhatItCannotRead(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), "nonsense\n  0: 0100007F:0050 00000000:0000 0A 0 0 0 0 0 77 1\n");
        Files.createDirectories(proc.resolve("12"));

        assertThat(LocalProcess.listeningOn(proc, 80)).isEmpty();
    }
}
