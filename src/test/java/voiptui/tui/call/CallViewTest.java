package voiptui.tui.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.VoiceEvent;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Theme;

/** The screens as they look, held to golden files; see {@link GoldenScreen} for how to accept a change. */
class CallViewTest {

    private static final CallEvent.DevicesListed DEVICES = new CallEvent.DevicesListed(
            List.of(
                    new CallEvent.Choice("default", "system default"),
                    new CallEvent.Choice("USB Headset", "Jabra Evolve 20, hw:1,0"),
                    new CallEvent.Choice("Webcam", "hw:2,0")),
            List.of(new CallEvent.Choice("default", "system default"), new CallEvent.Choice("HDMI", "hw:3,0")));

    static Stream<Arguments> screens() {
        return Stream.of(
                screen("connecting", Scene::connecting),
                screen(
                        "connecting-again",
                        () -> Scene.connecting()
                                .event(new CallEvent.StateChanged(
                                        CallState.CONNECTING,
                                        2,
                                        3,
                                        1500,
                                        null,
                                        "nothing listens on TCP 192.0.2.1:8888"))
                                .after(100)),
                screen("waiting", () -> Scene.waiting().after(65_000)),
                screen("in-call", Scene::inCall),
                screen("ringing", Scene::ringing),
                screen(
                        "offline",
                        () -> Scene.signedIn().state(CallState.WAITING).after(65_000)),
                screen("peer-reports", Scene::peerReports),
                screen("poor", Scene::poor),
                screen("poor-for-the-peer", Scene::poorForThePeer),
                screen("outage", Scene::outage),
                screen("numbers", () -> Scene.inCall().key('s')),
                screen("peer-reports-numbers", () -> Scene.peerReports().key('s')),
                screen(
                        "peer-reports-statistics",
                        () -> Scene.peerReports().key('s').key('s')),
                screen(
                        "no-report-yet",
                        () -> Scene.ringing()
                                .event(new CallEvent.Connected(
                                        "192.0.2.7", "opus", "libopus", "rtp", List.of(), 48_000, 32))
                                .state(CallState.IN_CALL)),
                screen("encrypted", () -> Scene.encrypted(false)),
                screen("encrypted-verified", () -> Scene.encrypted(true)),
                screen(
                        "encrypted-statistics",
                        () -> Scene.encrypted(true).key('s').key('s')),
                screen("encrypted-words", () -> Scene.encrypted(false).key('v')),
                screen("encrypted-words-verified", () -> Scene.encrypted(true).key('v')),
                screen("peer-muted-and-recording", CallViewTest::peerMutedAndRecording),
                screen(
                        "replaying",
                        () -> Scene.encrypted(false).event(new VoiceEvent.ReplayProgress(6_500, 11_200, 2))),
                screen("on-hold", () -> Scene.encrypted(false).event(new CallEvent.HoldChanged(true))),
                screen(
                        "on-hold-by-the-peer",
                        () -> Scene.encrypted(false).event(new CallEvent.PeerState(true, false, true))),
                screen("not-encrypted", CallViewTest::notEncrypted),
                screen("not-encrypted-words", () -> notEncrypted().key('v')),
                screen(
                        "encryption-pending",
                        () -> Scene.peerReports()
                                .event(new CallEvent.EncryptionChanged(
                                        Encryption.PENDING, false, "SHA256:", null, false, false))),
                screen("changed-peer", Scene::changedPeer),
                screen("downgraded-peer", Scene::downgradedPeer),
                screen("session-lost", Scene::sessionLost),
                screen("tunnel", Scene::tunnel),
                screen("tunnel-long-packets", Scene::tunnelForLongPackets),
                screen("fell-back", Scene::fellBack),
                screen(
                        "peer-silent",
                        () -> Scene.inCall().state(CallState.PEER_SILENT).after(7000)),
                screen("relay-lost", Scene::relayLost),
                screen("ended", Scene::ended),
                screen(
                        "microphone-silent",
                        () -> Scene.inCall()
                                .event(new CallEvent.MicSilence(true, 2000))
                                .after(2000)),
                screen(
                        "microphone-lost",
                        () -> Scene.inCall()
                                .event(new CallEvent.AudioLost(
                                        AudioDirection.INPUT,
                                        "USB Headset",
                                        "the microphone 'USB Headset' delivers no sound any more",
                                        List.of("0: default")))),
                screen(
                        "talking-muted",
                        () -> Scene.inCall()
                                .event(new CallEvent.MuteChanged(true))
                                .event(new CallEvent.MicLevel(-12, -20, true))
                                .event(new CallEvent.MicLevel(-14, -20, true))),
                screen(
                        "recording-clipping",
                        () -> Scene.inCall()
                                .event(new CallEvent.GainChanged(AudioDirection.INPUT, 6))
                                .event(new CallEvent.GainChanged(AudioDirection.OUTPUT, -9))
                                .event(new CallEvent.Recording(true, "voiptui-20260102-140334.wav", 0, 0, 0, null))
                                .after(72_000)
                                .event(new CallEvent.MicLevel(0, -3, false))
                                .event(new CallEvent.TestTone(true))),
                screen("quit-asked", () -> Scene.inCall().key('q')),
                screen("help", () -> Scene.inCall().key('?')),
                screen("writing", () -> writing("see https://example.org/agenda")),
                screen("text-received", CallViewTest::textReceived),
                screen(
                        "devices",
                        () -> Scene.inCall()
                                .key('d')
                                .event(DEVICES)
                                .key(KeyType.ArrowDown)
                                .event(new CallEvent.PreviewLevel("Webcam", -31, null))),
                screen("log", () -> Scene.relayLost().key('l')),
                screen("statistics", () -> Scene.inCall().key('s').key('s')));
    }

