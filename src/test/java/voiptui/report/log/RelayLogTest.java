package voiptui.report.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.RelayEvent;
import voiptui.report.EventJson;
import voiptui.testkit.Golden;
import voiptui.testkit.ManualClock;
import voiptui.testkit.PrintedLines;

class RelayLogTest {

    private static final Map<Counter, Long> COUNTERS = counters();
    private static final List<RelayEvent> EVENTS = List.of(
            new RelayEvent.Started("0.0.0.0:8888", "0.0.0.0:9999", "in batches of 64", 10),
            new RelayEvent.RelayIdentity("SHA256:0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"),
            new RelayEvent.ClassicRegistered("192.0.2.1:5000", "192.0.2.7", false, 1),
            new RelayEvent.ClassicPaired("192.0.2.1:5000", "[2001:db8:0:0:0:0:0:1]:5000"),
            new RelayEvent.ClassicSourceLearned("192.0.2.1:5000", "192.0.2.1:40000"),
            new RelayEvent.ClassicAnswered("192.0.2.1:34567", "HEARTBEAT", "ALIVE"),
            new RelayEvent.Refused("192.0.2.9:1234", "FULL", "the relay is full (10 of 10 clients)"),
            new RelayEvent.ClassicLeft("192.0.2.1:5000", 1),
            new RelayEvent.ClassicExpired("192.0.2.7:5000", 120_000, 0),
            new RelayEvent.ClientSignedIn("dora", "192.0.2.1:34567", "SHA256:" + "d".repeat(43), true, 2),
            new RelayEvent.ClientLost("dora", "192.0.2.1:34567", 60_000),
            new RelayEvent.ClientSignedOut("dora", "192.0.2.1:34567", true, 1),
            new RelayEvent.ClientExpelled(
                    "dora", "192.0.2.9:1234", "SHA256:" + "e".repeat(43), "this certificate is blocked"),
            new RelayEvent.SignInRefused(
                    "dora", "192.0.2.9:1234", "SHA256:" + "e".repeat(43), "name-taken", "that name is taken"),
            new RelayEvent.CallRinging("0123456789abcdef0123456789abcdef", "dora", "192.0.2.7", 2),
            new RelayEvent.CallConnected("0123456789abcdef0123456789abcdef", "dora", "attic", "opus", "rtp"),
            new RelayEvent.CallEnded("0123456789abcdef0123456789abcdef", "dora", "attic", "hung-up", 62_500),
            new RelayEvent.PathBound("dora", "192.0.2.1:41234"),
            new RelayEvent.TunnelUsed("dora"),
            new RelayEvent.SenderLimited("dora", "192.0.2.1:41234", 12_345),
            new RelayEvent.Suppressed("192.0.2.9", "refused", 126),
            new RelayEvent.Warning("a \"quoted\" word, an = and an escape \u001b[2J"),
            new RelayEvent.Draining(30_000, "two.example:8888", 4),
            new RelayEvent.FilesReread("--access, --ring-limit", "--tcp-port"),
            new RelayEvent.MetricsServed("127.0.0.1:9464"),
            new RelayEvent.RelayReached("192.0.2.20:9999", "SHA256:" + "r".repeat(43), "0.1.0"),
            new RelayEvent.RelayLost("192.0.2.20:9999", "SHA256:" + "r".repeat(43)),
            new RelayEvent.RelayRefused("SHA256:" + "s".repeat(43)),
            new RelayEvent.Totals(COUNTERS, 3),
            new RelayEvent.Status(
                    61_000,
                    List.of(
                            new RelayEvent.ClientStatus(
                                    "192.0.2.1:5000", "192.0.2.7", "192.0.2.7:5000", 60_000, 3_000, 5_304_000, 12),
                            new RelayEvent.ClientStatus("192.0.2.9:5000", "192.0.2.3", null, 1_500, 0, 0, 1_500)),
                    COUNTERS,
                    1_250,
                    -1),
            new RelayEvent.Stopped(61_000, COUNTERS));

    private final PrintedLines printed = new PrintedLines();

    private static Map<Counter, Long> counters() {
        Map<Counter, Long> counters = new LinkedHashMap<>();
        counters.put(Counter.FORWARDED, 5L);
        counters.put(Counter.DROPPED_NO_PEER, 0L);
        counters.put(Counter.DROPPED_UNREGISTERED, 2L);
        return counters;
    }

    private void log(boolean json) {
        RelayLog log = new RelayLog(printed.stream(), new ManualClock(), json, LogLevel.DEBUG);
        EVENTS.forEach(log::onEvent);
    }

