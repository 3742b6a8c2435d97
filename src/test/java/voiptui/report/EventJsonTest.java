package voiptui.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;
import voiptui.testkit.Golden;
import voiptui.testkit.ManualClock;
import voiptui.testkit.PrintedLines;

class EventJsonTest {

    /** Scripts rely on these names. */
    private static final List<String> SUMMARY_CONTRACT = List.of(
            "event",
            "state",
            "reason",
            "duration_ms",
            "packets_sent",
            "packets_received",
            "packets_lost",
            "packets_late",
            "packets_duplicate",
            "packets_reordered",
            "concealed_ms",
            "jitter_ms",
            "buffer_ms",
            "relay_rtt_ms",
            "codec",
            "mic_peak_dbfs",
            "encryption",
            "verified",
            "peer_fingerprint");

    private final ManualClock clock = new ManualClock();

    @Test
    void shouldPrintEveryEventOfACallAsInTheGoldenFile() {
        PrintedLines printed = new PrintedLines();
        CallJson json = new CallJson(printed.stream(), clock);
        SampleEvents.CALL.forEach(json::onEvent);

        assertThat(printed.lines()).isEqualTo(Golden.lines("call-events.jsonl"));
    }

    @Test
    void shouldPrintEveryReadingAboutTheVoiceAsInTheGoldenFile() {
        PrintedLines printed = new PrintedLines();
        CallJson json = new CallJson(printed.stream(), clock);
        SampleEvents.VOICE.forEach(json::onEvent);

        assertThat(printed.lines()).isEqualTo(Golden.lines("voice-events.jsonl"));
    }

    @Test
    void shouldPrintEveryEventOfASessionAndAPhoneAsInTheGoldenFile() {
        PrintedLines printed = new PrintedLines();
        CallJson json = new CallJson(printed.stream(), clock);
        SampleEvents.SESSION.forEach(json::onEvent);
        SampleEvents.PHONE.forEach(json::onEvent);

        assertThat(printed.lines()).isEqualTo(Golden.lines("phone-events.jsonl"));
    }

    @Test
    void shouldHaveASampleOfEveryKindOfEvent() {
        assertThat(kindsOf(SampleEvents.CALL)).containsExactlyInAnyOrder(CallEvent.class.getPermittedSubclasses());
        assertThat(kindsOf(SampleEvents.SESSION))
                .containsExactlyInAnyOrder(SessionEvent.class.getPermittedSubclasses());
        assertThat(kindsOf(SampleEvents.VOICE)).containsExactlyInAnyOrder(VoiceEvent.class.getPermittedSubclasses());
        assertThat(kindsOf(SampleEvents.PHONE)).containsExactlyInAnyOrder(PhoneEvent.class.getPermittedSubclasses());
    }

    private static Set<Class<?>> kindsOf(List<? extends Event> events) {
        return events.stream().map(Event::getClass).collect(Collectors.toSet());
    }

    @Test
    void shouldKeepTheNamesOfTheSummary() {
        JsonObject summary = JsonParser.parseString(
                        EventJson.line(SampleEvents.CALL.get(SampleEvents.CALL.size() - 1), clock.instant()))
                .getAsJsonObject();

        List<String> names = new ArrayList<>(summary.keySet());
        assertThat(names).containsSubsequence(SUMMARY_CONTRACT);
        names.removeAll(SUMMARY_CONTRACT);
        assertThat(names).as("beside the contract").containsExactly("time", "packets_discarded");
        assertThat(summary.get("event").getAsString()).isEqualTo("summary");
    }

    @Test
    void shouldGiveTheRoundTripWhenThereWasOne() {
        CallEvent.Summary summary = new CallEvent.Summary(
                CallState.CONNECTING,
                EndReason.QUIT,
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
                1.5,
                "pcm",
                CallEvent.SILENCE_DBFS);

        assertThat(EventJson.line(summary, clock.instant())).contains("\"relay_rtt_ms\":1.5,");
    }

    /** JSON knows no NaN and no infinity: a line with one is none. */
    @Test
    void shouldPrintValidJsonForEveryNumber() {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
            String line = EventJson.line(new CallEvent.SpeakerLevel(number, 0), clock.instant());

            assertThat(line).doesNotContain("NaN").doesNotContain("Infinity");
            assertThat(JsonParser.parseString(line).isJsonObject()).isTrue();
        }
    }

    @Test
    void shouldStayOnOneLineWhateverATextContains() {
        String line =
                EventJson.line(new CallEvent.RelayFailed("HELLO", "a\nb\r\u2028\"\\\t\u001b<&>ü", 1), clock.instant());

        assertThat(line.lines()).hasSize(1);
        assertThat(line).doesNotContain("\u001b").contains("<&>ü");
        assertThat(JsonParser.parseString(line).getAsJsonObject().get("problem").getAsString())
                .isEqualTo("a\nb\r\u2028\"\\\t\u001b<&>ü");
    }

    /** A terminal takes U+009B for CSI, and U+202E turns the rest of the line round. */
    @Test
    void shouldEscapeWhatWouldSteerATerminalWithoutLosingIt() {
        String problem = "a\u009b2Jb\u007fc\u202ed\u200be \uD83C\uDFA4 漢";

        for (String line : List.of(
                EventJson.line(new CallEvent.RelayFailed("HELLO", problem, 1), clock.instant()),
                EventJson.line("log", clock.instant(), Map.of("problem", problem)),
                EventJson.of(Map.of("problem", problem)))) {
            assertThat(line).contains("\\u009b", "\\u007f", "\\u202e", "\\u200b", "\uD83C\uDFA4 漢");
            assertThat(line).doesNotContain("\u009b", "\u007f", "\u202e", "\u200b");
            assertThat(JsonParser.parseString(line)
                            .getAsJsonObject()
                            .get("problem")
                            .getAsString())
                    .isEqualTo(problem);
        }
    }

    @Test
    void shouldPrintLinesThatAreNoEvents() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", "WARN");
        fields.put("problem", null);

        assertThat(EventJson.line("log", clock.instant(), fields))
                .isEqualTo(
                        "{\"event\":\"log\",\"time\":\"2026-01-02T03:04:05.678Z\",\"level\":\"WARN\",\"problem\":null}");
    }
}
