package voiptui.tui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallOutcome;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.EchoTestState;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.call.model.TalkKey;
import voiptui.tui.key.Controls;
import voiptui.tui.key.Keymap;
import voiptui.tui.phone.PhoneUi.DialField;
import voiptui.tui.phone.PhoneUi.Page;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.input.KeyPhase;

/** Each key, and what it asks for. */
class PhoneKeysTest {

    private static final KeyStroke CTRL_C = new KeyStroke('c', true, false);

    @Test
    void shouldCallTheMarkedContact() {
        PhoneScene scene = PhoneScene.idle()
                .key(KeyType.ArrowDown)
                .key(KeyType.ArrowDown)
                .key(KeyType.ArrowDown)
                .key(KeyType.ArrowUp)
                .key(KeyType.End)
                .key(KeyType.Enter);
        assertThat(scene.asked).containsExactly(new Command.Dial("storage"));
        assertThat(scene.model.calls().active())
                .as("what came of it is told by an event")
                .isNull();
    }

    @Test
    void shouldCallTheFirstContactUnlessAnotherIsSelected() {
        assertThat(PhoneScene.idle().key(KeyType.Enter).asked).containsExactly(new Command.Dial("anna"));
        PhoneScene scene = PhoneScene.alone().key(KeyType.ArrowDown).key(KeyType.Enter);
        assertThat(scene.asked).as("there is none").isEmpty();
        assertThat(scene.model.ui().page()).isEqualTo(Page.DIAL);
    }

    @Test
    void shouldCallWhoIsMarkedAlthoughSomebodyElseComesFirst() {
        PhoneScene scene = PhoneScene.alone()
                .event(new PhoneEvent.Contacts(List.of(new PhoneEvent.Contact("ben", true, false, 0))))
                .event(new PhoneEvent.Contacts(List.of(
                        new PhoneEvent.Contact("anna", true, false, 0),
                        new PhoneEvent.Contact("ben", true, false, 0))));
        assertThat(scene.key(KeyType.Enter).asked).containsExactly(new Command.Dial("ben"));
    }

    @Test
    void shouldKeepWhatCannotBeCalledAndSayWhy() {
        PhoneScene scene = PhoneScene.idle().key('c').type("192.0.2.777").key(KeyType.Enter);
        scene.event(new PhoneEvent.DialFailed("192.0.2.777", "neither a name nor an IP address"));
        assertThat(scene.model.ui().page()).isEqualTo(Page.DIAL);
        assertThat(scene.model.ui().dial().text().text()).isEqualTo("192.0.2.777");
        assertThat(scene.model.ui().dial().problem()).isEqualTo("neither a name nor an IP address");

        scene.key(KeyType.Backspace);
        assertThat(scene.model.ui().dial().problem())
                .as("it is another text now")
                .isEmpty();
        scene.key(KeyType.Enter).event(new PhoneEvent.CallStarted("192.0.2.77", true));
        assertThat(scene.model.ui().page()).isEqualTo(Page.IDLE);
    }

    @Test
    void shouldSuggestWhoWasMeantInTheField() {
        PhoneScene scene = PhoneScene.idle().key('c').type("workshp").key(KeyType.Enter);
        scene.event(new PhoneEvent.NobodyCalled("workshp"));
        assertThat(scene.model.ui().dial().problem())
                .isEqualTo("nobody is called 'workshp' here; did you mean 'workshop'?");
    }

    @Test
    void shouldCallTheNameThatIsTyped() {
        PhoneScene scene = PhoneScene.idle()
                .key('c')
                .type("192.0.2.8")
                .key(KeyType.Backspace)
                .type("7")
                .key(KeyType.Enter);
        assertThat(scene.asked).containsExactly(new Command.Dial("192.0.2.7"));
        scene.event(new PhoneEvent.CallStarted("192.0.2.7", true)).end(EndReason.BUSY, 0);
        assertThat(scene.model.ui().page()).isEqualTo(Page.IDLE);
        assertThat(scene.key('c').model.ui().dial())
                .as("the next one starts empty")
                .isEqualTo(DialField.EMPTY);
    }

