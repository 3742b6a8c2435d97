package voiptui.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.CallEvent;
import voiptui.event.CallOutcome;
import voiptui.event.CallState;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;
import voiptui.event.PhoneEvent;
import voiptui.event.QualityCause;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;
import voiptui.history.CallRecord.Direction;
import voiptui.testkit.ManualClock;

class CallTrackerTest {

    private static final String PRINT = "SHA256:Zm9yIHRoZSBnb2xkZW4gbGluZXMsIHRoaXJ0eS10d28hIQ";

    private final ManualClock clock = new ManualClock();
    private final List<CallRecord> calls = new ArrayList<>();
    private final CallTracker tracker = new CallTracker("relay.example", clock, ZoneOffset.ofHours(2), calls::add);

    private void after(long ms, Event... events) {
        clock.advanceMs(ms);
        for (Event event : events) {
            tracker.onEvent(event, clock.instant());
        }
    }

    private static CallEvent.Calling calling(String target) {
        return new CallEvent.Calling("192.0.2.1:8888", "", target, 40_000, "", 48_000, 0);
    }

    private static CallEvent.StateChanged state(CallState state, String detail) {
        return new CallEvent.StateChanged(state, 0, 0, 0, null, detail);
    }

    private static CallEvent.StateChanged inCall() {
        return state(CallState.IN_CALL, "");
    }

    private static CallEvent.Summary summary(EndReason reason) {
        return new CallEvent.Summary(
                CallState.IN_CALL, reason, 99_999, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, "opus", -10);
    }

    private static VoiceEvent graded(MediaDirection direction, Grade grade) {
        return new VoiceEvent.QualityChanged(direction, grade, null, QualityCause.NONE, 0);
    }

    private static PhoneEvent.Incoming incoming() {
        return new PhoneEvent.Incoming("ben", PRINT, false, null, true, true);
    }

    private static PhoneEvent.RingingEnded ringingEnded(boolean answered, boolean missed, boolean rejected) {
        return new PhoneEvent.RingingEnded("ben", answered, missed, rejected, "");
    }

