package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import voiptui.testkit.Deadline;
import voiptui.testkit.Ports;
import voiptui.testkit.TestRelay;
import voiptui.testkit.VoiptuiProcess;
import voiptui.testkit.Wav;

/** Faults outside the program and what the user sees, with real processes and sockets. */
@Execution(ExecutionMode.CONCURRENT)
class FaultIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final String[] TONE = {"--mic", "tone", "--speaker", "null"};
    private static final long SOON_MS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void shouldResumeWithinTenSecondsOfTheRelaysReturn() throws Exception {
        try (TestRelay first = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(first.call(A, B, TONE));
                VoiptuiProcess b = VoiptuiProcess.start(first.call(B, A, TONE))) {
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitState(SOON_MS, "IN_CALL");
            int linesA = a.lines();
            int linesB = b.lines();
            first.process().signal("KILL");
            first.process().awaitExit(SOON_MS);
            a.awaitStateAfter(linesA, SOON_MS, "RELAY_LOST");
            b.awaitStateAfter(linesB, SOON_MS, "RELAY_LOST");
            // Long enough for the retry delay to reach its maximum.
            a.awaitEventAfter(
                    linesA, SOON_MS, "state", event -> event.get("attempt").getAsInt() == 5);
            linesA = a.lines();
            linesB = b.lines();
            try (TestRelay second = first.startAgain()) {
                a.awaitStateAfter(linesA, 10_000, "IN_CALL");
                b.awaitStateAfter(linesB, 10_000, "IN_CALL");
                a.type("quit");
                assertThat(a.awaitExit(SOON_MS)).isZero();
                assertThat(b.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("PEER_LEFT");
            }
        }
    }

    @Test
    void shouldExpireAClientWithoutHeartbeatAndNotNotifyThePeer() throws Exception {
        try (TestRelay relay = TestRelay.start("--client-timeout", "2s", "--sweep", "200ms");
                VoiptuiProcess a =
                        VoiptuiProcess.start(relay.call(A, B, ClassicCallIT.with(TONE, "--heartbeat", "500ms")));
                VoiptuiProcess b =
                        VoiptuiProcess.start(relay.call(B, A, ClassicCallIT.with(TONE, "--heartbeat", "500ms")))) {
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitState(SOON_MS, "IN_CALL");
            b.signal("KILL");
            JsonObject expired = relay.process().awaitLog(SOON_MS, "classic_expired", event -> true);
            assertThat(expired.get("client").getAsString()).startsWith(B + ":");
            assertThat(expired.get("clients").getAsInt()).isEqualTo(1);
            a.awaitState(SOON_MS, "PEER_SILENT");
            try (VoiptuiProcess again = VoiptuiProcess.start(relay.call(B, A, TONE))) {
                int lines = a.lines();
                a.awaitStateAfter(lines, SOON_MS, "IN_CALL");
                again.awaitState(SOON_MS, "IN_CALL");
            }
        }
    }

    @Test
    void shouldResumeWithAPeerRestartedOnTheSamePort() throws Exception {
        int port = Ports.free(B);
        String[] options = ClassicCallIT.with(TONE, "--port", Integer.toString(port));
        try (TestRelay relay = TestRelay.start("--max-clients", "2");
                VoiptuiProcess a = VoiptuiProcess.start(relay.call(A, B, TONE))) {
            try (VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, options))) {
                a.awaitState(SOON_MS, "IN_CALL");
                b.awaitState(SOON_MS, "IN_CALL");
                // Enough packets that a restarted stream cannot pass for a continued one.
                a.awaitEvent(
                        SOON_MS,
                        "network",
                        event -> event.get("packets_received").getAsInt() > 50);
                b.signal("KILL");
                b.awaitExit(SOON_MS);
            }
            try (VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, options))) {
                b.awaitState(SOON_MS, "IN_CALL");
                a.awaitEvent(SOON_MS, "peer_restarted", event -> true);
                int lines = a.lines();
                a.awaitEventAfter(
                        lines,
                        SOON_MS,
                        "speaker_level",
                        level -> level.get("peak_dbfs").getAsDouble() > -30);
            }
            JsonObject again = relay.process()
                    .awaitLog(
                            SOON_MS,
                            "classic_registered",
                            event -> event.get("again").getAsBoolean());
            assertThat(again.get("clients").getAsInt()).isEqualTo(2);
        }
    }

    @Test
    void shouldCarryTwoCallsOnOneHost() throws Exception {
        String host = "127.0.0.1";
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(relay.call(host, host, TONE));
                VoiptuiProcess b = VoiptuiProcess.start(relay.call(host, host, TONE));
                VoiptuiProcess c = VoiptuiProcess.start(relay.call(host, host, TONE));
                VoiptuiProcess d = VoiptuiProcess.start(relay.call(host, host, TONE))) {
            List<VoiptuiProcess> all = List.of(a, b, c, d);
            for (VoiptuiProcess client : all) {
                client.awaitState(SOON_MS, "IN_CALL");
            }
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
            List<VoiptuiProcess> ended = new ArrayList<>();
            Deadline.require(SOON_MS, () -> "one peer ends: " + all, () -> {
                all.stream()
                        .filter(client -> client != a && !client.isAlive())
                        .findFirst()
                        .ifPresent(ended::add);
                return !ended.isEmpty();
            });
            List<VoiptuiProcess> left = all.stream()
                    .filter(client -> client != a && client != ended.get(0))
                    .toList();
            for (VoiptuiProcess client : left) {
                int lines = client.lines();
                client.awaitEventAfter(
                        lines,
                        SOON_MS,
                        "speaker_level",
                        level -> level.get("peak_dbfs").getAsDouble() > -30);
            }
        }
    }

    @Test
    void shouldExitWith4WhenTheRelayIsFull() throws Exception {
        try (TestRelay relay = TestRelay.start("--max-clients", "1");
                VoiptuiProcess a = VoiptuiProcess.start(relay.call(A, B, TONE))) {
            a.awaitState(SOON_MS, "WAITING");
            try (VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, TONE))) {
                assertThat(b.awaitExit(SOON_MS)).isEqualTo(4);
                assertThat(b.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("RELAY_FULL");
            }
            relay.process()
                    .awaitLog(
                            SOON_MS,
                            "refused",
                            event -> event.get("reply").getAsString().equals("FULL"));
        }
    }

    @Test
    void shouldExitWith4WhenTheRelayRefuses() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
                VoiptuiProcess a = VoiptuiProcess.start(
                        "call",
                        "--classic",
                        "--json",
                        "--server",
                        "127.0.0.1:" + server.getLocalPort(),
                        "--target",
                        B,
                        "--mic",
                        "silence",
                        "--speaker",
                        "null");
                Socket client = server.accept()) {
            client.getInputStream().read(new byte[100]);
            client.getOutputStream().write("INVALID".getBytes(StandardCharsets.US_ASCII));
            client.close();
            assertThat(a.awaitExit(SOON_MS)).isEqualTo(4);
            assertThat(a.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("RELAY_REFUSED");
        }
    }

    @Test
    void shouldTryThreeTimesAndExitWith3WithoutAnAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                VoiptuiProcess a = VoiptuiProcess.start(
                        "call",
                        "--classic",
                        "--json",
                        "--server",
                        "127.0.0.1:" + silent.getLocalPort(),
                        "--target",
                        B,
                        "--timeout",
                        "300ms",
                        "--mic",
                        "silence",
                        "--speaker",
                        "null")) {
            JsonObject third =
                    a.awaitEvent(SOON_MS, "state", event -> event.get("attempt").getAsInt() == 3);
            assertThat(third.get("attempts").getAsInt()).isEqualTo(3);
            assertThat(a.awaitExit(SOON_MS)).isEqualTo(3);
            assertThat(a.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("RELAY_UNREACHABLE");
        }
    }

    @Test
    void shouldExitWith3AndOneLineWhenAPortIsInUse() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(B, 0));
                TestRelay relay = TestRelay.start()) {
            String port = Integer.toString(taken.getLocalPort());
            assertOneLine(3, port, relay.call(B, A, ClassicCallIT.with(TONE, "--port", port)));
            assertOneLine(
                    3,
                    Integer.toString(relay.tcpPort()),
                    "relay",
                    "--bind",
                    "127.0.0.1",
                    "--udp-port",
                    "0",
                    "--tcp-port",
                    Integer.toString(relay.tcpPort()),
                    "--state-dir",
                    folder.resolve("state").toString());
            assertOneLine(
                    3,
                    Integer.toString(relay.udpPort()),
                    "relay",
                    "--bind",
                    "127.0.0.1",
                    "--tcp-port",
                    "0",
                    "--udp-port",
                    Integer.toString(relay.udpPort()),
                    "--state-dir",
                    folder.resolve("state").toString());
        }
    }

    @Test
    void shouldReportAFileErrorInOneLineAndExitWith5() throws Exception {
        Path notWav = Files.writeString(folder.resolve("not a.wav"), "this is no sound\n".repeat(10));
        Path truncated = folder.resolve("truncated.wav");
        Files.write(
                truncated,
                java.util.Arrays.copyOf(
                        Files.readAllBytes(Wav.write(folder.resolve("whole.wav"), new short[1000])), 30));
        String missing = folder.resolve("missing.wav").toString();
        assertOneLine(5, missing, callWith("--mic", "file:" + missing));
        assertOneLine(5, notWav.toString(), callWith("--mic", "file:" + notWav));
        assertOneLine(5, truncated.toString(), callWith("--mic", "file:" + truncated));
        assertOneLine(5, folder.toString(), callWith("--mic", "silence", "--speaker", "file:" + folder));
        String nowhere = folder.resolve("no such folder/out.wav").toString();
        assertOneLine(5, nowhere, callWith("--mic", "silence", "--speaker", "file:" + nowhere));
        assertOneLine(5, "no such headset", callWith("--mic", "no such headset"));
    }

    @Test
    void shouldExitWith2OnWrongUsage() throws Exception {
        assertUsage("--mic", callWith("--mic", "tone:loud"));
        assertUsage("--port", callWith("--port", "70000"));
        assertUsage("--min-delay", callWith("--min-delay", "2s"));
        assertUsage("--duration", callWith("--duration", "soon"));
        assertUsage("--server", "call", "--target", B);
        assertUsage(
                "is your own name", "call", "--server", "127.0.0.1", "--name", "dora", "--target", "Dora", "--plain");
        assertUsage("--tcp-port", "relay", "--tcp-port", "http");
        assertUsage("frobnicate", "frobnicate");
    }

    @Test
    void shouldContinueOneWayWithoutAudioDevices() throws Exception {
        Path emptyConfig = Files.writeString(folder.resolve("asound.conf"), "# no devices\n");
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess a = VoiptuiProcess.start(
                        Path.of("").toAbsolutePath(),
                        Map.of("ALSA_CONFIG_PATH", emptyConfig.toString()),
                        relay.call(A, B));
                VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, TONE))) {
            JsonObject lost = a.awaitEvent(SOON_MS, "audio_lost", event -> true);
            assertThat(lost.get("problem").getAsString()).isNotBlank();
            a.awaitState(SOON_MS, "IN_CALL");
            b.awaitState(SOON_MS, "IN_CALL");
            a.awaitEvent(
                    SOON_MS, "speaker_level", level -> level.get("peak_dbfs").getAsDouble() > -30);
            a.type("quit");
            assertThat(a.awaitExit(SOON_MS)).isZero();
        }
    }

    @Test
    void shouldStopTheRelayCleanlyOnSigtermAndCtrlC() throws Exception {
        for (String signal : List.of("TERM", "INT")) {
            try (TestRelay relay = TestRelay.start()) {
                relay.process().signal(signal);
                assertThat(relay.process().awaitExit(SOON_MS)).isZero();
                relay.process().awaitLog(SOON_MS, "stopped", event -> event.has("counters"));
            }
        }
    }

    private static String[] callWith(String... options) {
        return ClassicCallIT.with(new String[] {"call", "--plain", "--server", "127.0.0.1:1", "--target", B}, options);
    }

    private static void assertUsage(String named, String... args) throws Exception {
        try (VoiptuiProcess process = VoiptuiProcess.start(args)) {
            assertThat(process.awaitExit(SOON_MS)).as(process.toString()).isEqualTo(2);
            assertThat(process.err().get(0)).contains(named);
            assertThat(process.err())
                    .as("one line that says what is wrong, one where to read on")
                    .hasSizeBetween(1, 2);
        }
    }

    private static void assertOneLine(int exitCode, String named, String... args) throws Exception {
        try (VoiptuiProcess process = VoiptuiProcess.start(args)) {
            assertThat(process.awaitExit(SOON_MS)).as(process.toString()).isEqualTo(exitCode);
            assertThat(process.err()).as(process.toString()).hasSize(1);
            assertThat(process.err().get(0)).contains(named);
        }
    }
}
