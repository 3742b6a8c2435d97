package voiptui.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import voiptui.event.SessionEvent;
import voiptui.protocol.RelayMessage;

class LegsReadingTest {

    private static final String CALL = "000102030405060708090a0b0c0d0e0f";

    private static RelayMessage.Legs legs(long forwarded, long forwardedLost) {
        return new RelayMessage.Legs(
                CALL,
                new RelayMessage.Leg(1_000, 20, 1_500, forwarded, forwardedLost),
                new RelayMessage.Leg(900, 30, 500, forwarded, forwardedLost));
    }

    @Test
    void shouldTellWhatTheRelayReadInReports() {
        SessionEvent.Legs read = LegsReading.of(legs(850, 9), new MediaPath.Losses(500, 500));

        assertThat(read.toRelay()).isEqualTo(new SessionEvent.Leg(1_000, 20, 1.5));
        assertThat(read.fromRelay()).isEqualTo(new SessionEvent.Leg(850, 9, null));
        assertThat(read.relayToPeer()).isEqualTo(new SessionEvent.Leg(850, 9, null));
    }

    /** What was lost in all, less what the relay did not receive. */
    @Test
    void shouldConcludeFromTheLossesOfBothEndsWhatEncryptedReportsHide() {
        SessionEvent.Legs read = LegsReading.of(legs(-1, 0), new MediaPath.Losses(42, 25));

        assertThat(read.fromRelay()).isEqualTo(new SessionEvent.Leg(870, 12, null));
        assertThat(read.relayToPeer()).isEqualTo(new SessionEvent.Leg(980, 5, null));
    }

    @Test
    void shouldStayWithinWhatIsPossible() {
        SessionEvent.Legs read = LegsReading.of(legs(-1, 0), new MediaPath.Losses(7, 5_000));

        assertThat(read.fromRelay()).isEqualTo(new SessionEvent.Leg(870, 0, null));
        assertThat(read.relayToPeer()).isEqualTo(new SessionEvent.Leg(980, 980, null));
    }

    @Test
    void shouldKnowNothingOfLegsOnWhichNobodyReported() {
        assertThat(LegsReading.of(legs(-1, 0), null).fromRelay()).isNull();
        assertThat(LegsReading.of(legs(-1, 0), new MediaPath.Losses(3, -1)).relayToPeer())
                .isNull();
    }
}