    @Test
    void shouldRecordAnOutgoingCall() {
        Instant placed = clock.instant();
        after(0, calling("ben"), state(CallState.RINGING, ""));
        after(8_000, inCall(), new CallEvent.EncryptionChanged(Encryption.END_TO_END, true, PRINT, "AES", true, false));
        after(500, graded(MediaDirection.RECEIVED, Grade.GOOD), graded(MediaDirection.SENT, Grade.POOR));
        after(60_000, summary(EndReason.QUIT));

        assertThat(calls)
                .containsExactly(new CallRecord(
                        placed.atOffset(ZoneOffset.ofHours(2)),
                        Direction.OUTGOING,
                        "ben",
                        PRINT,
                        CallOutcome.ANSWERED,
                        EndReason.QUIT,
                        60_500,
                        Grade.POOR,
                        Encryption.END_TO_END,
                        true,
                        "relay.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, BUSY",
        "REJECTED, REJECTED",
        "NO_ANSWER, NO_ANSWER",
        "QUIT, CANCELLED",
        "INTERRUPTED, CANCELLED",
        "RELAY_UNREACHABLE, FAILED",
        "ENCRYPTION_FAILED, FAILED",
    })
    void shouldSayWhatBecameOfACallThatNobodyAnswered(EndReason reason, CallOutcome outcome) {
        after(0, calling("ben"), state(CallState.RINGING, ""));
        after(5_000, summary(reason));

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).outcome()).isEqualTo(outcome);
        assertThat(calls.get(0).reason()).isEqualTo(reason);
        assertThat(calls.get(0).durationMs()).isZero();
    }

    @Test
    void shouldKeepACallThatIsMadeAgainAsOne() {
        after(0, calling("ben"), inCall());
        after(10_000, state(CallState.RELAY_LOST, "refused"));
        after(5_000, state(CallState.WAITING, ""), state(CallState.RINGING, ""));
        after(1_000, inCall());
        after(4_000, state(CallState.WAITING, ""));
        after(1_000, inCall());
        after(9_000, summary(EndReason.PEER_LEFT));

        assertThat(calls).extracting(CallRecord::durationMs).containsExactly(30_000L);
    }

    @Test
    void shouldKeepACallThatFallsBackToClassicAsOne() {
        after(0, calling("192.0.2.7"), state(CallState.CONNECTING, ""));
        after(
                100,
                new SessionEvent.FellBackToClassic("relay.example"),
                calling("192.0.2.7"),
                new CallEvent.EncryptionChanged(Encryption.CLASSIC, false),
                state(CallState.WAITING, ""));
        after(900, inCall());
        after(2_000, summary(EndReason.QUIT));

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).encryption()).isEqualTo(Encryption.CLASSIC);
        assertThat(calls.get(0).fingerprint()).isNull();
        assertThat(calls.get(0).durationMs()).isEqualTo(2_000);
    }

    @Test
    void shouldEndACallEachTimeTheOtherSideHangsUp() {
        after(0, calling("ben"), inCall());
        after(10_000, state(CallState.WAITING, EndReason.PEER_LEFT.text()));
        after(5_000, inCall());
        after(2_000, summary(EndReason.QUIT));

        assertThat(calls).extracting(CallRecord::durationMs).containsExactly(10_000L, 2_000L);
        assertThat(calls).extracting(CallRecord::reason).containsExactly(EndReason.PEER_LEFT, EndReason.QUIT);
    }

    @Test
    void shouldRecordAnIncomingCallThatIsAnswered() {
        after(0, incoming());
        after(
                4_000,
                ringingEnded(true, false, false),
                new PhoneEvent.CallStarted("ben", false),
                calling("ben"),
                inCall());
        after(7_000, summary(EndReason.PEER_LEFT));

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).direction()).isEqualTo(Direction.INCOMING);
        assertThat(calls.get(0).outcome()).isEqualTo(CallOutcome.ANSWERED);
        assertThat(calls.get(0).fingerprint()).isEqualTo(PRINT);
        assertThat(calls.get(0).durationMs()).isEqualTo(7_000);
    }

    @Test
    void shouldRecordAMissedCallOnce() {
        Instant rang = clock.instant();
        after(0, incoming());
        after(
                30_000,
                ringingEnded(false, true, false),
                new PhoneEvent.Missed("ben", clock.instant().toEpochMilli()));

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).isMissed()).isTrue();
        assertThat(calls.get(0).fingerprint()).isEqualTo(PRINT);
        assertThat(calls.get(0).at().toInstant()).isEqualTo(rang);
    }

    @Test
    void shouldRecordWhenACallWasMissedThatTheRelayReportsLater() {
        after(0, new PhoneEvent.Missed("ben", 1_767_323_045_000L));

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).at().toInstant()).isEqualTo(Instant.ofEpochMilli(1_767_323_045_000L));
    }

    @Test
    void shouldRecordARejectedCall() {
        after(0, incoming(), ringingEnded(false, false, true));
        after(0, new PhoneEvent.CallRefused("192.0.2.7"));

        assertThat(calls).extracting(CallRecord::outcome).containsExactly(CallOutcome.REJECTED, CallOutcome.REJECTED);
        assertThat(calls).extracting(CallRecord::peer).containsExactly("ben", "192.0.2.7");
    }

    @Test
    void shouldNotRecordWhatAnotherPhoneAnsweredOrABlockedCaller() {
        after(0, incoming(), ringingEnded(false, false, false), new PhoneEvent.BlockedCall("mallory"));

        assertThat(calls).isEmpty();
    }

    @Test
    void shouldRecordACallThatRingsAgainAfterTheConnectionWasLost() {
        after(0, incoming(), ringingEnded(false, false, false), incoming());
        after(0, ringingEnded(false, true, false), new PhoneEvent.Missed("ben", 0));

        assertThat(calls).extracting(CallRecord::outcome).containsExactly(CallOutcome.MISSED);
    }

    @Test
    void shouldKeepTheEncryptionOfEachCallApart() {
        after(0, new PhoneEvent.CallStarted("ben", true), calling("ben"), inCall());
        after(0, new CallEvent.EncryptionChanged(Encryption.END_TO_END, true, PRINT, "AES", true, false));
        after(0, summary(EndReason.QUIT));
        after(0, new PhoneEvent.CallStarted("cleo", true), calling("cleo"), summary(EndReason.BUSY));

        assertThat(calls).extracting(CallRecord::encryption).containsExactly(Encryption.END_TO_END, null);
        assertThat(calls.get(1).fingerprint()).isNull();
        assertThat(calls.get(1).quality()).isNull();
    }
}
