package voiptui.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.PhoneEvent;
import voiptui.event.Subscription;
import voiptui.history.CallHistory;
import voiptui.history.CallRecord;
import voiptui.testkit.ManualClock;

class HistoryLinesTest {

    private static final PhoneEvent READY = new PhoneEvent.Ready("relay.example", "dora", false);

    private final ManualClock clock = new ManualClock();
    private final EventBus bus = new EventBus();
    private final Subscription published = bus.subscribe();

    @TempDir
    private Path folder;

    private HistoryLines run(Path file, Event... events) {
        HistoryLines lines = new HistoryLines(new CallHistory(file), "relay.example", clock, clock, ZoneOffset.UTC);
        for (Event event : events) {
            clock.advanceMs(1_000);
            lines.on(bus).onEvent(event);
        }
        return lines;
    }

    private List<Event> missedEarlier() {
        return published().stream()
                .filter(PhoneEvent.MissedEarlier.class::isInstance)
                .toList();
    }

    /** Who is in the list that was published last; the newest first. */
    private List<String> recent() {
        List<String> peers = List.of("none was published");
        for (Event event : published()) {
            if (event instanceof PhoneEvent.RecentCalls recent) {
                peers = recent.calls().stream().map(PhoneEvent.RecentCall::peer).toList();
            }
        }
        return peers;
    }

    private List<Event> published() {
        List<Event> events = new ArrayList<>();
        for (Event event = published.poll(); event != null; event = published.poll()) {
            events.add(event);
        }
        return events;
    }

    @Test
    void shouldReportMissedCallsAfterARestart() {
        Path file = folder.resolve("history");

        run(file, READY, new PhoneEvent.Missed("ben", 7), new PhoneEvent.Missed("cleo", 8));
        assertThat(missedEarlier()).isEmpty();
        run(file, READY);

        assertThat(missedEarlier())
                .containsExactly(new PhoneEvent.MissedEarlier(
                        List.of(new PhoneEvent.Missed("cleo", 8), new PhoneEvent.Missed("ben", 7))));
    }

    @Test
    void shouldNotReportMissedCallsThatWereSeen() {
        Path file = folder.resolve("history");

        run(file, READY, new PhoneEvent.Missed("ben", 7), new PhoneEvent.MissedSeen());
        run(file, READY);

        assertThat(missedEarlier()).isEmpty();
    }

    @Test
    void shouldReportTheRecentCallsOfThisAndEarlierRunsAfterTheStartAndAfterEachCall() throws IOException {
        Path file = folder.resolve("history");
        run(file, READY);
        assertThat(recent()).as("at the start").isEmpty();
        HistoryLines lines = run(file, READY, new PhoneEvent.Missed("ben", 7), new PhoneEvent.CallRefused("192.0.2.7"));
        assertThat(recent()).containsExactly("192.0.2.7", "ben");
        lines.on(bus).onEvent(new PhoneEvent.Missed("cleo", 8));
        assertThat(recent()).containsExactly("cleo", "192.0.2.7", "ben");
        lines.on(bus).onEvent(new PhoneEvent.MissedSeen());
        assertThat(recent()).as("no call has ended").containsExactly("none was published");

        run(file, READY);
        assertThat(recent()).containsExactly("cleo", "192.0.2.7", "ben");
    }

    @Test
    void shouldNotReportCallsAtAnotherRelayNorToASingleCall() {
        Path file = folder.resolve("history");
        run(file, READY, new PhoneEvent.Missed("ben", 7));
        HistoryLines elsewhere = new HistoryLines(new CallHistory(file), "other.example", clock, clock, ZoneOffset.UTC);
        published();
        elsewhere.on(bus).onEvent(READY);
        assertThat(recent()).isEmpty();

        run(file, new PhoneEvent.Missed("ben", 9));
        assertThat(published()).isEmpty();
    }

    @Test
    void shouldRememberTheCallsOfThisRunWithoutAHistory() {
        HistoryLines lines = new HistoryLines(null, "relay.example", clock, clock, ZoneOffset.UTC);
        lines.on(bus).onEvent(READY);
        for (int i = 0; i < HistoryLines.MAX_RECENT + 1; i++) {
            lines.on(bus).onEvent(new PhoneEvent.Missed("n" + i, i));
        }

        assertThat(recent()).hasSize(HistoryLines.MAX_RECENT).startsWith("n100", "n99");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldKeepCalls() throws IOException {
        Path file = folder.resolve("history");

        HistoryLines lines = run(file, READY, new PhoneEvent.CallRefused("192.0.2.7"));

        assertThat(new CallHistory(file).read(10, any -> true).calls())
                .extracting(CallRecord::peer)
                .containsExactly("192.0.2.7");
        assertThat(lines.problem()).isEmpty();
    }

    @Test
    void shouldGoOnAndSayWhyIfNothingCanBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file")).resolve("history");

        HistoryLines lines = run(file, READY, new PhoneEvent.Missed("ben", 7), new PhoneEvent.MissedSeen());

        assertThat(lines.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("the history is not complete: cannot write " + file)
                        .endsWith("; --no-history keeps none"));
    }
}
