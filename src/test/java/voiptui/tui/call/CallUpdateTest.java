package voiptui.tui.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.NetworkHistory;
import voiptui.tui.call.model.RelayReplies;
import voiptui.tui.widget.LogLines;

/** Each event, and what the screen knows after it. */
class CallUpdateTest {

    @Test
    void shouldCountDownToTheNextTry() {
        CallModel model = new Scene()
                .event(new CallEvent.StateChanged(CallState.CONNECTING, 2, 3, 2000, null, "busy"))
                .after(500)
                .model;
        assertThat(model.state().retryAtMs() - model.nowMs()).isEqualTo(1500);
        assertThat(model.state().changed().attempt()).isEqualTo(2);
    }

    @Test
    void shouldKnowSinceWhenTheRelayKnowsUs() {
        Scene scene = Scene.connecting();
        assertThat(scene.model.state().registeredMs()).isZero();
        scene.after(300)
                .state(CallState.WAITING)
                .after(700)
                .state(CallState.IN_CALL)
                .after(700)
                .state(CallState.WAITING);
        assertThat(scene.model.state().registeredMs())
                .as("a peer that comes and goes changes nothing")
                .isEqualTo(Scene.START_MS + 300);
        scene.state(CallState.RELAY_LOST).after(1000).state(CallState.IN_CALL);
        assertThat(scene.model.state().registeredMs()).isEqualTo(Scene.START_MS + 2700);
    }

    @Test
    void shouldKnowSinceWhenTheRelayKnowsUsAlsoIfThePeerIsHeardFirst() {
        assertThat(Scene.connecting()
                        .after(300)
                        .state(CallState.IN_CALL)
                        .model
                        .state()
                        .registeredMs())
                .isEqualTo(Scene.START_MS + 300);
    }

    @Test
    void shouldCountTheCallFromWhenThePeerWasFirstHeard() {
        Scene scene = Scene.waiting().after(1000).state(CallState.IN_CALL);
        long answeredMs = scene.nowMs;
        scene.after(9000)
                .state(CallState.PEER_SILENT)
                .after(9000)
                .state(CallState.RELAY_LOST)
                .after(100)
                .state(CallState.WAITING)
                .after(100)
                .state(CallState.IN_CALL);
        assertThat(scene.model.state().answeredMs()).isEqualTo(answeredMs);
    }

    @Test
    void shouldRestartTheCountForAnotherCall() {
        Scene scene = Scene.waiting().state(CallState.IN_CALL).after(5000).state(CallState.WAITING);
        assertThat(scene.model.state().answeredMs()).isZero();
        scene.after(5000).state(CallState.IN_CALL);
        assertThat(scene.model.state().answeredMs()).isEqualTo(scene.nowMs);
    }

    @Test
    void shouldKeepTheTimeOfAStateThroughItsTries() {
        Scene scene = Scene.inCall().state(CallState.RELAY_LOST);
        long lostMs = scene.nowMs;
        assertThat(scene.after(4000).state(CallState.RELAY_LOST).model.state().sinceMs())
                .isEqualTo(lostMs);
    }

    @Test
    void shouldHoldAPeakAndLetItFall() {
        Scene scene = new Scene()
                .event(new CallEvent.MicLevel(-10, -20, false))
                .after(100)
                .event(new CallEvent.MicLevel(-40, -50, false));
        assertThat(scene.model.audio().microphone().meter().peakDbfs()).isEqualTo(-40);
        assertThat(scene.after(1300).model.audio().microphone().meter().heldDbfs())
                .isEqualTo(-10);
        scene.after(100).after(1000);
        assertThat(scene.model.audio().microphone().meter().heldDbfs())
                .as("20 dB a second")
                .isEqualTo(-32, within(0.001));
        assertThat(scene.after(5000).model.audio().microphone().meter().heldDbfs())
                .as("not below what is heard")
                .isEqualTo(-40);
    }

    @Test
    void shouldMarkClippingForAWhile() {
        Scene scene = new Scene()
                .event(new CallEvent.MicLevel(-0.05, -3, false))
                .after(100)
                .event(new CallEvent.MicLevel(-20, -30, false));
        assertThat(scene.model.audio().microphone().meter().isClipping(scene.nowMs))
                .isTrue();
        scene.after(3000);
        assertThat(scene.model.audio().microphone().meter().isClipping(scene.nowMs))
                .isFalse();
    }

