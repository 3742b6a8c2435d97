package voiptui.tui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallOutcome;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.EchoTestState;
import voiptui.event.SessionEvent;
import voiptui.event.SpeechLevel;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.terminal.Background;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Theme;

/** The screens as they look, held to golden files; see {@link GoldenScreen} for how to accept a change. */
class PhoneViewTest {

    static Stream<Arguments> screens() {
        return Stream.of(
                screen("first", PhoneScene::first),
                screen("alone", PhoneScene::alone),
                screen("idle", () -> PhoneScene.idle().key(KeyType.ArrowDown).key(KeyType.ArrowDown)),
                screen(
                        "tunnel",
                        () -> PhoneScene.idle()
                                .event(SessionEvent.PathChanged.toTunnel(SessionEvent.UdpProblem.BLOCKED, null))),
                screen(
                        "tunnel-long-packets",
                        () -> PhoneScene.idle()
                                .event(SessionEvent.PathChanged.toTunnel(
                                        SessionEvent.UdpProblem.LONG_PACKETS_LOST, 1_776))),
                screen("session-lost", PhoneScene::sessionLost),
                screen("missed", PhoneScene::missed),
                screen("incoming", PhoneScene::incoming),
                screen("incoming-turned-over", () -> PhoneScene.incoming().after(1000)),
                screen("incoming-quit-asked", () -> PhoneScene.incoming().key('q')),
                screen(
                        "incoming-changed",
                        () -> PhoneScene.idle()
                                .event(PhoneScene.changed("anna"))
                                .after(4000)),
                screen(
                        "incoming-downgraded",
                        () -> PhoneScene.idle()
                                .event(new PhoneEvent.Incoming(
                                        "anna",
                                        null,
                                        false,
                                        "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28",
                                        true,
                                        false))),
                screen(
                        "call-waiting-changed",
                        () -> PhoneScene.inCall()
                                .event(PhoneScene.changed("anna"))
                                .after(1000)),
                screen(
                        "dialing-changed",
                        () -> PhoneScene.dialing()
                                .event(new CallEvent.PeerChanged(
                                        "workshop",
                                        "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28",
                                        "SHA256:b3RoZXIgbGluZXMgYXMgZ29sZGVuIGFzIHRoZSBmaXJ",
                                        true,
                                        true))),
                screen(
                        "verified",
                        () -> PhoneScene.idle()
                                .event(new PhoneEvent.Contacts(List.of(
                                        new PhoneEvent.Contact("anna", true, false, 0, true),
                                        new PhoneEvent.Contact("workshop", false, false, 0, true))))),
                screen("two-callers", PhoneScene::twoCallers),
                screen("call-waiting", PhoneScene::callWaiting),
                screen("call-waiting-two", () -> PhoneScene.callWaiting().event(PhoneScene.from("cellar"))),
                screen("call-waiting-quit-asked", () -> PhoneScene.callWaiting().key('q')),
                screen(
                        "dialing-call-waiting",
                        () -> PhoneScene.dialing().state(CallState.WAITING).event(PhoneScene.from("anna"))),
                screen("blocked", PhoneScene::blocked),
                screen("blocked-nobody", () -> PhoneScene.idle().key('b')),
                screen("dialing", PhoneScene::dialing),
                screen(
                        "dialing-ringing",
                        () -> PhoneScene.dialing().state(CallState.RINGING).after(12_000)),
                screen(
                        "dialing-waiting",
                        () -> PhoneScene.dialing().state(CallState.WAITING).after(65_000)),
                screen("in-call", PhoneScene::inCall),
                screen("in-call-quit-asked", () -> PhoneScene.inCall().key('q')),
                screen("after-call", () -> PhoneScene.inCall().end(EndReason.PEER_LEFT, 1489)),
                screen("after-busy", () -> PhoneScene.dialing().end(EndReason.BUSY, 0)),
                screen("typing", () -> PhoneScene.idle().key('c').type("work").key(KeyType.ArrowLeft)),
                screen(
                        "typing-unknown",
                        () -> PhoneScene.idle()
                                .key('c')
                                .type("workshp")
                                .key(KeyType.Enter)
                                .event(new PhoneEvent.NobodyCalled("workshp"))),
                screen(
                        "after-rejection",
                        () -> PhoneScene.inCall()
                                .end(EndReason.PEER_LEFT, 1489)
                                .event(new PhoneEvent.Incoming("anna"))
                                .event(new PhoneEvent.RingingEnded("anna", false, false, true, "rejected"))),
                screen("crowd", PhoneScene::crowd),
                screen("crowd-all", () -> PhoneScene.crowd().key('o').key('G')),
                screen("find", () -> PhoneScene.crowd().key('/').type("p1")),
                screen("find-nobody", () -> PhoneScene.crowd().key('/').type("xyz")),
                screen("do-not-disturb", () -> PhoneScene.idle().event(new PhoneEvent.DoNotDisturb(true))),
                screen("recent", PhoneScene::recent),
                screen(
                        "recent-selected",
                        () -> PhoneScene.recent().key(KeyType.Tab).key('j')),
                screen("favorites", PhoneScene::favorites),
                screen("devices", () -> PhoneScene.devices().key('j')),
                screen("hear-yourself-speaking", PhoneScene::speaking),
                screen(
                        "hear-yourself-playing",
                        () -> PhoneScene.speaking()
                                .event(new PhoneEvent.EchoTest(EchoTestState.PLAYING, SpeechLevel.TOO_QUIET, ""))
                                .event(new PhoneEvent.EchoTestLevel(-50, SpeechLevel.TOO_QUIET))),
                screen(
                        "hear-yourself-failed",
                        () -> PhoneScene.idle()
                                .event(new PhoneEvent.EchoTest(
                                        EchoTestState.ENDED,
                                        null,
                                        "the sound system does not respond; restart the sound server"))),
                screen(
                        "device-refused",
                        () -> PhoneScene.idle()
                                .event(new CallEvent.AudioRefused(
                                        AudioDirection.INPUT, "USB Headset", "unknown microphone 'USB Headset'"))),
                screen("log", () -> PhoneScene.missed().key('l')),
                screen("help", () -> PhoneScene.idle().key('?')),
                screen("leaving", () -> PhoneScene.idle().key('q')));
    }

