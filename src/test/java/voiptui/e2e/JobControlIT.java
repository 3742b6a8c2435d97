package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.cli.run.ScriptedPhone;
import voiptui.testkit.Deadline;
import voiptui.testkit.TestRelay;
import voiptui.testkit.Tmux;
import voiptui.testkit.VoiptuiProcess;

/** Phones under a shell with job control. */
class JobControlIT {

    private static final long SOON_MS = 30_000;

    @TempDir
    private Path folder;

    private ProcessHandle job() throws Exception {
        long shell = Long.parseLong(Files.readString(folder.resolve("shell")).strip());
        return ProcessHandle.of(shell).orElseThrow().children().findFirst().orElseThrow();
    }

    private static void send(String signal, ProcessHandle process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static void press(Tmux terminal, String bytes) {
        List<String> words = new ArrayList<>(List.of("-H"));
        bytes.chars().forEach(c -> words.add(Integer.toHexString(c)));
        terminal.press(words.toArray(String[]::new));
    }

    @Test
    void shouldSuspendTheScreenAndComeBackAndHearNothingButKeys() throws Exception {
        try (Tmux terminal = Tmux.open(80, 24, folder, Map.of())) {
            terminal.enter("echo $$ > shell; stty -a > before");
            terminal.awaitPrompt(SOON_MS);
            terminal.enter(Tmux.quoted(ScriptedPhone.command()));
            terminal.awaitText(SOON_MS, "1 of 2 online");
            terminal.press("C-z");
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("Stopped");
            terminal.enter("stty -a > suspended");
            terminal.awaitPrompt(SOON_MS);
            assertThat(folder.resolve("suspended")).hasSameTextualContentAs(folder.resolve("before"));

            terminal.enter("clear; fg");
            terminal.awaitText(SOON_MS, "1 of 2 online");
            send("TSTP", job());
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("Stopped");
            terminal.enter("stty -a > stopped");
            terminal.awaitPrompt(SOON_MS);
            assertThat(folder.resolve("stopped")).hasSameTextualContentAs(folder.resolve("before"));

            terminal.enter("fg");
            terminal.awaitText(SOON_MS, "1 of 2 online");
            // A report of the mouse, a dialog with the letters of commands, and an arrow key in two pieces.
            press(terminal, "\033[<0;10;10m\033]lq c x m\033\\\033[200~q\ncq\033[201~\033");
            press(terminal, "[B");
            terminal.press("Enter");
            terminal.awaitText(SOON_MS, "ringing ...");
            terminal.press("Escape");
            terminal.awaitText(SOON_MS, "call with workshop");

            send("STOP", job());
            assertThat(terminal.await(SOON_MS, "a stopped job", screen -> screen.contains("Stopped")))
                    .isNotEmpty();
            terminal.enter("clear; fg");
            terminal.awaitText(SOON_MS, "1 of 2 online");
            terminal.press("c");
            press(terminal, "\033[200~pasted.example\n\033[201~");
            terminal.awaitText(SOON_MS, "pasted.example");
            terminal.press("Escape");
            terminal.await(SOON_MS, "the contacts", screen -> !screen.contains("pasted.example"));
            terminal.press("q");
            terminal.await(SOON_MS, "the summary", screen -> screen.contains("signed out"));
        }
    }

    @Test
    void shouldBeCalledInTheBackground() throws Exception {
        try (TestRelay relay = TestRelay.start();
                Tmux terminal = Tmux.open(120, 24, folder, Map.of("HOME", folder.toString()))) {
            List<String> phone = new ArrayList<>(VoiptuiProcess.command());
            phone.addAll(List.of(
                    "phone",
                    "--plain",
                    "--server",
                    relay.server(),
                    "--name",
                    "ben",
                    "--accept-new",
                    "--mic",
                    "silence",
                    "--speaker",
                    "null"));
            terminal.enter(Tmux.quoted(phone) + " 2> log & echo $! > phone");
            terminal.awaitPrompt(SOON_MS);
            Deadline.require(SOON_MS, () -> "the phone to sign in", () -> log().contains("signed in"));
            terminal.enter("clear; stty tostop; jobs");
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("Running").doesNotContain("Stopped");
            try (VoiptuiProcess caller =
                    VoiptuiProcess.start(relay.v2Call("ada", "ben", "--mic", "silence", "--speaker", "null"))) {
                Deadline.require(SOON_MS, () -> "the phone to ring: " + log(), () -> log().contains("calling"));
                terminal.enter("fg");
                Deadline.require(SOON_MS, () -> "commands: " + log(), () -> {
                    terminal.press("s", "Enter");
                    return log().contains("not in a call");
                });
                assertThat(caller.isAlive()).isTrue();
                caller.type("quit");
                caller.awaitExit(SOON_MS);
            }
            terminal.press("C-z");
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("Stopped");
            terminal.enter("clear; bg; jobs");
            assertThat(terminal.awaitPrompt(SOON_MS)).contains("Running").doesNotContain("Stopped");
            int before = log().length();
            try (VoiptuiProcess caller =
                    VoiptuiProcess.start(relay.v2Call("eve", "ben", "--mic", "silence", "--speaker", "null"))) {
                Deadline.require(
                        SOON_MS, () -> "the phone to ring: " + log(), () -> log().indexOf("calling", before) >= 0);
                assertThat(caller.isAlive()).isTrue();
            }
            terminal.enter("fg");
            terminal.press("q", "Enter");
            terminal.await(SOON_MS, "the end", screen -> log().contains("signed out"));
        }
    }

    private String log() {
        try {
            return Files.exists(folder.resolve("log")) ? Files.readString(folder.resolve("log")) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