    @Test
    void shouldNoticeSpeechWhileMuted() {
        Scene scene = Scene.inCall().event(new CallEvent.MuteChanged(true));
        scene.event(new CallEvent.MicLevel(-20, -30, true));
        assertThat(scene.model.audio().mute().isTalking())
                .as("a click is no speech")
                .isFalse();
        scene.event(new CallEvent.MicLevel(-20, -30, true));
        assertThat(scene.model.audio().mute().isTalking()).isTrue();
        for (int i = 0; i < 15; i++) {
            scene.event(new CallEvent.MicLevel(-60, -70, true));
        }
        assertThat(scene.model.audio().mute().isTalking()).as("silent again").isFalse();
        scene.event(new CallEvent.MuteChanged(false))
                .event(new CallEvent.MicLevel(-20, -30, false))
                .event(new CallEvent.MicLevel(-20, -30, false));
        assertThat(scene.model.audio().mute().isTalking()).as("no longer muted").isFalse();
    }

    @Test
    void shouldDistinguishRecentLossFromThatOfTheWholeCall() {
        Scene scene = new Scene().event(stats(0, 0, 0));
        for (int second = 1; second <= 10; second++) {
            scene.after(1000).event(stats(50 * second, 0, 0));
        }
        scene.after(1000).event(stats(525, 25, 500));
        NetworkHistory network = scene.model.quality().network();
        assertThat(network.lossPercent().latest(0))
                .as("25 of 50 in the last second")
                .isEqualTo(50, within(0.001));
        assertThat(network.lossNowPercent()).as("one second of five").isEqualTo(10, within(0.001));
        assertThat(network.lossPercentInAll()).isEqualTo(100 * 25 / 550.0, within(0.001));
    }

    @Test
    void shouldNotTakeALatePacketForNegativeLoss() {
        Scene scene = new Scene()
                .event(stats(0, 0, 0))
                .after(1000)
                .event(stats(40, 10, 200))
                .after(1000)
                .event(stats(95, 5, 200));
        assertThat(scene.model.quality().network().lossPercent().latest(0)).isZero();
    }

    @Test
    void shouldKeepOneValueASecondHoweverOftenReadingsCome() {
        Scene scene = new Scene().event(stats(0, 0, 0));
        for (int i = 1; i <= 40; i++) {
            scene.after(250).event(stats(12 * i, 0, 0));
        }
        assertThat(scene.model.quality().network().lossPercent().size()).isEqualTo(10);
    }

    @Test
    void shouldRememberTheWorstMoment() {
        Scene scene = new Scene().event(stats(0, 0, 0)).after(1000).event(stats(45, 5, 100));
        long worstMs = scene.nowMs;
        for (int second = 2; second <= 20; second++) {
            scene.after(1000).event(stats(45 + 50 * (second - 1), 5, 100));
        }
        NetworkHistory.Worst worst = scene.model.quality().network().worst();
        assertThat(worst.atMs()).isEqualTo(worstMs);
        assertThat(worst.lossPercent()).isEqualTo(10, within(0.001));
        assertThat(worst.concealedMs()).isEqualTo(100);
    }

    @Test
    void shouldHaveNoWorstMomentInAGoodCall() {
        Scene scene = new Scene()
                .event(stats(0, 0, 0))
                .after(1000)
                .event(stats(50, 0, 0))
                .after(1000)
                .event(stats(100, 0, 0));
        assertThat(scene.model.quality().network().worst()).isNull();
    }

    private static CallEvent.NetworkStats stats(long received, long lost, long concealedMs) {
        return new CallEvent.NetworkStats(0, received, lost, 0, 0, 0, 0, 1.5, concealedMs);
    }

    @Test
    void shouldCountFailedRequests() {
        RelayReplies relay = Scene.waiting()
                .event(new CallEvent.RelayFailed("HEARTBEAT", "no answer within 2000 ms", 1))
                .event(new CallEvent.RelayFailed("HELLO", "no answer within 2000 ms", 2))
                .model
                .relay()
                .replies();
        assertThat(relay.failures()).isEqualTo(2);
        assertThat(relay.problem()).isEqualTo("no answer within 2000 ms");
        RelayReplies again = Scene.waiting()
                .event(new CallEvent.RelayFailed("HEARTBEAT", "no answer", 1))
                .event(new CallEvent.RelayAnswered("HEARTBEAT", "ALIVE", 3))
                .model
                .relay()
                .replies();
        assertThat(again.problem()).as("forgiven, not forgotten").isEmpty();
        assertThat(again.failures()).isEqualTo(1);
        assertThat(again.rttMs().latest(0)).isEqualTo(3);
    }

    @Test
    void shouldShowHowLongTheMicrophoneIsSilent() {
        Scene scene = Scene.inCall().event(new CallEvent.MicSilence(true, 2000));
        assertThat(scene.after(2000).nowMs - scene.model.audio().microphone().silentSinceMs())
                .isEqualTo(4000);
        assertThat(scene.event(new CallEvent.MicSilence(false, 5000))
                        .model
                        .audio()
                        .microphone()
                        .silentSinceMs())
                .isZero();
    }

