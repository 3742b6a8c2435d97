package voiptui.tui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.event.SessionEvent;
import voiptui.event.SpeechLevel;
import voiptui.tui.widget.LogLines;

/** What events and time make of a phone. */
class PhoneUpdateTest {

    private static List<String> logOf(LogLines log) {
        return log.lines().stream().map(LogLines.Line::text).toList();
    }

    @Test
    void shouldRingTheBellAtOnceAndNowAndThenUntilItIsOver() {
        PhoneScene scene = PhoneScene.idle().event(new PhoneEvent.Incoming("workshop"));
        assertThat(scene.bells).isEqualTo(1);
        assertThat(scene.after(2900).bells).isEqualTo(1);
        assertThat(scene.after(6100).bells).isEqualTo(4);
        scene.event(new PhoneEvent.RingingEnded("workshop", false, true, false, "nobody answered"));
        assertThat(scene.after(10_000).bells).isEqualTo(4);
    }

    @Test
    void shouldShowThatACallerIsAnonymous() {
        PhoneScene scene = PhoneScene.idle().event(new PhoneEvent.Incoming("192.0.2.7", null, true));
        assertThat(scene.model.calls().incoming().call().anonymous()).isTrue();
        assertThat(logOf(scene.model.ui().log())).last().isEqualTo("anonymous caller 192.0.2.7 is calling");
    }

    @Test
    void shouldShowTheNextCallerWhenTheFirstIsGone() {
        PhoneScene scene = PhoneScene.twoCallers();
        assertThat(scene.model.calls().ringing())
                .extracting(PhoneCalls.IncomingCall::from)
                .containsExactly("workshop", "anna");

        scene.event(new PhoneEvent.RingingEnded("workshop", false, true, false, "the caller hung up"));

        assertThat(scene.model.calls().incoming().from()).isEqualTo("anna");
        assertThat(scene.model.calls().incoming().blockable()).isTrue();
    }

    @Test
    void shouldKeepShowingWhoElseCallsWhenACallIsAnswered() {
        PhoneScene scene = PhoneScene.twoCallers()
                .event(new PhoneEvent.RingingEnded("workshop", true, false, false, ""))
                .event(new PhoneEvent.CallStarted("workshop", false));

        assertThat(scene.model.calls().incoming().from()).isEqualTo("anna");
        assertThat(scene.model.calls().active()).isNotNull();
    }

    @Test
    void shouldNotRingTheBellOfWhoWantsItQuiet() {
        PhoneScene scene = PhoneScene.idle(new PhoneScene(false))
                .event(new PhoneEvent.Incoming("workshop"))
                .after(30_000);
        assertThat(scene.bells).isZero();
        assertThat(scene.model.calls().incoming().from())
                .as("it is shown all the same")
                .isEqualTo("workshop");
    }

    @Test
    void shouldRedrawOnceAMinuteBetweenCalls() {
        PhoneScene scene = PhoneScene.missed();
        List<PhoneModel> drawn = new ArrayList<>(List.of(scene.model));
        for (int tick = 0; tick < 1200; tick++) {
            scene.after(100);
            if (scene.model != drawn.get(drawn.size() - 1)) {
                drawn.add(scene.model);
            }
        }
        assertThat(drawn).as("in two minutes").hasSize(3);
    }

    @Test
    void shouldCountSecondsWhereSecondsAreShown() {
        for (PhoneScene scene : List.of(PhoneScene.incoming(), PhoneScene.dialing(), PhoneScene.sessionLost())) {
            PhoneModel before = scene.model;
            scene.after(1000);
            assertThat(scene.model.nowMs()).isGreaterThan(before.nowMs());
        }
    }

    @Test
    void shouldNotRedrawWhatHasNotChanged() {
        PhoneScene scene = PhoneScene.idle();
        PhoneModel before = scene.model;
        scene.event(new PhoneEvent.Contacts(List.copyOf(before.contacts())))
                .event(new CallEvent.MicLevel(-20, -30, false));
        assertThat(scene.model).isSameAs(before);
    }

