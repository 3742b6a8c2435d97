package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.ImpairedTransport.Impairment;
import voiptui.testkit.NatBox;
import voiptui.testkit.TestRelay;
import voiptui.testkit.Tmux;
import voiptui.testkit.VoiptuiProcess;

/** A call over an impaired media path, and what both users are shown. */
class BadPathIT {

    private static final String A = "127.0.0.2";
    private static final String B = "127.0.0.3";
    private static final String NAT = "127.0.1.1";
    private static final String[] TONE = {"--mic", "tone", "--speaker", "null"};
    private static final long SOON_MS = 20_000;
    private static final long SEED = 20_261;
    private static final Pattern LOSS = Pattern.compile("loss +([0-9.]+) % now +([0-9.]+) % avg");

    @TempDir
    private Path folder;

    @Test
    void shouldShowLossWhileThePathDropsOnePacketInTen() throws Exception {
        try (TestRelay relay = TestRelay.start();
                NatBox path = new NatBox(NAT, A, relay.control(), relay.media(), SEED);
                Tmux terminal = Tmux.open(80, 24, folder, Map.of("XDG_STATE_HOME", folder.toString()));
                VoiptuiProcess peer = VoiptuiProcess.start(relay.call(B, A, TONE))) {
            List<String> words = new ArrayList<>(VoiptuiProcess.command());
            words.addAll(Arrays.asList(path.throughNat(relay.screenCall(A, B, TONE))));
            terminal.enter(Tmux.quoted(words));
            terminal.awaitText(SOON_MS, "in call with " + B + ": GOOD");

            path.impair(Impairment.NONE.withLoss(0.1));

            terminal.await(
                    SOON_MS,
                    "a verdict with its cause",
                    screen -> Pattern.compile("▲ (FAIR|POOR|BAD): [0-9.]+ % of the packets get lost. Try a cable")
                            .matcher(screen)
                            .find());
            terminal.press("s");
            terminal.await(SOON_MS, "about 10 % lost now", screen -> lossNow(screen) > 4 && lossNow(screen) < 20);
            terminal.await(
                    SOON_MS,
                    "what was concealed",
                    screen -> Pattern.compile("concealed +(0\\.[1-9]|[1-9])")
                            .matcher(screen)
                            .find());
            peer.awaitEvent(
                    SOON_MS, "network", network -> network.get("packets_lost").getAsInt() > 0);

            path.impair(Impairment.NONE);

            String healed = terminal.await(SOON_MS, "no loss any more", screen -> lossNow(screen) == 0);
            assertThat(lossInAll(healed)).as("what is over stays in the sum").isPositive();
            terminal.press("q", "Enter");
            assertThat(terminal.awaitPrompt(SOON_MS))
                    .containsPattern("loss +[0-9.]*[1-9][0-9.]* %")
                    .containsPattern("worst +[0-9:]+: ");
        }
    }

    @Test
    void shouldLoseNoAudioOnAPathThatOnlyDelays() throws Exception {
        try (TestRelay relay = TestRelay.start();
                NatBox path = new NatBox(NAT, A, relay.control(), relay.media(), SEED)) {
            path.impair(Impairment.NONE.withDelay(40, 0));
            try (VoiptuiProcess a = VoiptuiProcess.start(path.throughNat(relay.call(A, B, TONE)));
                    VoiptuiProcess b = VoiptuiProcess.start(relay.call(B, A, TONE))) {
                a.awaitState(SOON_MS, "IN_CALL");
                b.awaitState(SOON_MS, "IN_CALL");
                for (VoiptuiProcess side : List.of(a, b)) {
                    JsonObject network = side.awaitEvent(
                            SOON_MS,
                            "network",
                            event -> event.get("packets_received").getAsInt() > 100);
                    assertThat(network.get("packets_lost").getAsInt())
                            .as("%s", network)
                            .isZero();
                }
                // Only media is delayed here: the end-of-transmission packet would arrive after the DISCONNECT.
                path.impair(Impairment.NONE);
                a.type("quit");
                assertThat(a.awaitExit(SOON_MS)).isZero();
                assertThat(b.awaitSummary(SOON_MS).get("reason").getAsString()).isEqualTo("PEER_LEFT");
            }
        }
    }

    private static double lossNow(String screen) {
        return loss(screen, 1);
    }

    private static double lossInAll(String screen) {
        return loss(screen, 2);
    }

    private static double loss(String screen, int group) {
        Matcher matcher = LOSS.matcher(screen);
        return matcher.find() ? Double.parseDouble(matcher.group(group)) : -1;
    }
}