    @Test
    void shouldFindWhileTyping() {
        PhoneScene scene = PhoneScene.crowd().key('/').type("P3q");
        assertThat(scene.model.people()).as("nobody has that in the name").isEmpty();
        assertThat(scene.key(KeyType.Enter).asked).isEmpty();
        scene.key(KeyType.Backspace).key(KeyType.ArrowDown);
        assertThat(scene.model.people())
                .as("also those who would be hidden")
                .extracting(PhoneEvent.Contact::name)
                .containsExactly("p33", "p32", "p31", "p30");
        assertThat(scene.key(KeyType.Enter).asked).containsExactly(new Command.Dial("p32"));
        scene.key(KeyType.Escape);
        assertThat(scene.model.ui().people()).isEqualTo(PeopleList.FIRST);
    }

    @Test
    void shouldMoveWithTheKeysOfVi() {
        PhoneScene scene = PhoneScene.idle().key('G').key('k').key(KeyType.Enter);
        scene.key('g').key('j').key(KeyType.Enter);
        assertThat(scene.asked)
                .containsExactly(new Command.Dial("a-name-as-long-as-a-name-may-be."), new Command.Dial("workshop"));
    }

    @Test
    void shouldAskForNoDisturbance() {
        PhoneScene scene = PhoneScene.idle().key('n');
        assertThat(scene.asked).containsExactly(new Command.ToggleDoNotDisturb());
        assertThat(scene.event(new PhoneEvent.DoNotDisturb(true)).model.doNotDisturb())
                .isTrue();
        assertThat(scene.event(new PhoneEvent.DoNotDisturb(false)).model.doNotDisturb())
                .isFalse();
    }

    @Test
    void shouldNotCallWhenTypingIsCancelled() {
        PhoneScene scene = PhoneScene.idle().key('c').type("workshop").key(KeyType.Escape);
        assertThat(scene.asked).isEmpty();
        assertThat(scene.model.ui().page()).isEqualTo(Page.IDLE);
        assertThat(PhoneScene.idle().key('c').key(KeyType.Enter).asked)
                .as("nothing typed")
                .isEmpty();
    }

    @Test
    void shouldCompleteANameUpToTheFirstDifference() {
        assertThat(PhoneScene.idle()
                        .key('c')
                        .type("wo")
                        .key(KeyType.Tab)
                        .model
                        .ui()
                        .dial()
                        .text()
                        .text())
                .isEqualTo("workshop");
        assertThat(PhoneScene.idle()
                        .key('c')
                        .type("a")
                        .key(KeyType.Tab)
                        .model
                        .ui()
                        .dial()
                        .text()
                        .text())
                .isEqualTo("a");
        assertThat(PhoneScene.idle()
                        .key('c')
                        .type("xy")
                        .key(KeyType.Tab)
                        .model
                        .ui()
                        .dial()
                        .text()
                        .text())
                .isEqualTo("xy");
    }

    @Test
    void shouldAcceptOrRejectWhatRings() {
        assertThat(PhoneScene.incoming().key('a').asked).containsExactly(new Command.AcceptCall());
        assertThat(PhoneScene.incoming().key('x').asked).containsExactly(new Command.RejectCall());
        assertThat(PhoneScene.incoming().key(KeyType.Enter).key('l').key('c').asked)
                .as("nothing by mistake")
                .isEmpty();
        assertThat(PhoneScene.idle().key('a').key('x').asked)
                .as("nothing rings")
                .isEmpty();
    }

    @Test
    void shouldNotTakeACallWithTheNextLetterOfAName() {
        PhoneScene scene = PhoneScene.idle().key('c').type("ann").event(new PhoneEvent.Incoming("workshop"));
        assertThat(scene.type("a").asked).isEmpty();
        assertThat(scene.after(PhoneUpdate.IGNORE_KEYS_MS).key('a').asked).containsExactly(new Command.AcceptCall());
        scene.event(new PhoneEvent.RingingEnded("workshop", false, true, false, "cancelled"));
        assertThat(scene.model.ui().dial().text().text())
                .as("what was typed is still there")
                .isEqualTo("ann");
    }

    @Test
    void shouldNotTakeACallWithTheNextLetterOfAFilter() {
        PhoneScene scene = PhoneScene.idle().key('/').type("ann").event(new PhoneEvent.Incoming("workshop"));
        assertThat(scene.type("a").asked).isEmpty();
        assertThat(scene.after(PhoneUpdate.IGNORE_KEYS_MS).key('a').asked).containsExactly(new Command.AcceptCall());
    }

    @Test
    void shouldPasteIntoTheFilter() {
        PhoneScene scene = PhoneScene.idle().key('/');
        PhoneModel pasted =
                new PhoneProgram().onPaste(scene.model, "work\n", scene.nowMs).model();
        assertThat(pasted.people()).extracting(PhoneEvent.Contact::name).containsExactly("workshop");
    }

