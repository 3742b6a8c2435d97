package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.ClassicOnlyRelay;
import voiptui.testkit.TestRelay;
import voiptui.testkit.VoiptuiProcess;

/** Calls through a relay that supports only the classic protocol. */
class ClassicOnlyRelayIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final long SOON_MS = 20_000;

    @TempDir
    private Path folder;

    private VoiptuiProcess call(String server, int udpPort, String from, String to, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "call",
                "--plain",
                "--json",
                "--server",
                server,
                "--bind",
                from,
                "--target",
                to,
                "--mic",
                "tone",
                "--speaker",
                "null",
                "--accept-new",
                "--relay-udp-port",
                Integer.toString(udpPort)));
        args.addAll(Arrays.asList(more));
        return VoiptuiProcess.start(
                folder, Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString()), args.toArray(String[]::new));
    }

    @Test
    void shouldFallBackToClassicAndReportIt() throws Exception {
        try (ClassicOnlyRelay relay = ClassicOnlyRelay.start();
                VoiptuiProcess a = call(relay.server(), relay.udpPort(), A, B);
                VoiptuiProcess b = call(relay.server(), relay.udpPort(), B, A)) {
            for (VoiptuiProcess side : List.of(a, b)) {
                side.awaitEvent(SOON_MS, "fell_back_to_classic", event -> true);
                side.awaitState(SOON_MS, "IN_CALL");
                side.awaitEvent(
                        SOON_MS,
                        "speaker_level",
                        level -> level.get("peak_dbfs").getAsDouble() > -30);
            }
            a.type("quit");
            JsonObject summary = a.awaitSummary(SOON_MS);
            assertThat(summary.get("codec").getAsString()).isEqualTo("pcm");
            assertThat(summary.get("reason").getAsString()).isEqualTo("QUIT");
            assertThat(b.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("PEER_LEFT");
        }
    }

    @Test
    void shouldUseClassicAtOnceWithTheOption() throws Exception {
        try (ClassicOnlyRelay relay = ClassicOnlyRelay.start();
                VoiptuiProcess a = call(relay.server(), relay.udpPort(), A, B, "--classic")) {
            a.awaitState(SOON_MS, "WAITING");
            assertThat(a.out()).noneMatch(line -> line.contains("\"fell_back_to_classic\""));
        }
    }

    @Test
    void shouldAskForAnAddressOnAClassicOnlyRelay() throws Exception {
        try (ClassicOnlyRelay relay = ClassicOnlyRelay.start();
                VoiptuiProcess call = call(relay.server(), relay.udpPort(), A, "workshop.invalid")) {
            assertThat(call.awaitExit(SOON_MS)).isEqualTo(4);
            assertThat(String.join("\n", call.err())).contains("classic").contains("by address");
        }
    }

    @Test
    void shouldNotFallBackWhereATrustedRelayIsKnown() throws Exception {
        int tcpPort;
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess call = call(relay.server(), relay.udpPort(), A, "workshop")) {
            call.awaitState(SOON_MS, "WAITING");
            tcpPort = relay.tcpPort();
        }
        try (ClassicOnlyRelay impostor = ClassicOnlyRelay.startOn(tcpPort);
                VoiptuiProcess call = call(impostor.server(), impostor.udpPort(), A, B)) {
            JsonObject ended = call.awaitState(SOON_MS, "ENDED");
            assertThat(ended.get("reason").getAsString()).isEqualTo("RELAY_UNTRUSTED");
            assertThat(call.awaitExit(SOON_MS)).isEqualTo(4);
        }
    }
}
