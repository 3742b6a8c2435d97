package voiptui.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.cli.exit.ExitCode;
import voiptui.testkit.VoiptuiProcess;

/** A relay process of which a thread dies. */
class RelayWaitIT {

    private static final long SOON_MS = 60_000;

    @Test
    void shouldEndTheProcessWithALineWhenAThreadDies(@TempDir Path state) throws Exception {
        try (VoiptuiProcess relay = VoiptuiProcess.startMain(
                FailingLogMain.class,
                "relay",
                "--bind",
                "127.0.0.1",
                "--tcp-port",
                "0",
                "--udp-port",
                "0",
                "--state-dir",
                state.toString())) {
            assertThat(relay.awaitExit(SOON_MS)).as(relay.toString()).isEqualTo(ExitCode.FAILED);
            assertThat(relay.err())
                    .anyMatch(line -> line.contains(" started "))
                    .contains("voiptui relay: internal error: the thread relay-log has ended; restart the relay");
        }
    }
}
