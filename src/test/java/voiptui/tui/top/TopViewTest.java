package voiptui.tui.top;

import static org.assertj.core.api.Assertions.assertThat;
import static voiptui.tui.top.TopSamples.AT_MS;
import static voiptui.tui.top.TopSamples.counters;
import static voiptui.tui.top.TopSamples.talking;
import static voiptui.tui.top.TopSamples.waiting;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.event.RelayEvent.ClientStatus;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.key.Keymap;
import voiptui.tui.terminal.ColorDepth;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.top.TopModel.Overlay;

/** What a relay's screen looks like. */
class TopViewTest {

    private static final long HOUR_MS = 3_600_000;

    private static final RelayEvent.Started STARTED =
            new RelayEvent.Started("0.0.0.0:8888", "0.0.0.0:9999", "in batches of 64", 10);

    /** A relay with two calls, one client that waits, and strangers at the door. */
    private static TopModel busy() {
        TopModel model = TopSamples.model(STARTED);
        List<RelayEvent> facts = List.of(
                new RelayEvent.ClassicRegistered("192.0.2.1:5000", "192.0.2.7", false, 1),
                new RelayEvent.ClassicRegistered("192.0.2.7:5000", "192.0.2.1", false, 2),
                new RelayEvent.ClassicPaired("192.0.2.7:5000", "192.0.2.1:5000"),
                new RelayEvent.ClassicSourceLearned("192.0.2.7:5000", "192.0.2.7:40123"),
                new RelayEvent.ClassicRegistered("198.51.100.120:41000", "203.0.113.200", false, 5),
                new RelayEvent.Refused("203.0.113.9:1234", "INVALID", "that is no message of the protocol"));
        for (int i = 0; i < facts.size(); i++) {
            model = TopUpdate.onEvent(model, facts.get(i), AT_MS + 61_000L * (i + 1));
        }
        for (int s = 0; s <= 12; s++) {
            model = TopUpdate.onEvent(model, status(s), AT_MS);
        }
        return model;
    }

    /** One second after the other: calls of 50 packets/s each way, the second one joins in the middle. */
    private static RelayEvent.Status status(int s) {
        long at = 27 * HOUR_MS + s * 1000L;
        List<ClientStatus> clients = new ArrayList<>(List.of(
                talking("192.0.2.1:5000", "192.0.2.7:5000", 2 * HOUR_MS + s * 1000L, 360_000 + 50L * s),
                talking("192.0.2.7:5000", "192.0.2.1:5000", 2 * HOUR_MS - 70_000 + s * 1000L, 356_500 + 50L * s)));
        if (s >= 6) {
            clients.add(talking("10.20.30.40:51234", "10.20.30.41:5000", (s - 6) * 1000L + 400, 50L * (s - 6) + 20));
            clients.add(new ClientStatus(
                    "10.20.30.41:5000",
                    "10.20.30.40",
                    "10.20.30.40:51234",
                    (s - 6) * 1000L + 300,
                    15,
                    15 * 1768,
                    (s - 6) * 1000L));
        }
        clients.add(waiting("198.51.100.120:41000", 125_000 + s * 1000L, 0));
        return new RelayEvent.Status(
                at,
                clients,
                counters(
                        Counter.FORWARDED,
                        5_000_000 + 100L * s,
                        Counter.DROPPED_NO_PEER,
                        12_345,
                        Counter.DROPPED_UNREGISTERED,
                        400 + 12L * s,
                        Counter.CONTROL_CONNECTIONS,
                        2_481,
                        Counter.REGISTRATIONS,
                        17,
                        Counter.CONTROL_INVALID,
                        3),
                60_000 + 24L * s,
                61_000_000);
    }

    private static TopModel selecting(TopModel model, String client) {
        return model.with(model.clients().selecting(client));
    }

    /** Many clients, each waiting for the next. */
    private static TopModel crowd(int clients) {
        List<ClientStatus> statuses = new ArrayList<>();
        for (int i = 1; i <= clients; i++) {
            statuses.add(waiting("192.168.100." + i + ":5000", 500_000L - i * 1000L, 0));
        }
        return TopUpdate.onEvent(
                TopSamples.model(STARTED), TopSamples.status(600_000, statuses.toArray(ClientStatus[]::new)), AT_MS);
    }

