package voiptui.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.VoiceEvent;
import voiptui.event.VoiceEvent.Replay.Phase;

class QualityTextTest {

    private final QualityText text = new QualityText("ben");

    @Test
    void shouldSayWhatEveryChangeMeans() {
        assertThat(SampleEvents.VOICE.stream().map(text::of).filter(line -> !line.isEmpty()))
                .containsExactly(
                        "replaying the last 8 s; asking for 3 packets that did not come",
                        "live again; 1 packet of the replay did not come",
                        "you hear ben: POOR, your network loses 24 %; try a cable, or a nearer relay",
                        "ben hears you: FAIR, the network of ben loses 4.2 %; a cable there may help",
                        "you hear ben: BAD, 40 % of the packets get lost; try a cable",
                        "you hear ben: POOR, packets arrive with 48 ms of jitter; try a cable",
                        "you hear ben: FAIR, sound takes 420 ms; try a relay nearer to both of you",
                        "you hear ben: GOOD again",
                        "ben hears you: GOOD, your network loses 8.0 %; it is repaired",
                        "ben hears you: no more loss",
                        "you hear ben: BAD, nothing arrives from ben; wait, or call again",
                        "you hear ben: BAD, the relay does not answer; reconnecting",
                        "ben is heard again after 3.2 s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POOR | LOSS_FROM_RELAY | 24.2 | POOR: your network loses 24 %. Try a cable, or a nearer relay",
                "GOOD | NONE | 0 | GOOD",
                "BAD | NOTHING_RECEIVED | 900 | BAD: nothing arrives from ben. Wait, or call again"
            })
    void shouldGiveAVerdictInOneLine(Grade grade, QualityCause cause, double value, String line) {
        assertThat(text.verdict(MediaDirection.RECEIVED, new VoiceEvent.Assessment(grade, cause, value, value, 0)))
                .isEqualTo(line);
    }

    @Test
    void shouldSayWhoSuffers() {
        assertThat(text.verdict(
                        MediaDirection.SENT,
                        new VoiceEvent.Assessment(Grade.FAIR, QualityCause.LOSS_TO_RELAY, 6, 6, 0)))
                .isEqualTo("FAIR for ben: your network loses 6.0 %. Try a cable, or a nearer relay");
    }

    @ParameterizedTest
    @EnumSource(QualityCause.class)
    void shouldFitAVerdictInTheNarrowestScreenWithAShortName(QualityCause cause) {
        String line = text.verdict(MediaDirection.RECEIVED, new VoiceEvent.Assessment(Grade.POOR, cause, 100, 100, 0));
        assertThat(line.length()).as(line).isLessThanOrEqualTo(80 - 4 - 2 - 10);
    }

    @Test
    void shouldNotEchoControlCharactersOfAName() {
        assertThat(new QualityText("b\u001b[2Jn")
                        .of(new VoiceEvent.QualityChanged(
                                MediaDirection.SENT, Grade.BAD, null, QualityCause.LOSS_RELAY_TO_PEER, 50)))
                .doesNotContain("\u001b");
    }

    @Test
    void shouldTellOfAReplayAndWhatItLacks() {
        QualityText text = new QualityText("ben");
        assertThat(text.of(new VoiceEvent.Replay(Phase.STARTED, 8_000, 0, true)))
                .isEqualTo("replaying the last 8 s");
        assertThat(text.of(new VoiceEvent.Replay(Phase.STARTED, 16_000, 3, true)))
                .isEqualTo("replaying the last 16 s; asking for 3 packets that did not come");
        assertThat(text.of(new VoiceEvent.Replay(Phase.STARTED, 8_000, 3, false)))
                .isEqualTo("replaying the last 8 s; 3 packets did not come, and the other side keeps none");
        assertThat(text.of(new VoiceEvent.Replay(Phase.ENDED, 0, 0, true))).isEqualTo("live again");
        assertThat(text.of(new VoiceEvent.Replay(Phase.ENDED, 0, 1, true)))
                .isEqualTo("live again; 1 packet of the replay did not come");
        assertThat(text.of(new VoiceEvent.Replay(Phase.NOTHING, 0, 0, true))).isEqualTo("nothing to replay yet");
        assertThat(text.of(new VoiceEvent.ReplayProgress(8_000, 12_000, 3))).isEmpty();
    }
}
