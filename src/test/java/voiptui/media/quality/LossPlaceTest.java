package voiptui.media.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.MediaDirection;
import voiptui.event.QualityCause;
import voiptui.event.SessionEvent;

class LossPlaceTest {

    private static final long PER_READING = 100;

    private final LossPlace place = new LossPlace();
    private final long[] lost = new long[4];
    private long expected;
    private long nowMs;

    /** Each leg loses so many packets of a hundred until the next reading: to, from, peer to, relay to peer. */
    private void reading(int... losses) {
        expected += PER_READING;
        nowMs += 2_000;
        for (int leg = 0; leg < losses.length; leg++) {
            lost[leg] += losses[leg];
        }
        place.add(new SessionEvent.Legs(leg(0), leg(1), leg(2), leg(3)), nowMs);
    }

    private SessionEvent.Leg leg(int leg) {
        return new SessionEvent.Leg(expected, lost[leg], null);
    }

    @ParameterizedTest
    @CsvSource({
        "24, 0, 0, 0, SENT, LOSS_TO_RELAY",
        "0, 24, 0, 0, RECEIVED, LOSS_FROM_RELAY",
        "0, 0, 24, 0, RECEIVED, LOSS_PEER_TO_RELAY",
        "0, 0, 0, 24, SENT, LOSS_RELAY_TO_PEER",
        "12, 0, 0, 12, SENT, LOSS",
        "0, 24, 5, 0, RECEIVED, LOSS_FROM_RELAY"
    })
    void shouldBlameTheLegThatLoses(
            int to, int from, int peerTo, int toPeer, MediaDirection direction, QualityCause cause) {
        reading(0, 0, 0, 0);
        reading(0, 0, 0, 0);
        reading(to, from, peerTo, toPeer);

        assertThat(place.of(direction, 24, nowMs)).isEqualTo(cause);
    }

    /** The peer's count of a loss that has just begun is ahead of the relay's by a packet; the loss is on the leg before it. */
    @Test
    void shouldNotBlameALegBeforeTheReadingsAccountForTheLoss() {
        reading(0, 0, 0, 0);
        reading(0, 0, 0, 0);
        reading(0, 0, 0, 2);
        assertThat(place.of(MediaDirection.SENT, 8, nowMs)).isEqualTo(QualityCause.LOSS);

        reading(20, 0, 0, 0);
        assertThat(place.of(MediaDirection.SENT, 10, nowMs)).isEqualTo(QualityCause.LOSS_TO_RELAY);
    }

    @Test
    void shouldFollowTheLossToAnotherLeg() {
        reading(0, 0, 0, 0);
        reading(30, 0, 0, 0);
        reading(30, 0, 0, 0);
        reading(0, 0, 0, 30);
        reading(0, 0, 0, 30);

        assertThat(place.of(MediaDirection.SENT, 30, nowMs)).isEqualTo(QualityCause.LOSS_RELAY_TO_PEER);
    }

    @Test
    void shouldInferTheLegThatNobodyCounts() {
        for (int i = 1; i <= 2; i++) {
            place.add(unknownDown(100L * i, null), i * 2_000);
        }
        assertThat(place.of(MediaDirection.RECEIVED, 20, 4_000)).isEqualTo(QualityCause.LOSS_FROM_RELAY);
    }

    private static SessionEvent.Legs unknownDown(long expected, SessionEvent.@Nullable Leg down) {
        SessionEvent.Leg clean = new SessionEvent.Leg(expected, 0, 1.0);
        return new SessionEvent.Legs(clean, down, clean, down);
    }

    @Test
    void shouldNotKnowThePlaceFromOneReadingOrAnOldOne() {
        reading(0, 0, 0, 0);
        assertThat(place.of(MediaDirection.SENT, 24, nowMs)).isEqualTo(QualityCause.LOSS);
        reading(24, 0, 0, 0);
        assertThat(place.of(MediaDirection.SENT, 24, nowMs + 7_000)).isEqualTo(QualityCause.LOSS);
    }

    @Test
    void shouldForgetWhatAnEarlierCallLost() {
        reading(0, 0, 0, 0);
        reading(50, 0, 0, 0);
        expected = 0;
        lost[0] = 0;
        reading(0, 0, 0, 24);
        reading(0, 0, 0, 24);
        assertThat(place.of(MediaDirection.SENT, 24, nowMs)).isEqualTo(QualityCause.LOSS_RELAY_TO_PEER);
    }
}
