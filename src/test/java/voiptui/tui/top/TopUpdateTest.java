package voiptui.tui.top;

import static org.assertj.core.api.Assertions.assertThat;
import static voiptui.tui.top.TopSamples.A;
import static voiptui.tui.top.TopSamples.AT_MS;
import static voiptui.tui.top.TopSamples.B;
import static voiptui.tui.top.TopSamples.C;
import static voiptui.tui.top.TopSamples.model;
import static voiptui.tui.top.TopSamples.status;
import static voiptui.tui.top.TopSamples.waiting;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.RelayEvent;
import voiptui.event.RelayEvent.ClientStatus;
import voiptui.tui.Next;
import voiptui.tui.key.Keymap;
import voiptui.tui.top.TopModel.Overlay;
import voiptui.tui.widget.LogLines;

/** What events and keys make of a relay's screen. */
class TopUpdateTest {

    private static KeyStroke key(String name) {
        return switch (name.length() == 2 && name.charAt(0) == '^' ? "^" : name.length() == 1 ? "1" : name) {
            case "^" -> new KeyStroke(name.charAt(1), true, false);
            case "1" -> new KeyStroke(name.charAt(0), false, false);
            default -> new KeyStroke(KeyType.valueOf(name));
        };
    }

    private static Next<TopModel> press(TopModel model, String keys) {
        Next<TopModel> next = Next.show(model);
        for (String name : keys.split(" ")) {
            next = TopUpdate.onKey(next.model(), Keymap.DEFAULT, key(name));
        }
        return next;
    }

    private static List<String> shown(TopModel model) {
        return model.clients().rows().stream().map(row -> row.status().client()).toList();
    }

    /** Clients 10.0.0.1:1 to 10.0.0.n:1, the first the oldest. */
    private static RelayEvent.Status crowd(int clients) {
        return status(
                1_000_000,
                IntStream.rangeClosed(1, clients)
                        .mapToObj(i -> waiting("10.0.0." + i + ":1", 1_000_000 - i * 1000L, 0))
                        .toArray(ClientStatus[]::new));
    }

    private static void assertStops(Next<TopModel> next, boolean stops) {
        assertThat(next.commands()).isEqualTo(stops ? List.of(new Command.HangUp()) : List.of());
        assertThat(next.model().overlay() == Overlay.STOPPING).isEqualTo(stops);
    }

    @Test
    void shouldFollowTheKeysOfTheUser() throws Exception {
        Keymap keys = Keymap.of(Map.of("quit", "F10"));

        assertThat(TopUpdate.onKey(TopModel.INITIAL, keys, key("q")).commands()).isEmpty();
        assertThat(TopUpdate.onKey(TopModel.INITIAL, keys, key("F10")).commands())
                .containsExactly(new Command.HangUp());
    }

    @Test
    void shouldShowWhereTheRelayListens() {
        RelayEvent.Started started = new RelayEvent.Started("0.0.0.0:8888", "0.0.0.0:9999", "in batches of 64", 10);

        assertThat(model(started).started()).isEqualTo(started);
    }

    @Test
    void shouldShowTheNumbersOfAStatus() {
        TopModel model =
                model(status(1_000, waiting(A, 500, 0)), status(2_000, waiting(A, 1_500, 50), waiting(B, 100, 5)));

        assertThat(shown(model)).containsExactly(A, B);
        assertThat(model.numbers().packetsPerS()).isEqualTo(55);
        assertThat(model.log().lines()).isEmpty();
    }

    @Test
    void shouldBeOverWithTheRelay() {
        assertThat(model(crowd(1)).isOver()).isFalse();
        assertThat(model(crowd(1), new RelayEvent.Stopped(5, Map.of())).isOver())
                .isTrue();
    }

    @Test
    void shouldIgnoreEventsOfACall() {
        assertThat(TopUpdate.onEvent(TopModel.INITIAL, new CallEvent.PeerRestarted(), AT_MS))
                .isEqualTo(TopModel.INITIAL);
    }

    @Test
    void shouldKeepTheLastLinesOfTheLog() {
        TopModel model = TopModel.INITIAL;
        for (int i = 0; i < LogLines.CAPACITY + 3; i++) {
            model = TopUpdate.onEvent(model, new RelayEvent.Warning("w" + i), AT_MS + i);
        }

        assertThat(model.log().lines())
                .hasSize(LogLines.CAPACITY)
                .startsWith(new LogLines.Line(AT_MS + 3, "w3", true))
                .endsWith(new LogLines.Line(AT_MS + LogLines.CAPACITY + 2, "w" + (LogLines.CAPACITY + 2), true));
    }

