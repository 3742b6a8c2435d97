package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.Tmux;
import voiptui.testkit.VoiptuiProcess;

/** The relay's full screen in a real terminal. */
class TopIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final long SOON_MS = 20_000;
    private static final Pattern ADDRESSES =
            Pattern.compile("control 127\\.0\\.0\\.1:([0-9]+) +media 127\\.0\\.0\\.1:([0-9]+)");

    private static final String LIGHT_LABEL = "\033[38;5;239m";
    private static final String DARK_KEYS = "38;5;74m";

    @TempDir
    private Path folder;

    @Test
    void shouldShowItsClientsAndRestoreTheTerminal() throws Exception {
        try (Tmux terminal = Tmux.open(
                80, 24, folder, Map.of("XDG_STATE_HOME", folder.resolve("state").toString()))) {
            terminal.enter("echo what was here before; stty -a > before");
            terminal.awaitPrompt(SOON_MS);
            List<String> command = new ArrayList<>(VoiptuiProcess.command());
            command.addAll(List.of("relay", "--top", "--bind", "127.0.0.1", "--tcp-port", "0", "--udp-port", "0"));
            terminal.enter(Tmux.quoted(command) + "; echo status $?");
            Matcher ports = ADDRESSES.matcher(terminal.await(
                    SOON_MS,
                    "its addresses",
                    screen -> ADDRESSES.matcher(screen).find()));
            assertThat(ports.find()).isTrue();
            try (VoiptuiProcess a = call(ports, A, B);
                    VoiptuiProcess b = call(ports, B, A)) {
                a.awaitState(SOON_MS, "IN_CALL");
                b.awaitState(SOON_MS, "IN_CALL");
                String screen = terminal.await(
                        SOON_MS,
                        "about 50 packets a second from each to the other",
                        shown -> row(shown, A, B) && row(shown, B, A));
                assertThat(screen)
                        .contains("2 of 2000 clients", "connected", "q stop")
                        .containsPattern("classic sign-ins +2 ")
                        .doesNotContain("never", "turned away");
                sendNonsense(Integer.parseInt(ports.group(1)));
                terminal.await(
                        SOON_MS,
                        "who was refused is counted",
                        shown -> Pattern.compile("turned away +1 ")
                                .matcher(shown)
                                .find());
                terminal.press("q");
                terminal.awaitText(SOON_MS, "Stop and end the calls of 2 clients?");
                terminal.press("x", "q", "q");
                terminal.awaitText(SOON_MS, "status 0");
            }
            assertThat(terminal.awaitPrompt(SOON_MS))
                    .contains("what was here before", "Relay stopped after", "relay.log");
            assertThat(terminal.isAlternate()).isFalse();
            terminal.enter("stty -a > after; clear");
            terminal.awaitPrompt(SOON_MS);
            assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
        }
        assertThat(Files.readString(folder.resolve("state/voiptui/relay.log")))
                .contains("started", "classic_paired", "stopped");
    }

    @Test
    void shouldSuitTheBackgroundThatTheTerminalReports() throws Exception {
        try (Tmux terminal = Tmux.open(
                80, 24, folder, Map.of("XDG_STATE_HOME", folder.resolve("state").toString()))) {
            terminal.enter("tmux set-option -w window-style 'bg=#ffffff'");
            terminal.awaitPrompt(SOON_MS);
            List<String> command = new ArrayList<>(VoiptuiProcess.command());
            command.addAll(List.of("relay", "--top", "--bind", "127.0.0.1", "--tcp-port", "0", "--udp-port", "0"));
            terminal.enter(Tmux.quoted(command));
            terminal.awaitText(SOON_MS, "no clients");
            long endMs = System.currentTimeMillis() + SOON_MS;
            while (!terminal.styledScreen().contains(LIGHT_LABEL) && System.currentTimeMillis() < endMs) {
                TimeUnit.MILLISECONDS.sleep(40);
            }
            assertThat(terminal.styledScreen()).contains(LIGHT_LABEL).doesNotContain(DARK_KEYS);
            terminal.press("q");
            terminal.awaitPrompt(SOON_MS);
        }
    }

    private static VoiptuiProcess call(Matcher ports, String from, String to) throws Exception {
        return VoiptuiProcess.start(
                "call",
                "--json",
                "--server",
                "127.0.0.1:" + ports.group(1),
                "--relay-udp-port",
                ports.group(2),
                "--bind",
                from,
                "--target",
                to,
                "--mic",
                "tone",
                "--speaker",
                "null",
                "--classic");
    }

    private static void sendNonsense(int tcpPort) throws IOException {
        try (Socket stranger = new Socket("127.0.0.1", tcpPort)) {
            stranger.getOutputStream().write("NONSENSE".getBytes(StandardCharsets.US_ASCII));
            stranger.shutdownOutput();
            stranger.getInputStream().readAllBytes();
        }
    }

    private static boolean row(String screen, String client, String peer) {
        return Pattern.compile(
                        "│ " + Pattern.quote(client) + ":[0-9]+ +" + Pattern.quote(peer) + ":[0-9]+ +(4[5-9]|5[0-5]) ")
                .matcher(screen)
                .find();
    }
}
