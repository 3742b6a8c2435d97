package voiptui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.testkit.Golden;
import voiptui.testkit.ManualClock;
import voiptui.testkit.PrintedLines;

class CallNarratorTest {

    private final ManualClock clock = new ManualClock();
    private final PrintedLines printed = new PrintedLines();
    private final CallNarrator narrator = new CallNarrator(printed.stream(), clock, "relay.example:8888", "192.0.2.7");

    /** The lines without the time in front. */
    private List<String> said() {
        return printed.lines().stream()
                .map(line -> line.substring("03:04:05  ".length()))
                .toList();
    }

    @Test
    void shouldNarrateACallAsInTheGoldenFile() {
        SampleEvents.CALL.forEach(narrator::onEvent);

        assertThat(said()).isEqualTo(Golden.lines("narrator.txt"));
    }

    @Test
    void shouldPutTheLocalTimeInFront() {
        narrator.onEvent(new CallEvent.PeerRestarted());

        LocalTime time =
                LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()).withNano(0);
        assertThat(printed.lines())
                .containsExactly(String.format(
                        "%02d:%02d:%02d  the other side restarted",
                        time.getHour(), time.getMinute(), time.getSecond()));
    }

    @Test
    void shouldHaveNoNumbersBeforeThereAreAny() {
        narrator.askForStats();
        narrator.onIdle();
        narrator.onIdle();

        assertThat(said()).containsExactly("no statistics yet");
    }

    @Test
    void shouldReportStatisticsOnlyOnRequest() {
        SampleEvents.CALL.subList(0, 15).forEach(narrator::onEvent);
        narrator.onEvent(new CallEvent.MicLevel(-12.3, -20, true));
        int before = printed.lines().size();
        narrator.onIdle();
        assertThat(printed.lines()).hasSize(before);
        narrator.askForStats();
        narrator.onIdle();

        assertThat(said().subList(before, before + 1))
                .containsExactly("sent 100, received 99, lost 1, late 2, duplicate 3,"
                        + " reordered 4; jitter 2.3 ms, delay 62 ms (target 60), concealed 20 ms; microphone -12 dBFS (muted);"
                        + " relay round trip 1.2 ms");
    }

    @Test
    void shouldDescribeEveryEndReason() {
        for (EndReason reason : EndReason.values()) {
            narrator.onEvent(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, reason, ""));
        }
        narrator.onEvent(
                new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, EndReason.RELAY_FULL, "it answered FULL"));

        assertThat(said())
                .hasSize(EndReason.values().length + 1)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.startsWith("ended: "))
                .contains(
                        "ended: you hung up",
                        "ended: the relay is full: it answered FULL; try again later, or start the relay with a"
                                + " larger --max-clients",
                        "ended: the relay cannot be reached; is it running, and does a"
                                + " firewall block its TCP port?");
    }

    private static CallEvent.Summary emptySummary(long durationMs) {
        return new CallEvent.Summary(
                CallState.CONNECTING,
                EndReason.QUIT,
                durationMs,
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
                CallEvent.SILENCE_DBFS);
    }

    @Test
    void shouldNotDivideByNothingInACallWithoutPackets() {
        narrator.onEvent(emptySummary(1000));

        assertThat(said())
                .containsExactly(
                        "call lasted 1 s: sent 0 packets, received 0, lost 0 (0.0 %), late 0, concealed 0 ms, jitter 0.0 ms");
    }

    @Test
    void shouldSumNothingUpWhenThereWasNoCall() {
        narrator.onEvent(emptySummary(0));

        assertThat(said()).isEmpty();
    }

    @Test
    void shouldNotLetANameFromOutsideSteerTheTerminal() {
        narrator.onEvent(new CallEvent.AudioLost(
                AudioDirection.OUTPUT, "x", "gone\nEND", List.of("1: \u001b]0;owned\u0007 \u009b2J")));

        assertThat(said()).hasSize(1);
        assertThat(said().get(0).chars()).noneMatch(Character::isISOControl);
    }
}