    /** The states that a user has to recognize, wherever he sees them. */
    static Stream<Arguments> states() {
        Set<String> names = Set.of(
                "first",
                "idle",
                "session-lost",
                "dialing",
                "dialing-ringing",
                "dialing-waiting",
                "incoming",
                "call-waiting",
                "do-not-disturb",
                "blocked",
                "typing-unknown",
                "in-call");
        Stream<Arguments> help = Stream.of(
                screen("help", () -> PhoneScene.idle().key('?')),
                screen("help-end", () -> PhoneScene.idle().key('?').key(KeyType.End)));
        return Stream.concat(screens().filter(screen -> names.contains(screen.get()[0])), help);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void shouldShowEachStateAtEverySizeAndTheme(String name, Supplier<PhoneScene> scene) {
        PhoneModel model = scene.get().model;
        String file = "state/phone-" + name + "-";
        Theme dark = new Theme(ColorDepth.COLORS_256, Background.DARK);
        for (int[] size : new int[][] {{60, 16}, {80, 24}, {120, 40}, {200, 60}}) {
            verify(file + size[0] + "x" + size[1], size, dark, Glyphs.UNICODE, model);
        }
        int[] usual = {80, 24};
        verify(file + "light", usual, new Theme(ColorDepth.COLORS_256, Background.LIGHT), Glyphs.UNICODE, model);
        Theme sixteen = new Theme(ColorDepth.COLORS_16, Background.DARK);
        verify(file + "16-colors", usual, sixteen, Glyphs.UNICODE, model);
        verify(file + "ascii", usual, sixteen, Glyphs.ASCII, model);
    }

    private static void verify(String name, int[] size, Theme theme, Glyphs glyphs, PhoneModel model) {
        GoldenScreen.verify(name, size[0], size[1], theme, glyphs, canvas -> PhoneView.draw(model, canvas));
    }

    private static Arguments screen(String name, Supplier<PhoneScene> scene) {
        return Arguments.of(name, scene);
    }

    private static void verify(String name, int width, int height, ColorDepth colors, Glyphs glyphs, PhoneScene scene) {
        GoldenScreen.verify(
                "phone-" + name, width, height, colors, glyphs, canvas -> PhoneView.draw(scene.model, canvas));
    }

    private static String text(int width, int height, PhoneModel model) {
        return GoldenScreen.text(width, height, Glyphs.UNICODE, canvas -> PhoneView.draw(model, canvas));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void shouldLookAsMeant(String name, Supplier<PhoneScene> scene) {
        verify(name + "-80x24", 80, 24, ColorDepth.COLORS_256, Glyphs.UNICODE, scene.get());
    }

    @Test
    void shouldUseMoreRoomAndMakeDoWithLess() {
        verify("missed-120x40", 120, 40, ColorDepth.COLORS_256, Glyphs.UNICODE, PhoneScene.missed());
        verify("incoming-120x40", 120, 40, ColorDepth.COLORS_256, Glyphs.UNICODE, PhoneScene.incoming());
        verify("missed-60x16", 60, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, PhoneScene.missed());
        verify("incoming-60x16", 60, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, PhoneScene.incoming());
        verify(
                "dialing-waiting-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                PhoneScene.dialing().state(CallState.WAITING));
        verify(
                "incoming-changed-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                PhoneScene.idle().event(PhoneScene.changed("anna")));
        for (int[] size : new int[][] {{60, 16}, {120, 40}, {200, 60}}) {
            for (boolean testing : new boolean[] {false, true}) {
                verify(
                        (testing ? "hear-yourself-" : "favorites-") + size[0] + "x" + size[1],
                        size[0],
                        size[1],
                        ColorDepth.COLORS_256,
                        Glyphs.UNICODE,
                        testing ? PhoneScene.speaking() : PhoneScene.favorites());
            }
            verify(
                    "recent-selected-" + size[0] + "x" + size[1],
                    size[0],
                    size[1],
                    ColorDepth.COLORS_256,
                    Glyphs.UNICODE,
                    PhoneScene.recent().key(KeyType.Tab));
            verify(
                    "crowd-all-" + size[0] + "x" + size[1],
                    size[0],
                    size[1],
                    ColorDepth.COLORS_256,
                    Glyphs.UNICODE,
                    PhoneScene.crowd().key('o'));
            verify(
                    "crowd-" + size[0] + "x" + size[1],
                    size[0],
                    size[1],
                    ColorDepth.COLORS_256,
                    Glyphs.UNICODE,
                    PhoneScene.crowd());
        }
        verify(
                "after-call-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                PhoneScene.inCall().end(EndReason.PEER_LEFT, 1489));
        verify("in-call-60x16", 60, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, PhoneScene.inCall());
        verify(
                "help-60x16",
                60,
                16,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                PhoneScene.idle().key('?'));
    }

    @Test
    void shouldNameTheCallerEvenWhenTheTerminalIsTooSmall() {
        verify("too-small-59x16", 59, 16, ColorDepth.COLORS_256, Glyphs.UNICODE, PhoneScene.idle());
        verify("too-small-incoming-60x15", 60, 15, ColorDepth.NONE, Glyphs.ASCII, PhoneScene.incoming());
    }

    /** In the box of the call, not only in the log; also during a call, and where the terminal is small. */
    @Test
    void shouldSayInTheBoxOfTheCallThatACallerIsAnonymous() {
        PhoneEvent stranger = new PhoneEvent.Incoming("192.0.2.7", null, true);
        for (PhoneScene scene :
                List.of(PhoneScene.idle().event(stranger), PhoneScene.inCall().event(stranger))) {
            assertThat(text(80, 24, scene.model).lines())
                    .filteredOn(line -> !line.matches(".*\\d\\d:\\d\\d:\\d\\d  anon.*"))
                    .anyMatch(line -> line.contains("anonymous caller 192.0.2.7"));
            assertThat(text(60, 15, scene.model)).contains("anonymous caller 192.0.2.7");
        }
    }

    @Test
    void shouldBeReadableWithoutColorsAndWithoutUnicode() {
        verify(
                "missed-ascii",
                80,
                24,
                ColorDepth.COLORS_16,
                Glyphs.ASCII,
                PhoneScene.missed().key(KeyType.ArrowDown));
        verify("hear-yourself-ascii", 80, 24, ColorDepth.COLORS_16, Glyphs.ASCII, PhoneScene.speaking());
        verify("recent-console", 80, 25, ColorDepth.COLORS_8, Glyphs.CONSOLE, PhoneScene.favorites());
        verify("incoming-no-color", 80, 24, ColorDepth.NONE, Glyphs.UNICODE, PhoneScene.incoming());
        verify("session-lost-console", 80, 25, ColorDepth.COLORS_8, Glyphs.CONSOLE, PhoneScene.sessionLost());
    }

    /** Any size, down to nothing, for every page: a resize comes when it comes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void shouldDrawAtAnySize(String name, Supplier<PhoneScene> scene) {
        PhoneModel model = scene.get().model;
        for (int[] size : new int[][] {
            {0, 0}, {1, 1}, {60, 16}, {61, 17}, {79, 100}, {80, 23}, {80, 24}, {80, 32}, {200, 16}, {500, 200}
        }) {
            assertThat(text(size[0], size[1], model).lines().count())
                    .as("rows at %d by %d", size[0], size[1])
                    .isEqualTo(size[1]);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void shouldDrawAsciiOnlyWhereRequired(String name, Supplier<PhoneScene> scene) {
        String text = GoldenScreen.text(80, 24, Glyphs.ASCII, canvas -> PhoneView.draw(scene.get().model, canvas));
        assertThat(text.chars()).allMatch(character -> character < 127);
    }

    @Test
    void shouldNotLetNamesSteerTheTerminalOrMoveTheFrame() {
        String evil = "\033[2J\007Evil\u202e\ud83d\ude00\ne\u0301 ヘッドセット".repeat(3);
        List<PhoneScene> scenes = new ArrayList<>();
        PhoneScene idle = PhoneScene.idle()
                .event(new PhoneEvent.Contacts(List.of(
                        new PhoneEvent.Contact(evil, true, true, Long.MAX_VALUE),
                        new PhoneEvent.Contact(evil + "2", false, false, Long.MIN_VALUE))))
                .event(new PhoneEvent.Missed(evil, Long.MAX_VALUE))
                .event(new PhoneEvent.RecentCalls(List.of(
                        new PhoneEvent.RecentCall(
                                evil, true, Long.MAX_VALUE, CallOutcome.ANSWERED, Long.MAX_VALUE, null),
                        new PhoneEvent.RecentCall(evil, false, Long.MIN_VALUE, CallOutcome.MISSED, -1, null))))
                .event(new PhoneEvent.DeviceChosen(AudioDirection.INPUT, evil))
                .event(new PhoneEvent.Missed(evil, Long.MIN_VALUE))
                .event(new SessionEvent.SignedIn(evil, evil, true))
                .event(new SessionEvent.PathChanged(SessionEvent.MediaPath.UDP, evil))
                .key(KeyType.ArrowDown);
        scenes.add(idle);
        scenes.add(PhoneScene.idle().event(new SessionEvent.SessionLost(evil, 1, 500)));
        scenes.add(PhoneScene.idle().event(new PhoneEvent.Incoming(evil)));
        scenes.add(PhoneScene.idle().event(new PhoneEvent.CallStarted(evil, true)));
        scenes.add(
                PhoneScene.idle().event(new PhoneEvent.CallStarted(evil, false)).state(CallState.IN_CALL));
        scenes.add(
                PhoneScene.idle().event(new PhoneEvent.CallStarted(evil, true)).end(EndReason.BUSY, 0));
        for (PhoneScene scene : scenes) {
            String text = text(80, 24, scene.model);
            assertThat(text).doesNotContain("\033").doesNotContain("\u202e").doesNotContain("\007");
            assertThat(text.lines().filter(line -> line.startsWith("│")).toList())
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("│") || line.endsWith("┤"));
        }
        idle.event(new PhoneEvent.PhoneStopped(EndReason.FAILED, evil));
        assertThat(String.join("", PhoneSummary.lines(idle.model)).chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void shouldKeepTheMarkedContactInSightAmongThousands() {
        List<PhoneEvent.Contact> crowd = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            crowd.add(new PhoneEvent.Contact("n" + i, i % 2 == 0, false, 0));
        }
        PhoneScene scene =
                PhoneScene.idle().event(new PhoneEvent.Contacts(crowd)).key('o').key(KeyType.End);
        assertThat(text(80, 24, scene.model))
                .contains("n999 ")
                .contains("2500 of 5000 online")
                .doesNotContain("n0 ");
        assertThat(text(80, 24, scene.key(KeyType.Home).model)).contains("n0 ").doesNotContain("n999 ");
    }

    @Test
    void shouldPrintTheSummary() {
        PhoneScene scene = PhoneScene.inCall().end(EndReason.QUIT, 1489).event(new PhoneEvent.Missed("anna", 0));
        assertThat(PhoneSummary.lines(scene.model)).as("not off yet").isEmpty();
        scene.event(new PhoneEvent.PhoneStopped(EndReason.QUIT, ""));
        assertThat(PhoneSummary.lines(scene.model))
                .containsExactly(
                        "Phone dora at relay.example:8888, 00:00:33; signed out",
                        "  calls      1 outgoing, 0 incoming, 1 missed",
                        "  missed     00:00:00 anna",
                        "  log        /home/me/.local/state/voiptui/phone.log");
    }

    @Test
    void shouldNotTellOfEveryOneOfManyMissedCalls() {
        PhoneScene scene = PhoneScene.idle();
        for (int i = 0; i < 150; i++) {
            scene.event(new PhoneEvent.Missed("n" + i, scene.nowMs));
        }
        scene.event(new PhoneEvent.PhoneStopped(EndReason.NAME_REFUSED, "another certificate has it"));
        assertThat(PhoneSummary.lines(scene.model))
                .hasSize(9)
                .contains("             and 95 more")
                .first()
                .asString()
                .endsWith("the relay refused the name: another certificate has it");
    }
}