    @ParameterizedTest
    @CsvSource({
        "80, 24, UNICODE, COLORS_256",
        "120, 40, UNICODE, COLORS_256",
        "60, 16, UNICODE, COLORS_256",
        "80, 24, ASCII, NONE",
        "80, 24, CONSOLE, COLORS_8",
        "59, 16, UNICODE, COLORS_256",
        "60, 15, ASCII, NONE"
    })
    void shouldShowABusyRelay(int width, int height, Glyphs glyphs, ColorDepth colors) {
        String name = "top-busy-" + width + "x" + height
                + (glyphs == Glyphs.UNICODE ? "" : "-" + glyphs.name().toLowerCase(Locale.ROOT));
        GoldenScreen.verify(
                name,
                width,
                height,
                colors,
                glyphs,
                canvas -> TopView.draw(busy(), ZoneOffset.UTC, Keymap.DEFAULT, canvas));
    }

    @Test
    void shouldShowHowManyWereRefusedWhereThereIsLittleSpace() {
        RelayEvent.Status refusing = new RelayEvent.Status(
                1_000,
                List.of(),
                counters(Counter.SIGN_INS_REFUSED, 4, Counter.CONTROL_NOT_ADMITTED, 2, Counter.CONTROL_INVALID, 1),
                0,
                0);
        String screen = GoldenScreen.text(
                60,
                16,
                Glyphs.UNICODE,
                canvas -> TopView.draw(TopSamples.model(STARTED, refusing), ZoneOffset.UTC, Keymap.DEFAULT, canvas));
        assertThat(screen).containsPattern("turned away +7  sign-ins refused 4, not admitte");
    }

    /** Four signed in, nobody classic, some turned away in every way that the relay counts. */
    private static TopModel turningAway() {
        ClientStatus[] idle = new ClientStatus[4];
        for (int i = 0; i < idle.length; i++) {
            idle[i] = new ClientStatus("name" + i + " 192.0.2.1:4000" + i, "", null, 60_000L + i, 0, 0, 60_000L + i);
        }
        return TopSamples.model(
                STARTED,
                new RelayEvent.Status(
                        600_000,
                        List.of(idle),
                        counters(
                                Counter.CONTROL_CONNECTIONS, 31,
                                Counter.SIGN_INS, 4,
                                Counter.SIGN_INS_REFUSED, 1,
                                Counter.REFUSED_BLOCKED, 2,
                                Counter.CONTROL_LIMITED, 3,
                                Counter.TLS_FAILED, 4),
                        0,
                        0));
    }

    @Test
    void shouldCountEverybodyWhoWasTurnedAwayAndFoldZeros() {
        GoldenScreen.verify(
                "top-turned-away-80x24",
                80,
                24,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                canvas -> TopView.draw(turningAway(), ZoneOffset.UTC, Keymap.DEFAULT, canvas));
        String screen = GoldenScreen.text(
                80, 24, Glyphs.UNICODE, canvas -> TopView.draw(turningAway(), ZoneOffset.UTC, Keymap.DEFAULT, canvas));
        assertThat(screen)
                .containsPattern("turned away +10")
                .containsPattern("sign-ins +4")
                .containsPattern("blocked +2")
                .doesNotContain("classic", "never", "too short");
    }

    @Test
    void shouldSayHowManyCountersDoNotFit() {
        Object[] all = CounterTable.DROPS.keySet().stream()
                .flatMap(counter -> Stream.<Object>of(counter, 1))
                .toArray();
        TopModel model = TopSamples.model(STARTED, new RelayEvent.Status(1_000, List.of(), counters(all), 0, 0));
        String screen = GoldenScreen.text(
                80, 24, Glyphs.UNICODE, canvas -> TopView.draw(model, ZoneOffset.UTC, Keymap.DEFAULT, canvas));
        assertThat(screen).containsPattern("3 more +3 ");
    }

    @Test
    void shouldShowARelayWithoutClients() {
        GoldenScreen.verify(
                "top-idle",
                80,
                24,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                canvas -> TopView.draw(crowd(0), ZoneOffset.UTC, Keymap.DEFAULT, canvas));
    }

