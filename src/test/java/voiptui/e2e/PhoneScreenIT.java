package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.cli.run.ScriptedPhone;
import voiptui.testkit.Deadline;
import voiptui.testkit.Tmux;

/** A phone's full screen in a real terminal: keys, display and bell. */
class PhoneScreenIT {

    private static final long SOON_MS = 20_000;
    private static final char BELL = '\007';

    @TempDir
    private Path folder;

    private static long bells(Path output) {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == BELL)
                    .count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void shouldHandleCallsAndRestoreTheTerminal() throws Exception {
        try (Tmux terminal = Tmux.open(80, 24, folder, Map.of())) {
            terminal.enter("stty -a > before; echo what was here before");
            terminal.awaitPrompt(SOON_MS);
            terminal.enter(Tmux.quoted(ScriptedPhone.command()));
            terminal.awaitText(SOON_MS, "dora at relay.example:8888");
            assertThat(terminal.awaitText(SOON_MS, "1 of 2 online")).contains("anna", "workshop");

            terminal.press("Enter");
            terminal.awaitText(SOON_MS, "ringing ...");
            terminal.press("Escape");
            terminal.awaitText(SOON_MS, "call with anna");

            terminal.press("c", "r", "i", "n", "g", "-", "m", "e");
            terminal.awaitText(SOON_MS, "a name or an IP address");
            Path output = folder.resolve("output");
            terminal.copyOutputTo(output);
            terminal.press("Enter");
            terminal.awaitText(SOON_MS, "Incoming call");
            Deadline.require(SOON_MS, () -> "the bell, and again", () -> Files.exists(output) && bells(output) >= 2);
            terminal.press("a");
            assertThat(terminal.awaitText(SOON_MS, "in call with workshop"))
                    .contains("Opus 48 kHz mono", "signed in as dora");
            terminal.press("q", "q");
            terminal.awaitText(SOON_MS, "People");

            terminal.press("q");
            assertThat(terminal.awaitPrompt(SOON_MS))
                    .contains(
                            "what was here before",
                            "Phone dora at relay.example:8888",
                            "signed out",
                            "1 outgoing, 1 incoming, 0 missed");
            terminal.enter("stty -a > after; clear");
            terminal.awaitPrompt(SOON_MS);
            assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
        }
    }
}