    @Test
    void shouldStopAtOnceWithoutClients() {
        assertStops(press(model(status(1_000)), "q"), true);
    }

    @Test
    void shouldAskBeforeItEndsCalls() {
        Next<TopModel> asked = press(model(crowd(1)), "q");

        assertStops(asked, false);
        assertThat(asked.model().overlay()).isEqualTo(Overlay.CONFIRM_STOP);
    }

    @ParameterizedTest
    @CsvSource({
        "q, true",
        "Q, true",
        "Enter, true",
        "^c, true",
        "Escape, false",
        "n, false",
        "?, false",
        "^q, false",
        "ArrowDown, false"
    })
    void shouldAcceptASecondQOrEnterAsYes(String key, boolean stops) {
        Next<TopModel> answered = press(model(crowd(1)), "q " + key);

        assertStops(answered, stops);
        if (!stops) {
            assertThat(answered.model()).isEqualTo(model(crowd(1)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Overlay.class, mode = EnumSource.Mode.EXCLUDE, names = "STOPPING")
    void shouldStopAtCtrlCWhateverIsShown(Overlay overlay) {
        assertStops(press(model(crowd(1)).with(overlay), "^c"), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^c", "q", "Enter", "?", "Escape"})
    void shouldAskToStopOnceOnly(String key) {
        TopModel stopping = press(model(crowd(1)), "^c").model();

        assertThat(press(stopping, key)).isEqualTo(Next.show(stopping));
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "?", "s", "Escape", "Enter", "ArrowDown"})
    void shouldPutTheHelpAwayAtAnyKey(String key) {
        TopModel help = press(model(crowd(1)), "?").model();

        assertThat(help.overlay()).isEqualTo(Overlay.HELP);
        assertThat(press(help, key)).isEqualTo(Next.show(model(crowd(1))));
    }

    @Test
    void shouldDoNothingAtAnotherKey() {
        assertThat(press(model(crowd(3)), "x Enter F5 ^s ^q")).isEqualTo(Next.show(model(crowd(3))));
    }

    @Test
    void shouldSortAnotherWayAtOnceAndStaySoSorted() {
        TopModel model = model(
                status(1_000, waiting(C, 900, 0), waiting(A, 800, 0)),
                status(2_000, waiting(C, 1_900, 10), waiting(A, 1_800, 50)));

        assertThat(shown(model)).containsExactly(C, A);
        assertThat(shown(press(model, "s").model())).containsExactly(A, C);
        TopModel byAddress = press(model, "s s").model();
        assertThat(byAddress.clients().sort()).isEqualTo(ClientSort.ADDRESS);
        assertThat(shown(TopUpdate.onEvent(
                        byAddress, status(3_000, waiting(C, 2_900, 90), waiting(A, 2_800, 50)), AT_MS)))
                .containsExactly(A, C);
        assertThat(shown(press(byAddress, "s").model())).containsExactly(C, A);
    }

    @Test
    void shouldFollowTheMarkedClientThroughAnotherOrder() {
        TopModel model = press(model(status(1_000, waiting(C, 900, 0), waiting(A, 800, 0))), "ArrowDown")
                .model();

        assertThat(model.clients().selected()).isEqualTo(C);
        assertThat(model.clients().selectedRow()).isZero();
        assertThat(press(model, "s s").model().clients().selectedRow()).isEqualTo(1);
    }

    @Test
    void shouldUnmarkAClientThatHasLeft() {
        TopModel model = press(model(crowd(3)), "End").model();

        assertThat(model.clients().selected()).isEqualTo("10.0.0.3:1");
        assertThat(TopUpdate.onEvent(model, crowd(2), AT_MS).clients().selected())
                .isNull();
    }

    @ParameterizedTest(name = "{0}: row {1}")
    @CsvSource({
        "ArrowDown, 0",
        "ArrowUp, 0",
        "ArrowDown ArrowDown, 1",
        "ArrowDown ArrowDown ArrowUp, 0",
        "ArrowDown ArrowUp, 0",
        "PageDown, 10",
        "PageDown PageDown, 20",
        "PageDown PageDown PageDown, 24",
        "End, 24",
        "End ArrowDown, 24",
        "End PageUp, 14",
        "End Home, 0",
        "End Escape, -1",
    })
    void shouldMoveTheMark(String keys, int row) {
        assertThat(press(model(crowd(25)), keys).model().clients().selectedRow())
                .isEqualTo(row);
    }

    @Test
    void shouldIgnoreArrowsWithoutContacts() {
        TopModel empty = model(status(1_000));

        assertThat(press(empty, "ArrowDown ArrowUp PageDown End Home")).isEqualTo(Next.show(empty));
    }
}