    @Test
    void shouldShowTheCallFromTheMomentTheOtherSideTakesIt() {
        PhoneScene scene = PhoneScene.dialing();
        assertThat(scene.state(CallState.RINGING).model.calls().active().isDialing())
                .isTrue();
        scene.event(new CallEvent.Connected("workshop", "opus", "libopus", "rtp", List.of(), 48_000, 32));
        assertThat(scene.model.calls().active().isDialing()).isFalse();
        assertThat(scene.state(CallState.IN_CALL)
                        .state(CallState.RELAY_LOST)
                        .state(CallState.WAITING)
                        .model
                        .calls()
                        .active()
                        .isDialing())
                .as("a call that comes back is still one")
                .isFalse();
        assertThat(PhoneScene.idle()
                        .event(new PhoneEvent.CallStarted("workshop", false))
                        .model
                        .calls()
                        .active()
                        .isDialing())
                .isFalse();
    }

    @Test
    void shouldShowTheSessionInACallThatStartedLater() {
        PhoneScene scene = PhoneScene.inCall();
        assertThat(scene.model.calls().active().call().session().name()).isEqualTo("dora");
        scene.event(new SessionEvent.SessionLost("connection reset", 1, 500));
        assertThat(scene.model.calls().active().call().session().outage()).isNotNull();
        assertThat(scene.model.session().outage()).isNotNull();
    }

    @Test
    void shouldGoBackToThePhoneWithANoticeOfTheCall() {
        PhoneScene scene = PhoneScene.inCall().end(EndReason.PEER_LEFT, 1489);
        assertThat(scene.model.calls().active()).isNull();
        assertThat(scene.model.calls().lastCall())
                .isEqualTo("call with workshop, 00:00:30; the other side hung up; lost 0.7 %, peer lost 0.5 %");
        assertThat(logOf(scene.model.ui().log()))
                .contains("calling workshop")
                .endsWith(scene.model.calls().lastCall());
    }

    @Test
    void shouldBeginEachCallAfresh() {
        PhoneScene scene = PhoneScene.inCall()
                .event(new CallEvent.MuteChanged(true))
                .end(EndReason.QUIT, 1489)
                .event(new PhoneEvent.CallStarted("anna", false));
        assertThat(scene.model.calls().active().call().audio().mute().on()).isFalse();
        assertThat(scene.model.calls().active().call().quality().network().totals())
                .isNull();
        assertThat(scene.model.calls().lastCall()).isEmpty();
        assertThat(scene.model.calls().counts()).isEqualTo(new PhoneCalls.CallCounts(1, 1, 0));
    }

    @Test
    void shouldSayWhyTheCallWasNotAnswered() {
        PhoneScene scene = PhoneScene.dialing().end(EndReason.BUSY, 0);
        assertThat(scene.model.calls().lastCall()).isEqualTo("no connection with workshop: the other side is busy");
        assertThat(scene.model
                        .ui()
                        .log()
                        .lines()
                        .get(scene.model.ui().log().lines().size() - 1)
                        .warning())
                .isTrue();
    }

