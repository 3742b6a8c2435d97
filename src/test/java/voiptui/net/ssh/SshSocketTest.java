package voiptui.net.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a shell in place of {@code ssh}. */
@Timeout(20)
class SshSocketTest {

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private SshSocket start(String script) throws Exception {
        return SshSocket.start(List.of("/bin/sh", "-c", script), 4, heard::add);
    }

    @Test
    void shouldCarryBytesBothWaysAndKeepTheFirst() throws Exception {
        try (SshSocket socket = start("cat")) {
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
            assertThat(socket.firstBytes()).asString().isEqualTo("hell");

            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(socket.awaitExit()).isEqualTo(OptionalInt.of(0));
        }
    }

    /** Repeated, because the last words get lost unless they are looked for in time. */
    @RepeatedTest(5)
    void shouldKeepItsLastWordsBoundedAndPrintable() throws Exception {
        try (SshSocket socket = start(
                "for i in 1 2 3 4 5 6 7 8 9; do echo line $i >&2; done; printf '\\033[2Jno\\tway\\r\\n' >&2; exit 255")) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);

            assertThat(socket.awaitExit()).isEqualTo(OptionalInt.of(255));
            assertThat(socket.lastErrors())
                    .hasSize(ErrorOutput.MAX_LINES)
                    .startsWith("line 3")
                    .endsWith("?[2Jno?way");
            assertThat(heard).hasSize(10);
        }
    }

    @Test
    void shouldCutALineThatDoesNotEnd() throws Exception {
        try (SshSocket socket = start("head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1")) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(socket.awaitExit()).isEqualTo(OptionalInt.of(1));
            assertThat(socket.lastErrors()).containsExactly("x".repeat(ErrorOutput.MAX_LENGTH));
        }
    }

    @Test
    void shouldEndTheProcessAndAReadInProgress() throws Exception {
        SshSocket socket = start("trap '' TERM; while :; do sleep 0.1; done");
        Thread reader = new Thread(() -> {
            try {
                socket.getInputStream().read();
            } catch (java.io.IOException closed) {
                // As good as the end of the stream.
            }
        });
        reader.start();

        socket.close();

        reader.join(10_000);
        assertThat(reader.isAlive()).as("still reading").isFalse();
        assertThat(socket.isClosed()).isTrue();
        OptionalInt status = socket.awaitExit();
        // It is only forced to end after the time that this waits.
        for (int i = 0; status.isEmpty() && i < 20; i++) {
            status = socket.awaitExit();
        }
        assertThat(status).isNotEmpty();
    }

    @Test
    void shouldNotBeReachedByTheKeysOfTheTerminal() throws Exception {
        try (SshSocket socket = start("kill -INT $$; kill -TSTP $$; kill -HUP $$; echo here")) {
            assertThat(socket.getInputStream().readNBytes(4)).asString().isEqualTo("here");
        }
    }
}