    private static Scene writing(String text) {
        Scene scene = Scene.encrypted(true).key(KeyType.Enter);
        text.chars().forEach(character -> scene.key((char) character));
        return scene;
    }

    private static Scene textReceived() {
        return Scene.encrypted(true)
                .key(KeyType.ArrowUp)
                .event(new CallEvent.Text(false, "https://example.org/agenda, page 2"));
    }

    private static Scene recording() {
        return Scene.encrypted(true)
                .event(new CallEvent.Recording(true, "voiptui-20260102-140334.wav", 0, 0, 0, null))
                .after(72_000);
    }

    private static Scene replaying() {
        return Scene.encrypted(false).event(new VoiceEvent.ReplayProgress(6_500, 11_200, 2));
    }

    private static Scene muted() {
        return Scene.encrypted(true).event(new CallEvent.MuteChanged(true));
    }

    private static Scene onHold() {
        return Scene.encrypted(false).event(new CallEvent.HoldChanged(true));
    }

    private static Scene noSound() {
        return Scene.encrypted(true).event(new CallEvent.MicSilence(true, 2000)).after(2000);
    }

    /** The states that a user has to recognize, wherever he sees them. */
    static Stream<Arguments> states() {
        return Stream.of(
                screen("connecting", Scene::connecting),
                screen("waiting", () -> Scene.waiting().after(65_000)),
                screen("ringing", Scene::ringing),
                screen("muted", CallViewTest::muted),
                screen("on-hold", CallViewTest::onHold),
                screen("recording", CallViewTest::recording),
                screen("no-sound", CallViewTest::noSound),
                screen("replaying", CallViewTest::replaying),
                screen("writing", () -> writing("see https://example.org/agenda")),
                screen("text-received", CallViewTest::textReceived),
                screen("help", () -> Scene.inCall().key('?')),
                screen("help-end", () -> Scene.inCall().key('?').key(KeyType.ArrowDown)),
                screen("statistics", () -> Scene.encrypted(true).key('s').key('s')),
                screen("downgraded-peer", Scene::downgradedPeer),
                screen("session-lost", Scene::sessionLost),
                screen("ended", Scene::ended));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void shouldShowEachStateAtEverySizeAndTheme(String name, Supplier<Scene> scene) {
        for (int[] size : new int[][] {{60, 16}, {80, 24}, {120, 40}, {200, 60}}) {
            verify("state/call-" + name + "-" + size[0] + "x" + size[1], size, scene.get());
        }
        Theme light = new Theme(ColorDepth.COLORS_256, Background.LIGHT);
        CallModel model = scene.get().model;
        GoldenScreen.verify(
                "state/call-" + name + "-light", 80, 24, light, Glyphs.UNICODE, canvas -> CallView.draw(model, canvas));
        verify("state/call-" + name + "-16-colors", 80, 24, ColorDepth.COLORS_16, Glyphs.UNICODE, scene.get());
        verify("state/call-" + name + "-ascii", 80, 24, ColorDepth.COLORS_16, Glyphs.ASCII, scene.get());
    }

    private static Scene peerMutedAndRecording() {
        return Scene.encrypted(false).event(new CallEvent.PeerState(true, true, false));
    }

    private static Scene notEncrypted() {
        return Scene.peerReports().event(new CallEvent.EncryptionChanged(Encryption.OLD_PROGRAM, true));
    }

    private static Arguments screen(String name, Supplier<Scene> scene) {
        return Arguments.of(name, scene);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void shouldLookAsMeant(String name, Supplier<Scene> scene) {
        verify("call-" + name + "-80x24", 80, 24, ColorDepth.COLORS_256, Glyphs.UNICODE, scene.get());
    }

    @Test
    void shouldUseMoreRoom() {
        verify("call-in-call-120x40", 120, 40, ColorDepth.COLORS_256, Glyphs.UNICODE, Scene.inCall());
        verify("call-peer-reports-120x40", 120, 40, ColorDepth.COLORS_256, Glyphs.UNICODE, Scene.peerReports());
        verify(
                "call-peer-reports-statistics-120x40",
                120,
                40,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                Scene.peerReports().key('s').key('s'));
        verify(
                "call-statistics-120x40",
                120,
                40,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                Scene.inCall().key('s').key('s'));
    }

    @Test
    void shouldGiveAVerdictAtEverySize() {
        for (int[] size : new int[][] {{60, 16}, {120, 40}, {200, 60}}) {
            String at = "-" + size[0] + "x" + size[1];
            verify("call-poor" + at, size, Scene.poor());
            verify("call-outage" + at, size, Scene.outage());
            verify("call-peer-reports-numbers" + at, size, Scene.peerReports().key('s'));
        }
        verify("call-poor-ascii", 80, 24, ColorDepth.COLORS_16, Glyphs.ASCII, Scene.poor());
        verify("call-poor-console", 80, 25, ColorDepth.COLORS_8, Glyphs.CONSOLE, Scene.poor());
    }

    @Test
    void shouldMakeDoWithLess() {
        verify("call-in-call-60x16", 60, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, Scene.inCall());
        verify("call-peer-reports-60x16", 60, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, Scene.peerReports());
        verify(
                "call-peer-reports-statistics-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                Scene.peerReports().key('s').key('s'));
        verify("call-session-lost-60x16", 60, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, Scene.sessionLost());
        verify("call-tunnel-60x16", 60, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, Scene.tunnel());
        verify(
                "call-tunnel-long-packets-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                Scene.tunnelForLongPackets());
        verify("call-fell-back-60x16", 60, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, Scene.fellBack());
        verify(
                "call-help-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                Scene.inCall().key('?'));
        verify(
                "call-statistics-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                Scene.inCall().key('s').key('s'));
        verify(
                "call-devices-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                Scene.inCall().key('d').event(DEVICES));
    }

    @Test
    void shouldSayHowItIsEncryptedAtEverySize() {
        for (int[] size : new int[][] {{60, 16}, {200, 60}}) {
            String at = "-" + size[0] + "x" + size[1];
            verify("call-encrypted-verified" + at, size, Scene.encrypted(true));
            verify("call-encrypted-words" + at, size, Scene.encrypted(false).key('v'));
            verify("call-not-encrypted" + at, size, notEncrypted());
            verify("call-peer-muted-and-recording" + at, size, peerMutedAndRecording());
            verify("call-changed-peer" + at, size, Scene.changedPeer());
        }
        verify("call-encrypted-verified-ascii", 80, 24, ColorDepth.COLORS_16, Glyphs.ASCII, Scene.encrypted(true));
    }

    private static void verify(String name, int[] size, Scene scene) {
        verify(name, size[0], size[1], ColorDepth.COLORS_256, Glyphs.UNICODE, scene);
    }

    @Test
    void shouldSayWhenThereIsTooLittleRoom() {
        verify("call-too-small-59x16", 59, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, Scene.inCall());
        verify("call-too-small-60x15", 60, 15, ColorDepth.NONE, Glyphs.ASCII, Scene.inCall());
    }

    @Test
    void shouldBeReadableWithoutColorsAndWithoutUnicode() {
        verify("call-in-call-ascii", 80, 24, ColorDepth.COLORS_16, Glyphs.ASCII, Scene.inCall());
        verify("call-relay-lost-no-color", 80, 24, ColorDepth.NONE, Glyphs.UNICODE, Scene.relayLost());
        verify("call-peer-reports-ascii", 80, 24, ColorDepth.COLORS_16, Glyphs.ASCII, Scene.peerReports());
        verify("call-in-call-console", 80, 25, ColorDepth.COLORS_8, Glyphs.CONSOLE, Scene.inCall());
    }

    private static void verify(String name, int width, int height, ColorDepth colors, Glyphs glyphs, Scene scene) {
        GoldenScreen.verify(name, width, height, colors, glyphs, canvas -> CallView.draw(scene.model, canvas));
    }

    /** Any size, down to nothing, for every page: a resize comes when it comes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void shouldDrawAtAnySize(String name, Supplier<Scene> scene) {
        CallModel model = scene.get().model;
        for (int[] size : new int[][] {
            {0, 0}, {1, 1}, {60, 16}, {61, 17}, {79, 100}, {80, 23}, {80, 24}, {80, 32}, {200, 16}, {500, 200}
        }) {
            String text = GoldenScreen.text(size[0], size[1], Glyphs.UNICODE, canvas -> CallView.draw(model, canvas));
            assertThat(text.lines().count())
                    .as("rows at %d by %d", size[0], size[1])
                    .isEqualTo(size[1]);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void shouldDrawAsciiOnlyWhereRequired(String name, Supplier<Scene> scene) {
        String text = GoldenScreen.text(80, 24, Glyphs.ASCII, canvas -> CallView.draw(scene.get().model, canvas));
        assertThat(text.chars()).allMatch(character -> character < 127);
    }

    @Test
    void shouldNotLetNamesSteerTheTerminalOrMoveTheFrame() {
        Scene scene = Scene.inCall()
                .event(new CallEvent.AudioInUse(AudioDirection.INPUT, "\033[2JEvil\u202e\ud83d\ude00 e\u0301 ヘッドセット"))
                .event(new CallEvent.StateChanged(CallState.RELAY_LOST, 1, 0, 500, null, "\033]0;title\007 gone"));
        String text = GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas));
        assertThat(text).doesNotContain("\033").doesNotContain("\u202e").doesNotContain("\007");
        assertThat(text.lines().filter(line -> line.startsWith("│")).toList())
                .isNotEmpty()
                .allMatch(line -> line.endsWith("│"));
    }

    @Test
    void shouldKeepNumbersInTheirColumns() {
        CallModel model = Scene.inCall().key('s').model;
        String few = GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(model, canvas));
        Scene many = Scene.inCall()
                .key('s')
                .event(new CallEvent.NetworkStats(9_000_000, 8_000_000, 999_999, 12_345, 1, 99, 0, 123.4, 19_999_980));
        String lots = GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(many.model, canvas));
        for (String label : new String[] {"lost", "late", "jitter", "concealed", "reordered"}) {
            assertThat(columnOf(lots, label)).as(label).isEqualTo(columnOf(few, label));
        }
    }

    private static int columnOf(String screen, String label) {
        return screen.lines()
                .map(line -> line.indexOf(label + " "))
                .filter(column -> column > 30)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldPrintTheSummary() {
        assertThat(CallSummary.lines(Scene.ended().model))
                .containsExactly(
                        "Call with 192.0.2.7 through relay.example:8888, 00:12:34; the other side hung up",
                        "  loss       0.0 %: 12 of 37,700 packets, 4 late",
                        "  jitter     1.9 ms, buffer 61 ms",
                        "  concealed  0.24 s",
                        "  worst      14:03:18: 4.0 % lost, 0.20 s concealed in 5 s",
                        "  recorded   voiptui-20260102-140330.wav",
                        "  log        /home/me/.local/state/voiptui/voiptui.log");
    }

    @Test
    void shouldWarnOfSoundInTheClearWhateverElseThereIsToSay() {
        Scene scene = Scene.fellBack()
                .event(new CallEvent.MuteChanged(true))
                .event(new CallEvent.Recording(true, "a.wav", 0, 0, 0, null))
                .event(new CallEvent.AudioLost(AudioDirection.INPUT, "USB Headset", "unplugged", List.of()))
                .state(CallState.RELAY_LOST);
        assertThat(GoldenScreen.text(60, 16, Glyphs.ASCII, canvas -> CallView.draw(scene.model, canvas)))
                .contains("IN THE CLEAR", "MUTED", "REC 00:00:00", "classic: in the clear");
        assertThat(GoldenScreen.text(
                        80,
                        24,
                        Glyphs.ASCII,
                        canvas -> CallView.draw(
                                Scene.fellBack()
                                        .state(CallState.IN_CALL)
                                        .key('s')
                                        .key('s')
                                        .model,
                                canvas)))
                .contains("IN THE CLEAR");
    }

    @Test
    void shouldSummarizeBothDirections() {
        Scene scene = Scene.peerReports()
                .event(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, EndReason.PEER_LEFT, ""))
                .event(new CallEvent.Summary(
                        CallState.IN_CALL,
                        EndReason.PEER_LEFT,
                        33_000,
                        1500,
                        1489,
                        11,
                        2,
                        0,
                        3,
                        0,
                        220,
                        1.93,
                        61.2,
                        12.3,
                        "opus",
                        -6.2));
        assertThat(CallSummary.lines(scene.model))
                .contains(
                        "  loss       0.7 %: 11 of 1,500 packets, 2 late",
                        "  peer       4.0 %: 60 of 1,500 packets; jitter 3.1 ms, round trip 45.2 ms");
        assertThat(CallProgram.oneLine(scene.model))
                .isEqualTo("call with 192.0.2.7, 00:00:30; the other side hung up; lost 0.7 %, peer lost 4.0 %");
    }

    @Test
    void shouldSayWhyThereWasNoCall() {
        Scene scene = Scene.connecting()
                .event(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, EndReason.RELAY_UNREACHABLE, "no answer"))
                .event(new CallEvent.Summary(
                        CallState.CONNECTING,
                        EndReason.RELAY_UNREACHABLE,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        null,
                        "pcm",
                        -96));
        assertThat(CallSummary.lines(scene.model).get(0))
                .startsWith("No call with 192.0.2.7 through relay.example:8888")
                .contains("the relay cannot be reached: no answer")
                .contains("firewall");
        assertThat(CallSummary.lines(Scene.inCall().model)).as("not over yet").isEmpty();
    }

    @Test
    void shouldKnowWhatATerminalCanShow() {
        assertThat(Glyphs.of(Map.of("LANG", "de_DE.UTF-8", "TERM", "xterm"))).isEqualTo(Glyphs.UNICODE);
        assertThat(Glyphs.of(Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "C"))).isEqualTo(Glyphs.ASCII);
        assertThat(Glyphs.of(Map.of("LC_CTYPE", "en_US.utf8", "TERM", "linux"))).isEqualTo(Glyphs.CONSOLE);
        assertThat(Glyphs.of(Map.of())).isEqualTo(Glyphs.ASCII);
        assertThat(ColorDepth.of(Map.of("TERM", "xterm-256color"))).isEqualTo(ColorDepth.COLORS_256);
        assertThat(ColorDepth.of(Map.of("TERM", "xterm-256color", "NO_COLOR", "1")))
                .isEqualTo(ColorDepth.NONE);
        assertThat(ColorDepth.of(Map.of("TERM", "xterm-256color", "NO_COLOR", "")))
                .isEqualTo(ColorDepth.COLORS_256);
        assertThat(ColorDepth.of(Map.of("TERM", "xterm"))).isEqualTo(ColorDepth.COLORS_16);
        assertThat(ColorDepth.of(Map.of("TERM", "linux"))).isEqualTo(ColorDepth.COLORS_8);
        assertThat(ColorDepth.of(Map.of("TERM", "screen"))).isEqualTo(ColorDepth.COLORS_8);
        assertThat(ColorDepth.of(Map.of("TERM", "vt220"))).isEqualTo(ColorDepth.NONE);
        assertThat(ColorDepth.of(Map.of("TERM", "xterm", "COLORTERM", "truecolor")))
                .isEqualTo(ColorDepth.COLORS_256);
    }
}
