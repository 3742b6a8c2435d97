package voiptui.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;

class QualityWatchTest {

    private static final double GOOD_MOS = 4.3;

    private final List<VoiceEvent> published = new ArrayList<>();
    private final QualityWatch watch = new QualityWatch(published::add);
    private long nowMs;
    private long received;
    private long lost;
    private double delayMs = 60;

    /** Half a second of a call: so many of 25 packets are lost here, and what of it is heard. */
    private void half(int lostNow, double mos, double concealedPercent) {
        nowMs += 500;
        received += 25 - lostNow;
        lost += lostNow;
        watch.onEvent(new CallEvent.NetworkStats(received + lost, received, lost, 0, 0, 0, 0, 42, 0), nowMs);
        watch.onEvent(new VoiceEvent.VoiceDelay(20, 10.0, delayMs - 30, 0), nowMs);
        watch.onEvent(new VoiceEvent.VoiceQuality(mos, mos, 0, concealedPercent), nowMs);
        watch.onTick(nowMs);
    }

    private void seconds(int seconds, int lostEachHalf, double mos, double concealedPercent) {
        for (int i = 0; i < 2 * seconds; i++) {
            half(lostEachHalf, mos, concealedPercent);
        }
    }

    private List<VoiceEvent.QualityChanged> changes() {
        return published.stream()
                .filter(VoiceEvent.QualityChanged.class::isInstance)
                .map(VoiceEvent.QualityChanged.class::cast)
                .toList();
    }

    private VoiceEvent.Assessment heard() {
        return published.stream()
                .filter(VoiceEvent.Quality.class::isInstance)
                .map(VoiceEvent.Quality.class::cast)
                .reduce((before, last) -> last)
                .orElseThrow()
                .received();
    }

    @Test
    void shouldNotJudgeBeforeThereIsAScore() {
        watch.onTick(500);
        assertThat(heard()).isEqualTo(VoiceEvent.Assessment.UNKNOWN);
        assertThat(changes()).isEmpty();
    }

    @Test
    void shouldPublishEachChangeOnceWithItsCause() {
        seconds(10, 0, GOOD_MOS, 0);
        seconds(20, 6, 2.8, 12);
        seconds(5, 0, 2.8, 6);
        seconds(20, 0, GOOD_MOS, 0);

        assertThat(changes())
                .extracting(VoiceEvent.QualityChanged::grade, VoiceEvent.QualityChanged::cause)
                .containsExactly(
                        tuple(Grade.GOOD, QualityCause.NONE),
                        tuple(Grade.POOR, QualityCause.LOSS),
                        tuple(Grade.GOOD, QualityCause.NONE));
        assertThat(changes()).allMatch(change -> change.direction() == MediaDirection.RECEIVED);
    }

    @Test
    void shouldMentionLossThatIsRepaired() {
        seconds(10, 0, GOOD_MOS, 0);
        seconds(10, 6, GOOD_MOS, 0);

        assertThat(heard().grade()).isEqualTo(Grade.GOOD);
        assertThat(heard().cause()).isEqualTo(QualityCause.LOSS);
        assertThat(heard().value()).isEqualTo(24);
        assertThat(changes())
                .hasSize(2)
                .last()
                .extracting(VoiceEvent.QualityChanged::cause)
                .isEqualTo(QualityCause.LOSS);
    }

    @Test
    void shouldBlamePacketsThatComeTooLate() {
        seconds(10, 0, 3.2, 8);
        assertThat(heard()).isEqualTo(new VoiceEvent.Assessment(Grade.POOR, QualityCause.LATE_PACKETS, 42, 0, 0));
    }

    @Test
    void shouldBlameTheDelay() {
        delayMs = 420;
        seconds(10, 0, 3.2, 0);
        assertThat(heard()).isEqualTo(new VoiceEvent.Assessment(Grade.POOR, QualityCause.DELAY, 420, 0, 0));
    }

    @Test
    void shouldSayAtOnceThatNothingArrives() {
        seconds(10, 0, GOOD_MOS, 0);
        nowMs += 100;
        watch.onEvent(new VoiceEvent.Reception(false, 420), nowMs);
        watch.onTick(nowMs);

        assertThat(heard().grade()).isEqualTo(Grade.BAD);
        assertThat(heard().cause()).isEqualTo(QualityCause.NOTHING_RECEIVED);
        assertThat(heard().value()).isEqualTo(420);
        assertThat(changes())
                .last()
                .extracting(VoiceEvent.QualityChanged::cause)
                .isEqualTo(QualityCause.NOTHING_RECEIVED);
    }

    @Test
    void shouldBlameTheRelayWhenItDoesNotAnswer() {
        seconds(10, 0, GOOD_MOS, 0);
        watch.onEvent(new VoiceEvent.Reception(false, 420), nowMs);
        watch.onEvent(new SessionEvent.SessionLost("no answer", 1, 500), nowMs);
        watch.onTick(nowMs);
        assertThat(heard().cause()).isEqualTo(QualityCause.RELAY_LOST);

        watch.onEvent(new SessionEvent.SignedIn("dora", "", true), nowMs);
        watch.onEvent(new VoiceEvent.Reception(true, 3_000), nowMs);
        seconds(6, 0, GOOD_MOS, 0);
        assertThat(heard().grade()).isEqualTo(Grade.GOOD);
    }

    @Test
    void shouldNotJudgeTheCallAfterAnOutageByTheOutage() {
        seconds(10, 0, GOOD_MOS, 0);
        watch.onEvent(new VoiceEvent.Reception(false, 400), nowMs);
        watch.onTick(nowMs);
        watch.onEvent(new VoiceEvent.Reception(true, 3_000), nowMs);
        half(24, 1.5, 90);
        seconds(4, 0, 1.5, 60);
        seconds(2, 0, GOOD_MOS, 0);

        assertThat(changes())
                .extracting(VoiceEvent.QualityChanged::grade)
                .containsExactly(Grade.GOOD, Grade.BAD, Grade.GOOD);
        assertThat(heard().gapsMs()).isEqualTo(2_600);
    }

    @Test
    void shouldBlameAClassicRelayThatIsLost() {
        seconds(10, 0, GOOD_MOS, 0);
        watch.onEvent(new CallEvent.StateChanged(CallState.RELAY_LOST, 1, 0, 500, null, ""), nowMs);
        watch.onEvent(new VoiceEvent.Reception(false, 420), nowMs);
        watch.onTick(nowMs);
        assertThat(heard().cause()).isEqualTo(QualityCause.RELAY_LOST);
    }

    @Test
    void shouldJudgeWhatThePeerHearsFromItsReports() {
        for (int i = 1; i <= 20; i++) {
            nowMs += 500;
            watch.onEvent(new CallEvent.NetworkStats(25L * i, 25L * i, 0, 0, 0, 0, 0, 2, 0), nowMs);
            watch.onEvent(new VoiceEvent.VoiceDelay(20, 10.0, 30, 0), nowMs);
            watch.onEvent(new CallEvent.PeerReport(20, 5L * i, 3, 20.0), nowMs);
            watch.onEvent(new VoiceEvent.PeerQuality(2.0, 2.0, 10), nowMs);
            watch.onTick(nowMs);
        }
        assertThat(changes())
                .containsExactly(
                        new VoiceEvent.QualityChanged(MediaDirection.SENT, Grade.BAD, null, QualityCause.LOSS, 20));
    }
}