    @Test
    void shouldAskBeforeLeavingWhileItRings() {
        PhoneScene scene = PhoneScene.incoming().key('q');
        assertThat(scene.asked).isEmpty();
        assertThat(scene.key('a').asked).as("the answer to another question").isEmpty();
        assertThat(scene.key('q').key('q').asked).containsExactly(new Command.LeavePhone());
    }

    @Test
    void shouldAnswerRejectOrBlockWhoeverRings() {
        assertThat(PhoneScene.twoCallers().key('a').key('x').key('b').asked)
                .containsExactly(new Command.AcceptCall(), new Command.RejectCall(), new Command.BlockCaller());
    }

    @Test
    void shouldHearTheReleaseOfTheTalkKeyWhileSomebodyCalls() {
        PhoneScene scene = PhoneScene.idle(new PhoneScene(true, new Controls(Keymap.DEFAULT, true, true)))
                .event(new PhoneEvent.CallStarted("workshop", true))
                .event(new CallEvent.Connected("workshop", "opus", "libopus", "rtp", List.of(), 48_000, 32))
                .state(CallState.IN_CALL)
                .key(' ', KeyPhase.PRESSED);
        assertThat(scene.asked).containsExactly(new Command.SetMute(false));
        scene.event(PhoneScene.from("anna"));
        assertThat(scene.key(' ', KeyPhase.RELEASED).asked)
                .containsExactly(new Command.SetMute(false), new Command.SetMute(true));
        scene.asked.clear();
        assertThat(scene.key(' ', KeyPhase.PRESSED).after(TalkKey.HOLD_MS).asked)
                .as("a release that was lost")
                .containsExactly(new Command.SetMute(false), new Command.SetMute(true));
    }