    @Test
    void shouldLogEveryFactAsText() {
        log(false);

        assertThat(printed.lines()).isEqualTo(Golden.lines("relay-log.txt"));
    }

    @Test
    void shouldKeepRoutineOutOfTheLogUnlessAskedForIt() {
        RelayLog log = new RelayLog(printed.stream(), new ManualClock(), false, LogLevel.INFO);
        EVENTS.forEach(log::onEvent);

        assertThat(printed.lines()).hasSize(EVENTS.size() - 2).noneMatch(line -> line.contains("HEARTBEAT"));
    }

    @Test
    void shouldLogWarningsOnlyIfNoMoreIsWanted() {
        RelayLog log = new RelayLog(printed.stream(), new ManualClock(), false, LogLevel.WARN);
        EVENTS.forEach(log::onEvent);

        assertThat(printed.lines()).hasSize(8).allMatch(line -> line.contains(" WARN "));
    }

    @Test
    void shouldLogNoEventsAtTheLevelOfErrors() {
        RelayLog log = new RelayLog(printed.stream(), new ManualClock(), false, LogLevel.ERROR);
        EVENTS.forEach(log::onEvent);

        assertThat(printed.lines()).isEmpty();
    }

    /** The filter in the manual page, with what fail2ban puts in place of HOST. */
    @Test
    void shouldLogRefusalsInAFormThatFail2banCanRead() throws IOException {
        String manual = Files.readString(Path.of(System.getProperty("voiptui.basedir", ""), "man", "voiptui-relay.1"));
        List<Pattern> filter = manual.lines()
                .dropWhile(line -> !line.startsWith("failregex = "))
                .takeWhile(line -> !line.startsWith("."))
                .map(line -> line.replaceFirst("^failregex = ", "").strip())
                .map(line -> line.replace("\\e", "\\").replace("\\(ha", "^"))
                .map(line -> Pattern.compile(line.replace("<HOST>", "(?<host>[0-9a-f.:]+)")))
                .toList();
        RelayLog log = new RelayLog(printed.stream(), new ManualClock(), false, LogLevel.WARN);
        log.onEvent(new RelayEvent.Refused("192.0.2.9:1234", "tls-failed", "the handshake failed"));
        log.onEvent(new RelayEvent.Refused("[2001:db8::9]:1234", "tls-failed", "the handshake failed"));
        log.onEvent(new RelayEvent.SignInRefused("x", "192.0.2.8:1", "SHA256:e", "not-allowed", "no"));

        assertThat(filter).hasSize(2);
        assertThat(printed.lines().stream()
                        .map(line -> line.replaceFirst("^\\S+ ", ""))
                        .map(line -> filter.stream()
                                .map(pattern -> pattern.matcher(line))
                                .filter(Matcher::find)
                                .map(found -> found.group("host"))
                                .findFirst()
                                .orElse("")))
                .containsExactly("192.0.2.9", "2001:db8::9", "192.0.2.8");
    }

    @Test
    void shouldLogEveryFactAsJson() {
        log(true);

        assertThat(printed.lines()).isEqualTo(Golden.lines("relay-log.jsonl"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotLetTextFromOutsideSteerTheTerminal(boolean json) {
        RelayLog log = new RelayLog(printed.stream(), new ManualClock(), json, LogLevel.WARN);

        log.onEvent(new RelayEvent.Refused("192.0.2.9:1234", "tls-failed", "a\u009b2Jb\033[2Jc\nd"));

        assertThat(printed.lines()).hasSize(1);
        assertThat(printed.lines().get(0)).contains("\\u009b", "\\u001b");
        assertThat(printed.lines().get(0).chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void shouldLeaveReadingsToTheScreen() {
        RelayLog log = new RelayLog(printed.stream(), new ManualClock(), false, LogLevel.DEBUG);
        EVENTS.stream().filter(RelayEvent::isReading).forEach(log::onEvent);

        assertThat(printed.lines()).isEmpty();
    }

    @Test
    void shouldPrintAReadingAsJson() {
        assertThat(EVENTS.stream()
                        .filter(RelayEvent::isReading)
                        .map(reading -> EventJson.line(reading, new ManualClock().instant())))
                .isEqualTo(Golden.lines("relay-readings.jsonl"));
    }

    @Test
    void shouldHaveASampleOfEveryKindOfEvent() {
        assertThat(EVENTS.stream().<Class<?>>map(RelayEvent::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(RelayEvent.class.getPermittedSubclasses()));
    }

    @Test
    void shouldNotLogEventsOfACall() {
        new RelayLog(printed.stream(), new ManualClock(), false, LogLevel.DEBUG).onEvent(new CallEvent.PeerRestarted());

        assertThat(printed.lines()).isEmpty();
    }
}
