package voiptui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;

class CallTextTest {

    private final CallText text = new CallText("relay.example:8888", "192.0.2.7", false);

    @Test
    void shouldSayNothingOfReadings() {
        assertThat(SampleEvents.CALL)
                .filteredOn(CallEvent::isReading)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(text.of(event)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "INPUT, 6, microphone gain +6 dB",
        "OUTPUT, -3, speaker volume -3 dB",
        "INPUT, 0, microphone gain 0 dB",
        "OUTPUT, -0.01, speaker volume 0 dB",
        "INPUT, 2.5, microphone gain +2.5 dB"
    })
    void shouldNameAGainWithItsSign(AudioDirection direction, double gainDb, String line) {
        assertThat(text.of(new CallEvent.GainChanged(direction, gainDb))).isEqualTo(line);
    }

    @Test
    void shouldWarnInWordsWhereverItWarns() {
        assertThat(SampleEvents.CALL)
                .filteredOn(CallText::isWarning)
                .hasSize(24)
                .allSatisfy(event -> assertThat(
                                event instanceof CallEvent.StateChanged lost && lost.state() == CallState.RELAY_LOST
                                        || !text.of(event).isEmpty())
                        .isTrue());
        assertThat(SampleEvents.CALL)
                .filteredOn(event -> text.of(event).startsWith("warning: "))
                .allMatch(CallText::isWarning);
    }

    @ParameterizedTest
    @CsvSource({
        "QUIT, false",
        "DURATION, false",
        "PEER_LEFT, false",
        "INTERRUPTED, false",
        "RELAY_UNREACHABLE, true",
        "RELAY_FULL, true",
        "RELAY_REFUSED, true",
        "FAILED, true"
    })
    void shouldWarnOfAnUnexpectedEnd(EndReason reason, boolean warning) {
        assertThat(CallText.isWarning(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, reason, "")))
                .isEqualTo(warning);
    }

    @ParameterizedTest
    @CsvSource({"OWN_NAME, that is your own name", "NO_ANSWER, no answer", "BUSY, the other side is busy"})
    void shouldSayWhyThereIsNoCall(EndReason reason, String words) {
        assertThat(text.of(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, reason, "")))
                .isEqualTo("ended: " + words);
    }

    @Test
    void shouldNotLetANameFromOutsideSteerTheTerminal() {
        CallEvent lost = new CallEvent.AudioLost(
                AudioDirection.OUTPUT, "x", "gone\nEND", List.of("1: \u001b]0;owned\u0007 \u009b2J \u202eevil"));

        assertThat(text.of(lost))
                .contains("gone END")
                .contains("?evil")
                .doesNotContainPattern("\\p{Cntrl}")
                .doesNotContain("\u009b", "\u202e");
    }
}
