package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.TestRelay;
import voiptui.testkit.Tmux;
import voiptui.testkit.VoiptuiProcess;

/** Every key of a phone and of its call, pressed in a real terminal. */
class KeysIT {

    private static final long SOON_MS = 20_000;
    private static final int CAPTURES = 20;

    /**
     * A key, or several, and what they do.
     *
     * @param keys as tmux names them
     * @param effect what the screen shows afterwards; with a leading {@code !}, what it no longer shows
     */
    private record Step(String keys, String effect) {}

    private static final List<Step> BETWEEN_CALLS = List.of(
            new Step("?", "redraw the screen"),
            new Step("x", "!redraw the screen"),
            new Step("t", "hearing yourself takes a microphone and a speaker"),
            new Step("d", "Tab other list"),
            new Step("Escape", "!Tab other list"),
            new Step("n", "do not disturb: callers are rejected"),
            new Step("n", "● ready"),
            new Step("f", "★ ben"),
            new Step("f", "!★ ben"),
            new Step("/ b e", "/ be"),
            new Step("Escape", "!/ be"),
            // A typo waits for nobody, and what was typed can be corrected.
            new Step("c b e m Enter", "nobody is called 'bem' here"),
            new Step("BSpace", " be "),
            new Step("Tab", " ben "),
            new Step("Escape", "!Tab complete"),
            new Step("b", "Blocked callers"),
            new Step("Escape", "!Blocked callers"),
            new Step("l", "Home oldest"),
            new Step("l", "!Home oldest"),
            new Step("Tab", "Enter call back"),
            new Step("Tab", "!Enter call back"),
            new Step("o", "People"),
            new Step("C-l", "People"));

    /** Each begins when ben calls. */
    private static final List<Step> CALLER = List.of(
            new Step("x", "!Incoming call"),
            // Blocked, seen in the list, and removed from it.
            new Step("b", "!Incoming call"));

    private static final List<Step> UNBLOCK = List.of(
            new Step("b", "Blocked callers"),
            new Step("Enter", "nobody is blocked"),
            new Step("Escape", "!Blocked callers"));

    private static final List<Step> IN_CALL = List.of(
            new Step("m", "MUTED"),
            new Step("m", "!MUTED"),
            new Step("h", "ON HOLD"),
            new Step("h", "!ON HOLD"),
            // Beyond the limit and back: 0 dB is reached again.
            new Step("+ + + + + + + + + +", "volume +21 dB"),
            new Step("- - - - - - -", "volume 0 dB"),
            new Step("[", "gain -3 dB"),
            new Step("]", "gain 0 dB"),
            new Step("p", "processing ns"),
            new Step("r", "REC 00:00"),
            new Step("r", "!REC 00:00"),
            new Step("t", "test tone"),
            new Step("v", "y yes, verified"),
            new Step("Escape", "!y yes, verified"),
            new Step("d", "Tab other list"),
            new Step("Escape", "!Tab other list"),
            new Step("Enter h i Enter", "you: hi"),
            new Step(",", "further back"),
            new Step(".", "!further back"),
            new Step("s", "Jitter buffer"),
            new Step("s", "media packets sent"),
            new Step("s", "What happened"),
            new Step("l", "Home oldest"),
            new Step("l", "!Home oldest"),
            new Step("?", "say again: replay"),
            new Step("x", "!say again: replay"),
            new Step("C-l", "in call with ben"));

    @TempDir
    private Path folder;

    @Test
    void shouldDoWhatEachKeySaysAndKeepTheColumnsOfACall() throws Exception {
        try (TestRelay relay = TestRelay.start();
                VoiptuiProcess ben = VoiptuiProcess.start(
                        relay.phone("ben", "--auto-answer", "--mic", "tone", "--speaker", "null"));
                Tmux terminal = Tmux.open(80, 24, folder, Map.of("HOME", folder.toString()))) {
            ben.awaitEvent(SOON_MS, "signed_in", event -> true);
            List<String> phone = new ArrayList<>(VoiptuiProcess.command());
            phone.addAll(List.of("phone", "--server", relay.server(), "--name", "dora", "--accept-new"));
            phone.addAll(List.of("--mic", "tone", "--speaker", "null"));
            terminal.enter(Tmux.quoted(phone));
            terminal.awaitText(SOON_MS, "1 of 1 online");

            BETWEEN_CALLS.forEach(step -> take(terminal, step));
            for (Step step : CALLER) {
                int lines = ben.lines();
                ben.type("call dora");
                terminal.awaitText(SOON_MS, "Incoming call");
                take(terminal, step);
                ben.awaitEventAfter(lines, SOON_MS, "summary", event -> true);
            }
            UNBLOCK.forEach(step -> take(terminal, step));
            // The first row is preselected.
            take(terminal, new Step("Enter", "in call with ben"));
            IN_CALL.forEach(step -> take(terminal, step));
            assertThat(columnsOfLabels(terminal)).hasSize(1);

            terminal.press("q");
            terminal.awaitText(SOON_MS, "Hang up?");
            terminal.press("q");
            terminal.awaitText(SOON_MS, "call with ben");
            // Back from the shell, with what was on the screen.
            terminal.press("C-z");
            terminal.awaitText(SOON_MS, "Stopped");
            terminal.enter("fg");
            terminal.awaitText(SOON_MS, "call with ben");
            terminal.press("C-c");
            terminal.awaitText(SOON_MS, "1 outgoing, 0 incoming");
        }
    }

    private static void take(Tmux terminal, Step step) {
        terminal.press(step.keys().split(" "));
        boolean goes = step.effect().startsWith("!");
        String text = goes ? step.effect().substring(1) : step.effect();
        terminal.await(SOON_MS, step.toString(), screen -> screen.contains(text) != goes);
    }

    /** The different places of labels and separators in successive pictures of the call. */
    private static Set<Set<String>> columnsOfLabels(Tmux terminal) {
        terminal.await(SOON_MS, "a verdict", screen -> screen.contains("ben: GOOD") && screen.contains("lost"));
        terminal.await(SOON_MS, "the losses of both legs", screen -> screen.contains("0 % ─"));
        Pattern label = Pattern.compile("(lost|gaps|relay|buffer|round trip|dBFS|ms|you|ben)(?= )|(?<=^| )│(?= |$)");
        Set<Set<String>> all = new LinkedHashSet<>();
        for (int capture = 0; capture < CAPTURES; capture++) {
            Set<String> places = new TreeSet<>();
            List<String> rows = terminal.screen().lines().toList();
            Stream.of(4, 5, 7, 8, 9, 11, 12)
                    .forEach(row -> label.matcher(rows.get(row))
                            .results()
                            .forEach(found -> places.add(row + ":" + found.start() + " " + found.group())));
            all.add(places);
        }
        return all;
    }
}
