package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import voiptui.identity.Fingerprint;
import voiptui.testkit.Deadline;
import voiptui.testkit.RawTlsClient;
import voiptui.testkit.TestCertificate;
import voiptui.testkit.TestRelay;
import voiptui.testkit.V2Peer;
import voiptui.testkit.VoiptuiProcess;

/** A phone that a script or a supervisor runs. */
@Execution(ExecutionMode.CONCURRENT)
class PhoneServiceIT {

    private static final long SOON_MS = 30_000;
    /** Longer than UDP may be silent, which is two seconds. */
    private static final long STANDSTILL_MS = 4_000;

    private static final String ENDED = "ada incoming yes\n";

    @TempDir
    private Path folder;

    private void call(TestRelay relay, VoiptuiProcess phone, String rang) throws Exception {
        int before = phone.lines();
        try (VoiptuiProcess caller =
                VoiptuiProcess.start(relay.v2Call("ada", "ben", "--mute", "--mic", "tone", "--speaker", "null"))) {
            phone.awaitEventAfter(before, SOON_MS, "incoming", event -> true);
            Deadline.require(SOON_MS, phone::toString, () -> Files.exists(folder.resolve(rang)));
            phone.type("accept");
            caller.awaitEvent(SOON_MS, "mute", event -> event.get("muted").getAsBoolean());
            phone.awaitStateAfter(before, SOON_MS, "IN_CALL");
            phone.type("hangup");
            phone.awaitEventAfter(before, SOON_MS, "summary", event -> true);
        }
    }