    @Test
    void shouldShowDashesForUnknownNumbers() {
        GoldenScreen.verify(
                "top-first",
                80,
                24,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                canvas -> TopView.draw(TopModel.INITIAL, ZoneOffset.UTC, Keymap.DEFAULT, canvas));
    }

    @Test
    void shouldKeepTheMarkedClientInSight() {
        GoldenScreen.verify(
                "top-crowd",
                80,
                24,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                canvas -> TopView.draw(
                        selecting(crowd(30), "192.168.100.20:5000"), ZoneOffset.UTC, Keymap.DEFAULT, canvas));
    }

    /** v2 clients: names, some long, some more than once, beside a classic client. */
    private static TopModel v2Clients() {
        ClientStatus[] v2Clients = {
            new ClientStatus(
                    "dora 203.0.113.9:41234", "workshop", "workshop 198.51.100.7:40000", 60_000, 900, 90_000, 12),
            new ClientStatus("workshop 198.51.100.7:40000", "dora", "dora 203.0.113.9:41234", 60_000, 900, 90_000, 12),
            new ClientStatus("dora 203.0.113.9:41235", "cellar", null, 50_000, 0, 0, 0),
            new ClientStatus(
                    "a-name-as-long-as-a-name-may-be. [2001:db8::9abc:def0:1234]:65535",
                    "b-name-as-long-as-a-name-may-be.",
                    null,
                    40_000,
                    0,
                    0,
                    0),
            talking("192.0.2.1:5000", "192.0.2.7:5000", 40_000, 100)
        };
        return TopUpdate.onEvent(TopSamples.model(STARTED), TopSamples.status(600_000, v2Clients), AT_MS);
    }

    @ParameterizedTest
    @CsvSource({"80, 24, UNICODE", "60, 16, UNICODE", "120, 40, UNICODE", "80, 24, ASCII"})
    void shouldShowV2ClientsByNameAndTellThemApart(int width, int height, Glyphs glyphs) {
        String name = "top-v2-" + width + "x" + height + (glyphs == Glyphs.ASCII ? "-ascii" : "");
        GoldenScreen.verify(
                name,
                width,
                height,
                ColorDepth.COLORS_256,
                glyphs,
                canvas -> TopView.draw(v2Clients(), ZoneOffset.UTC, Keymap.DEFAULT, canvas));
    }

    @ParameterizedTest
    @CsvSource({"CONFIRM_STOP, 80, 24", "HELP, 80, 24", "HELP, 60, 16", "STOPPING, 80, 24", "CONFIRM_STOP, 60, 16"})
    void shouldShowWhatLiesOverIt(Overlay overlay, int width, int height) {
        String name = "top-" + overlay.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + width + "x" + height;
        GoldenScreen.verify(
                name,
                width,
                height,
                ColorDepth.COLORS_256,
                Glyphs.UNICODE,
                canvas -> TopView.draw(busy().with(overlay), ZoneOffset.UTC, Keymap.DEFAULT, canvas));
    }

    @Test
    void shouldDrawAtAnySizeAndWithAnyNumbers() {
        ClientStatus huge = new ClientStatus(
                "[2001:db8:1234:5678:9abc:def0:1234:5678]:65535",
                "2001:db8:1234:5678:9abc:def0:1234:5678",
                null,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE);
        RelayEvent.Status first = new RelayEvent.Status(0, List.of(), counters(), 0, Long.MAX_VALUE);
        RelayEvent.Status second = new RelayEvent.Status(
                1,
                List.of(huge),
                counters(Counter.DROPPED_NO_PEER, Long.MAX_VALUE, Counter.CONTROL_FULL, Long.MAX_VALUE),
                Long.MAX_VALUE,
                Long.MAX_VALUE);
        TopModel model = TopSamples.model(first, second, new RelayEvent.Warning("\u001b[2J\u0000" + "w".repeat(500)));
        for (int width = 0; width <= 200; width += 7) {
            for (int height = 0; height <= 70; height++) {
                String screen = GoldenScreen.text(
                        width,
                        height,
                        Glyphs.UNICODE,
                        canvas -> TopView.draw(model, ZoneOffset.UTC, Keymap.DEFAULT, canvas));
                assertThat(screen).doesNotContain("\u001b");
            }
        }
    }
}
