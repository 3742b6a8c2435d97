package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.ClassicOnlyRelay;
import voiptui.testkit.Ports;
import voiptui.testkit.TestRelay;
import voiptui.testkit.VoiptuiProcess;

/** The doctor's findings and exit status. */
class DoctorIT {

    private static final long SOON_MS = 40_000;

    @TempDir
    private Path folder;

    private VoiptuiProcess examine(String server, String... more) throws IOException {
        String[] args = {"doctor", "--server", server, "--name", "dora"};
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return VoiptuiProcess.start(
                folder, Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()), all);
    }

    @Test
    void shouldReportNoProblemWhenAllChecksPass() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess doctor = examine(relay.server(), "--accept-new", "--mic", "tone", "--speaker", "null")) {
            assertThat(doctor.awaitExit(SOON_MS)).as(doctor.toString()).isZero();
            String report = String.join("\n", doctor.out());
            assertThat(report)
                    .contains(
                            "signed in as dora",
                            "without a NAT",
                            "0 of 200 lost",
                            "round trip",
                            "1768 bytes get through",
                            "No problems found");
        }
    }

    @Test
    void shouldReportBlockedUdp() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess doctor = examine(
                        relay.server(),
                        "--accept-new",
                        "--mic",
                        "tone",
                        "--speaker",
                        "null",
                        "--relay-udp-port",
                        Integer.toString(Ports.free("127.0.0.1")))) {
            assertThat(doctor.awaitExit(SOON_MS)).as(doctor.toString()).isEqualTo(1);
            assertThat(String.join("\n", doctor.out()))
                    .contains("TLS connection")
                    .contains("allow UDP port");
        }
    }

    @Test
    void shouldNotTrustANewRelayWithoutConsent() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess doctor = examine(relay.server(), "--mic", "tone", "--speaker", "null", "--json")) {
            assertThat(doctor.awaitExit(SOON_MS)).as(doctor.toString()).isEqualTo(4);
            assertThat(doctor.out().get(doctor.out().size() - 1)).isEqualTo("{\"result\":\"REFUSED\"}");
        }
    }

    @Test
    void shouldRecogniseAClassicRelay() throws Exception {
        try (ClassicOnlyRelay relay = ClassicOnlyRelay.start();
                VoiptuiProcess doctor = examine(relay.server(), "--mic", "tone", "--speaker", "null")) {
            assertThat(doctor.awaitExit(SOON_MS)).as(doctor.toString()).isEqualTo(1);
            assertThat(String.join("\n", doctor.out())).contains("classic relay");
        }
    }

    @Test
    void shouldReportAnUnreachableRelay() throws Exception {
        try (VoiptuiProcess doctor =
                examine("127.0.0.1:" + Ports.free("127.0.0.1"), "--mic", "tone", "--speaker", "null")) {
            assertThat(doctor.awaitExit(SOON_MS)).as(doctor.toString()).isEqualTo(3);
            assertThat(String.join("\n", doctor.out()))
                    .contains("nothing listens")
                    .contains("Calls are not possible: the relay is unreachable");
        }
    }

    @Test
    void shouldCheckAudioWhenTheRelayIsUnknown() throws Exception {
        try (VoiptuiProcess doctor =
                examine("no-such-relay.invalid", "--mic", "no such microphone", "--speaker", "null")) {
            assertThat(doctor.awaitExit(SOON_MS)).as(doctor.toString()).isEqualTo(3);
            assertThat(String.join("\n", doctor.out()))
                    .contains("no-such-relay.invalid")
                    .contains("no such microphone");
        }
    }
}