    @Test
    void shouldListMissedCallersDuringACall() {
        PhoneScene scene = PhoneScene.inCall().event(new PhoneEvent.Missed("anna", 0));
        assertThat(logOf(scene.model.calls().active().call().ui().log())).endsWith("missed call from anna at 00:00:00");
        assertThat(scene.model.calls().unseen()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheSelectionOnAContactThatLeaves() {
        PhoneScene scene = PhoneScene.idle();
        assertThat(selected(scene)).isEqualTo("anna");
        List<PhoneEvent.Contact> more = new ArrayList<>(scene.model.contacts());
        more.add(0, new PhoneEvent.Contact("a", true, false, 0));
        assertThat(selected(scene.event(new PhoneEvent.Contacts(more)))).isEqualTo("anna");
        scene.event(new PhoneEvent.Contacts(more.subList(2, 4)));
        assertThat(selected(scene)).as("gone: the first one").isEqualTo("cellar");
    }

    private static String selected(PhoneScene scene) {
        return scene.model.selected().name();
    }

    private static List<String> listed(PhoneScene scene) {
        return scene.model.people().stream().map(PhoneEvent.Contact::name).toList();
    }

    @Test
    void shouldListThoseFirstWhoCanBeCalled() {
        assertThat(listed(PhoneScene.idle()))
                .containsExactly("anna", "workshop", "cellar", "a-name-as-long-as-a-name-may-be.", "storage");
    }

    @Test
    void shouldHideSomeOfManyWhoAreOffline() {
        PhoneScene scene = PhoneScene.crowd();
        assertThat(listed(scene)).containsExactly("p00", "p01", "p33", "p32", "p31", "p30", "p29", "p28");
        assertThat(scene.model.ui().people().hidden(scene.model.contacts())).isEqualTo(26);
        assertThat(listed(scene.key('o'))).hasSize(34);
        assertThat(listed(scene.key('o'))).hasSize(8);
    }

    @Test
    void shouldListEverybodyWhoIsOnline() {
        List<PhoneEvent.Contact> online = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            online.add(new PhoneEvent.Contact("n" + i, true, i % 2 == 0, 0));
        }
        assertThat(listed(PhoneScene.alone().event(new PhoneEvent.Contacts(online))))
                .hasSize(30);
    }

    @Test
    void shouldBeOverWhenThePhoneIsOff() {
        PhoneScene scene = PhoneScene.inCall();
        assertThat(new PhoneProgram().isOver(scene.model)).isFalse();
        scene.event(new PhoneEvent.PhoneStopped(EndReason.QUIT, ""));
        assertThat(new PhoneProgram().isOver(scene.model)).isTrue();
    }

    @Test
    void shouldListFavoritesFirstAlsoThoseWhoAreOffline() {
        assertThat(listed(PhoneScene.favorites())).containsExactly("ben", "zoe", "dan", "anna", "cleo");
    }

    @Test
    void shouldAlwaysListFavorites() {
        List<PhoneEvent.Contact> crowd =
                new ArrayList<>(PhoneScene.crowd().model.contacts());
        for (int i = 0; i < 10; i++) {
            crowd.add(new PhoneEvent.Contact("f" + i, false, false, 0, false, true));
        }
        PhoneScene scene = PhoneScene.alone().event(new PhoneEvent.Contacts(crowd));
        assertThat(listed(scene)).hasSize(12).contains("f0", "f9", "p00", "p01");
    }

    @Test
    void shouldCountSuccessiveMissedCallsOfOneCallerInOneRow() {
        assertThat(PhoneScene.recent().model.calls().recent())
                .extracting(row -> row.call().peer() + " " + row.count())
                .startsWith("cleo 2", "anna 1", "workshop 1", "workshop 1", "cleo 1");
    }

    @Test
    void shouldShowTheDevicesOfTheNextCall() {
        PhoneScene scene = PhoneScene.idle()
                .event(new PhoneEvent.Ready("relay.example", "dora", false, "USB Headset", "default"))
                .event(new PhoneEvent.DeviceChosen(AudioDirection.OUTPUT, "Speakers"));
        assertThat(scene.model.headset().microphone()).isEqualTo("USB Headset");
        assertThat(scene.model.headset().speaker()).isEqualTo("Speakers");
    }

    @Test
    void shouldLetTheHeldPeakFallWhileTheUserHearsThemselves() {
        PhoneScene scene = PhoneScene.speaking();
        double held = scene.model.headset().test().meter().heldDbfs();
        assertThat(held).isEqualTo(-12);
        assertThat(scene.after(3_000).model.headset().test().meter().heldDbfs()).isLessThan(held);
    }

    @Test
    void shouldForgetTheVerdictOnAnotherMicrophone() {
        PhoneScene scene = PhoneScene.speaking()
                .event(new PhoneEvent.EchoTest(PhoneEvent.EchoTestState.ENDED, SpeechLevel.GOOD, ""));
        assertThat(scene.model.headset().test().level()).isEqualTo(SpeechLevel.GOOD);
        scene.event(new PhoneEvent.DeviceChosen(AudioDirection.INPUT, "default"));
        assertThat(scene.model.headset().test()).isNull();
    }

    @Test
    void shouldSayWhyTheUserCannotHearThemselves() {
        PhoneScene scene = PhoneScene.idle()
                .event(new PhoneEvent.EchoTest(PhoneEvent.EchoTestState.ENDED, null, "the microphone is gone"));
        assertThat(scene.model.calls().lastCall()).isEqualTo("test failed: the microphone is gone");
        scene.event(new CallEvent.AudioRefused(AudioDirection.INPUT, "USB", "unknown microphone 'USB'"));
        assertThat(scene.model.calls().lastCall()).contains("unknown microphone 'USB'");
    }
}