    @Test
    void shouldWriteAFileForEachCallAndRunCommandsAndAnswerEachLine() throws Exception {
        Path heard = Files.writeString(folder.resolve("heard.wav"), "from last week");
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess phone = VoiptuiProcess.start(
                        folder,
                        Map.of(),
                        relay.phone(
                                "ben",
                                "--mic",
                                "silence",
                                "--speaker",
                                "file:heard.wav",
                                "--on-ring",
                                "ls > list; mv list rang-$(ls rang-* 2>/dev/null | wc -l)",
                                "--on-end",
                                "echo $VOIPTUI_PEER $VOIPTUI_DIRECTION $VOIPTUI_ANSWERED >> ended"))) {
            phone.awaitEvent(SOON_MS, "signed_in", event -> true);
            int before = phone.lines();
            List<String> lines = List.of(
                    "accept",
                    "reject",
                    "hangup",
                    "mute",
                    "record",
                    "tone",
                    "volume +",
                    "mic 99",
                    "block",
                    "unblock x",
                    "call !",
                    "processing",
                    "gain -");
            for (String line : lines) {
                phone.type(line);
            }
            Deadline.require(
                    SOON_MS,
                    phone::toString,
                    () -> phone.out().stream()
                                    .skip(before)
                                    .filter(
                                            line -> line.matches(
                                                    ".*\"event\":\"(command_refused|block_failed|dial_failed|audio_refused)\".*"))
                                    .count()
                            == lines.size());
            call(relay, phone, "rang-0");
            call(relay, phone, "rang-1");
            Deadline.require(
                    SOON_MS,
                    () -> "two calls",
                    () -> folder.resolve("ended").toFile().length() == 2L * ENDED.length());
            phone.type("quit");
            assertThat(phone.awaitExit(SOON_MS)).isZero();
        }
        assertThat(heard).hasContent("from last week");
        assertThat(folder.resolve("ended")).hasContent(ENDED + ENDED);
        assertThat(folder.resolve("heard-2.wav")).exists();
        assertThat(folder.resolve("heard-3.wav")).exists();
        assertThat(folder.resolve("heard-4.wav")).doesNotExist();
        assertThat(Files.readString(folder.resolve("rang-0")))
                .as("the ring tone goes to no file")
                .doesNotContain("heard-2.wav");
        assertThat(Files.readString(folder.resolve("rang-1"))).doesNotContain("heard-3.wav");
    }

    @Test
    void shouldStayOnUdpAfterAStandstill() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess phone = VoiptuiProcess.start(
                        relay.phone("ben", "--auto-answer", "--mic", "tone", "--speaker", "null"));
                VoiptuiProcess caller =
                        VoiptuiProcess.start(relay.v2Call("ada", "ben", "--mic", "tone", "--speaker", "null"))) {
            caller.awaitState(SOON_MS, "IN_CALL");
            CallProgress.awaitEncrypted(SOON_MS, caller, phone);
            caller.awaitEvent(
                    SOON_MS, "path", event -> event.get("path").getAsString().equals("UDP"));
            caller.signal("STOP");
            Thread.sleep(STANDSTILL_MS);
            int before = caller.lines();
            caller.signal("CONT");
            for (int reading = 0; reading < 5; reading++) {
                caller.awaitEventAfter(before, SOON_MS, "path_reading", event -> true);
                before = caller.lines();
            }
            assertThat(caller.out()).noneMatch(line -> line.contains("\"path\":\"TUNNEL\""));
        }
    }

    @Test
    void shouldCountAnUnknownNameAsAFailedAttempt() throws Exception {
        try (VoiptuiProcess phone = VoiptuiProcess.start(
                "phone",
                "--plain",
                "--json",
                "--server",
                "no-such-host.invalid",
                "--name",
                "ben",
                "--retries",
                "2",
                "--timeout",
                "1s",
                "--mic",
                "silence",
                "--speaker",
                "null")) {
            phone.awaitEvent(
                    SOON_MS, "session_lost", event -> event.get("attempt").getAsInt() == 1);
            assertThat(phone.awaitExit(SOON_MS)).isEqualTo(3);
        }
    }

    @Test
    void shouldUseHomeAndSignInWithAConfigurationThatCannotBeWritten() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Map<String, String> environment = Map.of("HOME", home.toString());
        try (VoiptuiProcess id = VoiptuiProcess.start(folder, environment, "id")) {
            assertThat(id.awaitExit(SOON_MS)).as(id.toString()).isZero();
        }
        Path configuration = home.resolve(".config/voiptui");
        assertThat(configuration.resolve("identity.pem")).exists();

        // Permissions would not keep root from writing.
        Files.createSymbolicLink(configuration.resolve("known_relays"), folder.resolve("missing/known_relays"));
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess phone = VoiptuiProcess.start(
                        folder, environment, relay.phone("ben", "--mic", "silence", "--speaker", "null"))) {
            phone.awaitEvent(SOON_MS, "relay_not_saved", event -> true);
            phone.awaitEvent(SOON_MS, "signed_in", event -> true);
        }
    }

    @Test
    void shouldRejectABlockedCallerAlsoAfterARestart() throws Exception {
        TestCertificate mallory = TestCertificate.make();
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", folder.toString());
        Path blocked = folder.resolve("voiptui/blocked_peers");
        try (TestRelay relay = TestRelay.start();
                V2Peer caller = V2Peer.connect(
                        "127.0.0.2", relay.control(), RawTlsClient.contextOf(mallory), V2Peer.randomHex(8))) {
            caller.hello("mallory");
            String[] ben = relay.phone("ben", "--mic", "silence", "--speaker", "null", "--no-ring");
            try (VoiptuiProcess phone = VoiptuiProcess.start(folder, environment, ben)) {
                phone.awaitEvent(SOON_MS, "signed_in", event -> true);
                caller.call("ben", "opus");
                phone.awaitEvent(SOON_MS, "incoming", event -> true);
                phone.type("block");
                assertThat(caller.await("ended").get("reason").getAsString()).isEqualTo("rejected");
                phone.type("quit");
                assertThat(phone.awaitExit(SOON_MS)).isZero();
            }
            assertThat(blocked)
                    .content()
                    .contains("mallory", Fingerprint.of(mallory.certificate()).text());

            try (VoiptuiProcess phone = VoiptuiProcess.start(folder, environment, ben)) {
                phone.awaitEvent(SOON_MS, "signed_in", event -> true);
                caller.call("ben", "opus");
                phone.awaitEvent(SOON_MS, "blocked_call", event -> true);
                assertThat(caller.await("ended").get("reason").getAsString()).isEqualTo("rejected");
                assertThat(phone.out()).noneMatch(line -> line.contains("\"event\":\"incoming\""));
            }
        }
    }
}