    @Test
    void shouldLeaveAKeyToTheCallThatTheUserHasGivenToIt() throws Exception {
        Controls controls = new Controls(Keymap.of(Map.of("mute", "x", "answer", "F2", "dial", "D")), false, true);
        PhoneScene scene = PhoneScene.idle(new PhoneScene(true, controls));
        assertThat(scene.key('c').model.ui().page()).isEqualTo(Page.IDLE);
        assertThat(scene.key('D').model.ui().page()).isEqualTo(Page.DIAL);
        scene.key(KeyType.Escape)
                .event(new PhoneEvent.CallStarted("workshop", true))
                .event(new CallEvent.Connected("workshop", "opus", "libopus", "rtp", List.of(), 48_000, 32))
                .state(CallState.IN_CALL)
                .event(PhoneScene.from("anna"));

        assertThat(scene.key('x').asked).as("not rejected").containsExactly(new Command.ToggleMute());
        assertThat(scene.key(KeyType.F2).asked).contains(new Command.AcceptCall());
        assertThat(GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> PhoneView.draw(scene.model, canvas)))
                .contains("F2 answer   b block")
                .doesNotContain("x reject");
    }

    @Test
    void shouldSelectAContactByAClickAndCallThemByTheNext() {
        PhoneProgram program = new PhoneProgram();
        PhoneScene scene = PhoneScene.idle();
        scene.model = program.onRow(scene.model, "workshop", 0).model();
        assertThat(scene.model.ui().selected()).isEqualTo("workshop");
        assertThat(program.onRow(scene.model, "workshop", 0).commands()).containsExactly(new Command.Dial("workshop"));
        assertThat(program.onRow(PhoneScene.blocked().model, "SHA256:nobody", 0).commands())
                .isEmpty();
    }

    @Test
    void shouldAnswerRejectOrBlockDuringACallAndLeaveTheOtherKeysToTheCall() {
        PhoneScene scene = PhoneScene.callWaiting();
        assertThat(scene.key('a').key('x').key('b').asked)
                .containsExactly(new Command.AcceptCall(), new Command.RejectCall(), new Command.BlockCaller());
        scene.asked.clear();
        assertThat(scene.key('m').key('q').asked).containsExactly(new Command.ToggleMute());
        assertThat(scene.key('a').asked).as("no answer to 'Hang up?'").containsExactly(new Command.ToggleMute());
        assertThat(scene.key('q').key('q').asked).containsExactly(new Command.ToggleMute(), new Command.HangUp());
    }

    @Test
    void shouldCancelItsOwnCallWhileSomebodyCalls() {
        PhoneScene scene = PhoneScene.dialing().event(PhoneScene.from("anna"));
        assertThat(scene.key('q').key('x').asked).containsExactly(new Command.HangUp(), new Command.RejectCall());
    }

    @Test
    void shouldUnblockTheSelectedCaller() {
        PhoneScene scene = PhoneScene.blocked().key(KeyType.ArrowDown).key(KeyType.Enter);
        assertThat(scene.asked)
                .containsExactly(new Command.UnblockCaller("SHA256:QW5vdGhlciBvbmUsIHdpdGggdGhpcnR5LXR3byBieXRlcy4"));
        assertThat(scene.key(KeyType.Escape).model.ui().page()).isEqualTo(PhoneUi.Page.IDLE);
        assertThat(PhoneScene.idle().key('b').key(KeyType.Enter).asked).isEmpty();
    }

    @Test
    void shouldForgetTheQuestionWhenItRingsNoMore() {
        PhoneScene scene =
                PhoneScene.incoming().key('q').event(new PhoneEvent.RingingEnded("workshop", false, true, false, ""));
        assertThat(scene.model.ui().quitAsked()).isFalse();
    }

    @Test
    void shouldCancelAnUnansweredCall() {
        for (CallState state :
                List.of(CallState.CONNECTING, CallState.WAITING, CallState.RINGING, CallState.RELAY_LOST)) {
            PhoneScene scene = PhoneScene.dialing().state(state);
            assertThat(scene.key('q').key('x').key(KeyType.Escape).asked)
                    .as(state.name())
                    .containsExactly(new Command.HangUp(), new Command.HangUp(), new Command.HangUp());
            scene.asked.clear();
            assertThat(scene.key('m').key(KeyType.Enter).asked).isEmpty();
        }
    }

    @Test
    void shouldHangUpTheCallAndNotThePhone() {
        PhoneScene scene = PhoneScene.inCall().key('m').key('q');
        assertThat(scene.asked).as("asked first").containsExactly(new Command.ToggleMute());
        assertThat(scene.key('q').asked).containsExactly(new Command.ToggleMute(), new Command.HangUp());
        assertThat(scene.model.ui().quitting()).isFalse();
    }

    @Test
    void shouldLeaveAtCtrlCWhereverOneIs() {
        for (PhoneScene scene : List.of(
                PhoneScene.first(),
                PhoneScene.idle(),
                PhoneScene.idle().key('c').type("wo"),
                PhoneScene.idle().key('?'),
                PhoneScene.idle().key('l'),
                PhoneScene.incoming(),
                PhoneScene.incoming().key('q'),
                PhoneScene.dialing(),
                PhoneScene.inCall(),
                PhoneScene.inCall().key('q'))) {
            scene.asked.clear();
            assertThat(scene.key(CTRL_C).asked).containsExactly(new Command.LeavePhone());
            assertThat(scene.key('m').key('a').key('q').asked)
                    .as("on its way out")
                    .hasSize(1);
        }
    }

    @Test
    void shouldLeaveAtOnceWhenNothingIsGoingOn() {
        assertThat(PhoneScene.idle().key('q').asked).containsExactly(new Command.LeavePhone());
    }

    @Test
    void shouldRememberThatMissedCallsWereSeenOnceTheUserLooksAtThem() {
        PhoneScene scene = PhoneScene.recent();
        assertThat(scene.model.calls().unseen()).isEqualTo(3);

        scene.key(KeyType.Tab);

        assertThat(scene.model.calls().unseen()).isZero();
        assertThat(scene.key(KeyType.Tab).key(KeyType.Tab).asked).containsExactly(new Command.NoteMissedSeen());
    }

    @Test
    void shouldCountACallThatIsMissedWhileTheRecentCallsAreInSightUntilTheUserIsThere() {
        PhoneScene scene = PhoneScene.recent().key(KeyType.Tab);
        scene.asked.clear();
        scene.event(new PhoneEvent.Missed("zoe", scene.nowMs));
        assertThat(scene.model.calls().unseen()).isEqualTo(1);
        assertThat(scene.key(KeyType.ArrowDown).asked).containsExactly(new Command.NoteMissedSeen());
        assertThat(scene.model.calls().unseen()).isZero();
    }

    @Test
    void shouldCallBackTheOneWhoIsSelectedInTheRecentCalls() {
        PhoneScene scene = PhoneScene.recent().key(KeyType.Tab);
        scene.asked.clear();
        scene.key(KeyType.Enter)
                .key(KeyType.ArrowDown)
                .key(KeyType.Enter)
                .key(KeyType.End)
                .key(KeyType.Enter);
        assertThat(scene.asked)
                .containsExactly(new Command.Dial("cleo"), new Command.Dial("anna"), new Command.Dial("192.0.2.7"));
        assertThat(scene.key(KeyType.Tab).key(KeyType.Enter).asked).last().isEqualTo(new Command.Dial("anna"));
    }

    @Test
    void shouldStayOnTheSelectedCallWhenAnotherOneComes() {
        PhoneScene scene = PhoneScene.recent().key(KeyType.Tab).key(KeyType.ArrowDown);
        List<PhoneEvent.RecentCall> more = new ArrayList<>(PhoneScene.CALLS);
        more.add(0, new PhoneEvent.RecentCall("zoe", true, scene.nowMs, CallOutcome.BUSY, 0, null));
        scene.event(new PhoneEvent.RecentCalls(more));
        assertThat(scene.key(KeyType.Enter).asked).last().isEqualTo(new Command.Dial("anna"));
    }

    @Test
    void shouldSayWhyNobodyCanBeCalledBack() {
        PhoneScene scene =
                PhoneScene.recent().key(KeyType.Tab).key(KeyType.Enter).event(new PhoneEvent.NobodyCalled("cleo"));
        assertThat(scene.model.calls().lastCall()).startsWith("nobody is called 'cleo' here");
        scene.event(new PhoneEvent.DialFailed("?", "neither a name nor an IP address"));
        assertThat(scene.model.calls().lastCall()).isEqualTo("cannot call '?': neither a name nor an IP address");
    }

    @Test
    void shouldCallNobodyBackWhenThereWereNoCalls() {
        PhoneScene scene = PhoneScene.idle()
                .key(KeyType.Tab)
                .key(KeyType.Enter)
                .key(KeyType.ArrowDown)
                .key('f');
        assertThat(scene.asked).isEmpty();
        assertThat(scene.model.ui().page()).isEqualTo(Page.IDLE);
    }

    @Test
    void shouldMakeTheSelectedOneAFavorite() {
        PhoneScene scene = PhoneScene.recent()
                .key(KeyType.ArrowDown)
                .key('f')
                .key(KeyType.Tab)
                .key('f');
        assertThat(scene.asked)
                .containsExactly(
                        new Command.ToggleFavorite("workshop"),
                        new Command.NoteMissedSeen(),
                        new Command.ToggleFavorite("cleo"));
    }

    @Test
    void shouldListPreviewAndChooseDevices() {
        PhoneScene scene = PhoneScene.devices().key(KeyType.ArrowDown);
        assertThat(scene.asked)
                .containsExactly(new Command.ListDevices(), new Command.PreviewMicrophone("USB Headset"));
        scene.asked.clear();
        scene.key(KeyType.Enter).key(KeyType.Tab).key('j').key(KeyType.Enter).key(KeyType.Escape);
        assertThat(scene.asked)
                .containsExactly(
                        new Command.UseDevice(AudioDirection.INPUT, "USB Headset"),
                        new Command.StopPreview(),
                        new Command.StopPreview(),
                        new Command.UseDevice(AudioDirection.OUTPUT, "USB Headset"),
                        new Command.StopPreview());
        assertThat(scene.model.ui().page()).isEqualTo(Page.IDLE);
    }

    @Test
    void shouldNotPreviewTheMicrophoneThatTheNextCallUsesAnyway() {
        PhoneScene scene = PhoneScene.devices()
                .event(new PhoneEvent.DeviceChosen(AudioDirection.INPUT, "USB Headset"))
                .key(KeyType.ArrowDown);
        assertThat(scene.asked).containsExactly(new Command.ListDevices(), new Command.StopPreview());
    }

    @Test
    void shouldLeaveTheDevicesToACall() {
        PhoneScene scene = PhoneScene.devices().event(new PhoneEvent.Incoming("workshop"));
        assertThat(scene.model.ui().page()).isEqualTo(Page.IDLE);
        assertThat(scene.key('a').asked).last().isEqualTo(new Command.AcceptCall());
    }

    @Test
    void shouldLetTheUserHearThemselvesUntilAKeyEndsIt() {
        PhoneScene scene = PhoneScene.idle().key('t');
        scene.event(new PhoneEvent.EchoTest(EchoTestState.RECORDING, null, "")).key(KeyType.Escape);
        assertThat(scene.asked).containsExactly(new Command.ToggleEchoTest(), new Command.ToggleEchoTest());
        scene.event(new PhoneEvent.EchoTest(EchoTestState.ENDED, null, "")).key(KeyType.Escape);
        assertThat(scene.asked).as("it is over").hasSize(2);
        assertThat(PhoneScene.devices().key('t').asked)
                .containsExactly(new Command.ListDevices(), new Command.StopPreview(), new Command.ToggleEchoTest());
    }

    @Test
    void shouldListCallsThatWereMissedBeforeTheStartBelowNewerOnes() {
        PhoneScene scene = PhoneScene.idle()
                .event(new PhoneEvent.Missed("anna", 3_000))
                .event(new PhoneEvent.MissedEarlier(
                        List.of(new PhoneEvent.Missed("ben", 2_000), new PhoneEvent.Missed("cleo", 1_000))));

        assertThat(scene.model.calls().missed())
                .extracting(PhoneCalls.MissedCall::from)
                .containsExactly("anna", "ben", "cleo");
        assertThat(scene.model.calls().unseen()).isEqualTo(3);
        assertThat(scene.key(KeyType.Tab).model.calls().unseen()).isZero();
    }

    @Test
    void shouldRecordMissedCalls() {
        PhoneScene scene = PhoneScene.missed();
        assertThat(scene.model.calls().unseen()).isEqualTo(1);
        assertThat(scene.key(KeyType.Tab).model.calls().unseen()).isZero();
        assertThat(scene.model.calls().missed())
                .extracting(PhoneCalls.MissedCall::from)
                .containsExactly("workshop", "anna", "storage");
    }

    @Test
    void shouldGoToPagesAndBack() {
        PhoneScene scene = PhoneScene.missed();
        scene.asked.clear();
        assertThat(scene.key('l').model.ui().page()).isEqualTo(Page.LOG);
        assertThat(scene.key(KeyType.ArrowUp).model.ui().log().scrolledBack()).isEqualTo(1);
        assertThat(scene.key(KeyType.Escape).model.ui().page()).isEqualTo(Page.IDLE);
        assertThat(scene.key('?').model.ui().page()).isEqualTo(Page.HELP);
        assertThat(scene.key('q').model.ui().page()).isEqualTo(Page.IDLE);
        assertThat(scene.asked)
                .as("the key that closed the help did nothing else")
                .isEmpty();
    }

    @Test
    void shouldPutAwayTheNoticeOfTheLastCall() {
        PhoneScene scene = PhoneScene.dialing().end(EndReason.BUSY, 0);
        assertThat(scene.key(KeyType.Escape).model.calls().lastCall()).isEmpty();
    }

    @Test
    void shouldLeaveWhenTheTerminalIsGone() {
        assertThat(new PhoneProgram().onTerminalGone(PhoneScene.inCall().model).commands())
                .containsExactly(new Command.LeavePhone());
    }

    @Test
    void shouldAnswerAChangedCallerOnYOnly() {
        PhoneScene scene = PhoneScene.idle().event(PhoneScene.changed("anna"));
        scene.key('a').key(KeyType.Enter);
        assertThat(scene.asked).isEmpty();

        scene.key('y');
        assertThat(scene.asked).containsExactly(new Command.AcceptChanged());
    }

    @Test
    void shouldAnswerAChangedCallerDuringACall() {
        PhoneScene scene = PhoneScene.inCall().event(PhoneScene.changed("anna"));

        assertThat(scene.key('a').asked).isEmpty();
        assertThat(scene.key('y').asked).containsExactly(new Command.AcceptChanged());
    }

    @Test
    void shouldLetTheUserCompareWordsWhileSomebodyIsCalling() {
        PhoneScene scene = PhoneScene.inCall()
                .event(new CallEvent.MediaEncrypted("AES", List.of("one", "two")))
                .event(new CallEvent.EncryptionChanged(Encryption.END_TO_END, false, "SHA256:", "AES", false, true))
                .key('v')
                .event(PhoneScene.changed("anna"));

        assertThat(scene.key('y').asked).containsExactly(new Command.VerifyPeer());
    }

    @Test
    void shouldConnectOneWhoWasCalledAndHasChangedOnYOnly() {
        CallEvent.PeerChanged changed = new CallEvent.PeerChanged("workshop", "SHA256:a", "SHA256:b", false, true);
        assertThat(PhoneScene.dialing().event(changed).key('x').asked).isEmpty();
        assertThat(PhoneScene.dialing().event(changed).key('q').asked).containsExactly(new Command.HangUp());
        assertThat(PhoneScene.dialing().event(changed).key('y').asked).containsExactly(new Command.AcceptChanged());
    }
}
