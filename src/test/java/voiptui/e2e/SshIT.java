package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.Deadline;
import voiptui.testkit.FakeSsh;
import voiptui.testkit.TestRelay;
import voiptui.testkit.Tmux;
import voiptui.testkit.VoiptuiProcess;

/** A relay that is reached through {@code ssh} only. */
class SshIT {

    private static final long SOON_MS = 30_000;

    @TempDir
    private Path folder;

    private static String[] through(TestRelay relay, String name, String... words) {
        List<String> args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--server", "ssh://dora@relay:2222", "--relay-tcp-port"));
        args.add(String.valueOf(relay.control().getPort()));
        args.addAll(List.of("--name", name, "--mic", "tone", "--speaker", "null", "--retries", "1"));
        return args.toArray(String[]::new);
    }

    @Test
    void shouldCallThroughSshAloneAndSurviveItsEnd() throws Exception {
        FakeSsh ssh = FakeSsh.in(folder);
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess ben = VoiptuiProcess.start(
                        folder, ssh.environment(), through(relay, "ben", "phone", "--auto-answer", "--json"))) {
            ben.awaitEvent(SOON_MS, "signed_in", event -> true);
            try (VoiptuiProcess anna = VoiptuiProcess.start(
                    folder, ssh.environment(), through(relay, "anna", "call", "ben", "--plain", "--json"))) {
                for (VoiptuiProcess side : List.of(anna, ben)) {
                    side.awaitEvent(
                            SOON_MS,
                            "path",
                            event -> event.get("path").getAsString().equals("TUNNEL"));
                    side.awaitEvent(
                            SOON_MS,
                            "network",
                            event -> event.get("packets_received").getAsInt() > 25);
                }
                assertThat(ssh.calls())
                        .allMatch(call -> call.contains("BatchMode=yes") && call.endsWith("-p 2222 -- dora@relay"));

                int before = anna.lines();
                ssh.last().destroyForcibly();

                JsonObject lost = anna.awaitEventAfter(before, SOON_MS, "session_lost", event -> true);
                assertThat(lost.get("problem").getAsString()).isEqualTo("ssh was ended by signal 9");
                anna.awaitEventAfter(
                        before,
                        SOON_MS,
                        "signed_in",
                        event -> event.get("resumed").getAsBoolean());
                ProcessHandle last = ssh.last();
                anna.type("quit");
                assertThat(anna.awaitExit(SOON_MS)).isZero();
                ben.awaitEvent(
                        SOON_MS,
                        "summary",
                        event -> event.get("reason").getAsString().equals("PEER_LEFT"));
                Deadline.require(SOON_MS, () -> "ssh still runs", () -> !last.isAlive());
            }
        }
    }

    @Test
    void shouldLetSshAskBeforeTheScreenAndGoOnWithThatConnection() throws Exception {
        FakeSsh ssh = FakeSsh.withPassword(folder, "geheim");
        Map<String, String> environment = new HashMap<>(ssh.environment());
        environment.put("XDG_STATE_HOME", folder.toString());
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = Tmux.open(80, 24, folder, environment)) {
            List<String> words = new ArrayList<>(VoiptuiProcess.command());
            words.addAll(List.of(through(relay, "anna", "call", "ben")));
            terminal.enter(Tmux.quoted(words));
            terminal.awaitText(SOON_MS, "dora@relay's password:");
            assertThat(terminal.isAlternate())
                    .as("the screen is there while ssh asks")
                    .isFalse();

            terminal.press("geheim", "Enter");

            terminal.awaitText(SOON_MS, "signed in as anna");
            assertThat(terminal.isAlternate()).isTrue();
            assertThat(ssh.calls()).hasSize(1);
            terminal.press("q", "Enter");
            terminal.awaitPrompt(SOON_MS);
        }
    }
}