    @Test
    void shouldNotBlameAnotherMicrophoneForTheSilenceOfTheOneBefore() {
        for (CallEvent other : List.of(
                new CallEvent.AudioInUse(AudioDirection.INPUT, "USB"),
                new CallEvent.AudioLost(AudioDirection.INPUT, "USB", "unplugged", List.of()))) {
            Scene scene =
                    Scene.inCall().event(new CallEvent.MicSilence(true, 2000)).event(other);
            assertThat(scene.model.audio().microphone().silentSinceMs()).isZero();
        }
    }

    @Test
    void shouldFollowDevicesThatComeAndGo() {
        Scene scene = Scene.inCall()
                .event(new CallEvent.AudioLost(AudioDirection.INPUT, "USB Headset", "unplugged", List.of()));
        assertThat(scene.model.audio().microphone().device().problem()).isEqualTo("unplugged");
        assertThat(scene.model.audio().microphone().device().name()).isEmpty();
        scene.event(new CallEvent.AudioRestored(AudioDirection.INPUT, "USB Headset"));
        assertThat(scene.model.audio().microphone().device().problem()).isNull();
        assertThat(scene.model.audio().microphone().device().name()).isEqualTo("USB Headset");
        scene.event(new CallEvent.AudioInUse(AudioDirection.OUTPUT, "HDMI"));
        assertThat(scene.model.audio().speaker().device().name()).isEqualTo("HDMI");
        scene.event(new CallEvent.AudioRefused(AudioDirection.OUTPUT, "0", "busy"));
        assertThat(scene.model.audio().speaker().device().name())
                .as("the old one stays")
                .isEqualTo("HDMI");
    }

    @Test
    void shouldFollowGainAndTone() {
        Scene scene = Scene.inCall()
                .event(new CallEvent.GainChanged(AudioDirection.INPUT, 6))
                .event(new CallEvent.GainChanged(AudioDirection.OUTPUT, -3))
                .event(new CallEvent.TestTone(true));
        assertThat(scene.model.audio().microphone().gainDb()).isEqualTo(6);
        assertThat(scene.model.audio().speaker().gainDb()).isEqualTo(-3);
        assertThat(scene.model.audio().speaker().tonePlaying()).isTrue();
        assertThat(scene.event(new CallEvent.TestTone(false))
                        .model
                        .audio()
                        .speaker()
                        .tonePlaying())
                .isFalse();
    }

    @Test
    void shouldListFinishedRecordings() {
        Scene scene = Scene.inCall().event(new CallEvent.Recording(true, "a.wav", 0, 0, 0, null));
        assertThat(scene.model.audio().recording().file()).isEqualTo("a.wav");
        scene.event(new CallEvent.Recording(false, "a.wav", 1000, 0, 0, "the disk is full"));
        assertThat(scene.model.audio().recording()).isNull();
        scene.event(new CallEvent.Recording(false, "", 0, 0, 0, "cannot write here"));
        assertThat(scene.model.audio().recordings()).containsExactly("a.wav");
    }

    @Test
    void shouldLogEventsAndMarkProblems() {
        LogLines log = Scene.relayLost().model.ui().log();
        assertThat(log.lines()).extracting(LogLines.Line::text).contains("in call with 192.0.2.7");
        assertThat(log.lines())
                .filteredOn(LogLines.Line::warning)
                .extracting(LogLines.Line::text)
                .containsExactly("relay lost: nothing listens on TCP 192.0.2.1:8888; retrying in 2 s");
    }

    @Test
    void shouldKeepAThousandLines() {
        Scene scene = new Scene();
        for (int i = 0; i < 1100; i++) {
            scene.event(new CallEvent.MuteChanged(i % 2 == 0));
        }
        assertThat(scene.model.ui().log().lines()).hasSize(1000);
    }

    @Test
    void shouldWithdrawTheQuestionWhenTheCallChanges() {
        Scene scene = Scene.inCall().key('q');
        assertThat(scene.model.ui().quitAsked()).isTrue();
        assertThat(scene.state(CallState.PEER_SILENT).model.ui().quitAsked()).isFalse();
    }

    @Test
    void shouldBeOverWithTheSummary() {
        Scene scene = Scene.inCall().event(new CallEvent.StateChanged(CallState.ENDED, 0, 0, 0, EndReason.QUIT, ""));
        assertThat(new CallProgram().isOver(scene.model))
                .as("what is left to say is still to come")
                .isFalse();
        assertThat(new CallProgram().isOver(Scene.ended().model)).isTrue();
    }
}
