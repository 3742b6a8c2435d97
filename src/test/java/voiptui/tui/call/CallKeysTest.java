package voiptui.tui.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Encryption;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallUi;
import voiptui.tui.key.Controls;
import voiptui.tui.key.Keymap;
import voiptui.tui.terminal.Glyphs;

/** Each key, and what it asks for. */
class CallKeysTest {

    private static final CallEvent.DevicesListed DEVICES = new CallEvent.DevicesListed(
            List.of(
                    new CallEvent.Choice("default", "system default"),
                    new CallEvent.Choice("USB Headset", "hw:1"),
                    new CallEvent.Choice("Webcam", "hw:2")),
            List.of(new CallEvent.Choice("default", "system default"), new CallEvent.Choice("HDMI", "hw:3")));

    @Test
    void shouldMute() {
        assertThat(Scene.inCall().key('m').asked).containsExactly(new Command.ToggleMute());
    }

    @Test
    void shouldHearAgain() {
        assertThat(Scene.inCall().key(',').asked).containsExactly(new Command.SayAgain());
        assertThat(Scene.inCall().key('.').asked).containsExactly(new Command.ReturnToLive());
    }

    @ParameterizedTest
    @CsvSource({"+, OUTPUT, 3", "=, OUTPUT, 3", "-, OUTPUT, -3", "], INPUT, 3", "[, INPUT, -3"})
    void shouldMakeItLouderOrQuieter(char key, AudioDirection direction, double stepDb) {
        assertThat(Scene.inCall().key(key).asked).containsExactly(new Command.ChangeGain(direction, stepDb));
    }

    @Test
    void shouldFollowTheKeysOfTheUser() throws Exception {
        Keymap keys = Keymap.of(Map.of("mute", "x", "quit", "F10", "devices", "D", "tone", "T"));
        Scene scene = Scene.controlled(new Controls(keys, false, true)).state(CallState.IN_CALL);

        assertThat(scene.key('m').key('x').asked).containsExactly(new Command.ToggleMute());
        assertThat(scene.key('D').key('T').key('D').asked)
                .contains(new Command.ListDevices(), new Command.PlayTestTone(), new Command.StopPreview());
        scene.asked.clear();
        assertThat(scene.key('q').key(KeyType.F10).key(KeyType.F10).asked).containsExactly(new Command.HangUp());
    }

    @Test
    void shouldShowTheKeysOfTheUserInBarHelpAndNotices() throws Exception {
        Keymap keys = Keymap.of(Map.of("mute", "x", "quit", "F10", "devices", "D", "help", "F1"));
        Scene scene = Scene.controlled(new Controls(keys, false, true)).state(CallState.IN_CALL);

        assertThat(GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas)))
                .contains("x mute  F10 quit  D audio")
                .contains("F1 help");
        scene.key(KeyType.F1);
        assertThat(GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas)))
                .containsPattern("x +mute or unmute")
                .containsPattern("F10 +quit");
        scene.key(KeyType.Escape).key(KeyType.F10);
        assertThat(GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas)))
                .contains("Hang up?   F10 or Enter: yes");
    }

    @Test
    void shouldWriteATextToTheOtherSide() {
        Scene scene = Scene.encrypted(false).key(KeyType.Enter);
        "hi, q m".chars().forEach(typed -> scene.key((char) typed));
        scene.key('\u00e4').key(KeyType.Backspace);
        assertThat(GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas)))
                .contains("Text hi, q m");
        assertThat(scene.asked).as("no commands").isEmpty();
        assertThat(scene.key(KeyType.Enter).asked).containsExactly(new Command.SendText("hi, q m"));
        assertThat(scene.key('m').asked).as("the field is closed").contains(new Command.ToggleMute());
    }

    @Test
    void shouldSendNothingThatWasLeftOrIsBlank() {
        assertThat(Scene.encrypted(false).key(KeyType.Enter).key('x').key(KeyType.Escape).asked)
                .isEmpty();
        assertThat(Scene.encrypted(false).key(KeyType.Enter).key(' ').key(KeyType.Enter).asked)
                .isEmpty();
    }

    @Test
    void shouldOpenNoFieldInACallThatIsNotEncrypted() {
        Scene scene = Scene.inCall().key(KeyType.Enter);
        assertThat(scene.asked).as("is answered with the reason").containsExactly(new Command.SendText(""));
        assertThat(scene.model.ui().texts().isWriting()).isFalse();
    }

    @Test
    void shouldMarkATextThatCameWhileTheLogWasHidden() {
        Scene scene = Scene.encrypted(false).event(new CallEvent.Text(false, "hello"));
        assertThat(scene.model.ui().texts().unread()).as("it is visible").isZero();
        scene.key('s').key('s').event(new CallEvent.Text(false, "\u202e\u001b[2Jagain"));
        assertThat(GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas)))
                .contains("1 NEW TEXT");
        scene.key('s');
        assertThat(GoldenScreen.text(80, 24, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas)))
                .doesNotContain("NEW TEXT")
                .contains(": ? [2Jagain");
    }

    @Test
    void shouldRecordAndPlayTheTone() {
        assertThat(Scene.inCall().key('r').key('t').asked)
                .containsExactly(new Command.ToggleRecording(), new Command.PlayTestTone());
    }

    @Test
    void shouldChangeTheVoiceProcessing() {
        assertThat(Scene.inCall().key('p').asked).containsExactly(new Command.CycleProcessing());
    }

    @Test
    void shouldAskBeforeHangingUp() {
        Scene scene = Scene.inCall().key('q');
        assertThat(scene.asked).isEmpty();
        assertThat(scene.key('q').asked).containsExactly(new Command.HangUp());
        assertThat(Scene.inCall().key('q').key(KeyType.Enter).asked).containsExactly(new Command.HangUp());
        assertThat(Scene.relayLost().key('q').asked)
                .as("a call that may come back is one")
                .isEmpty();
    }

    @Test
    void shouldStayWhenAnotherKeyAnswers() {
        Scene scene = Scene.inCall().key('q').key('m');
        assertThat(scene.asked).as("not even muted").isEmpty();
        assertThat(scene.model.ui().quitAsked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = CallState.class,
            names = {"CONNECTING", "WAITING"})
    void shouldQuitAtOnceWithoutACall(CallState state) {
        assertThat(Scene.connecting().state(state).key('q').asked).containsExactly(new Command.HangUp());
    }

    @Test
    void shouldHangUpOnCtrlCInEveryPane() {
        KeyStroke ctrlC = new KeyStroke('c', true, false);
        for (char page : "?dlsq".toCharArray()) {
            Scene scene = Scene.inCall().key(page);
            scene.asked.clear();
            assertThat(scene.key(ctrlC).asked).as("after %s", page).containsExactly(new Command.HangUp());
        }
    }

    @Test
    void shouldGoToPagesAndBack() {
        Scene scene = Scene.inCall();
        assertThat(scene.key('l').model.ui().page()).isEqualTo(CallUi.Page.LOG);
        assertThat(scene.key('s').model.ui().page()).isEqualTo(CallUi.Page.NUMBERS);
        assertThat(scene.key('s').model.ui().page()).isEqualTo(CallUi.Page.STATISTICS);
        assertThat(scene.key('s').model.ui().page()).isEqualTo(CallUi.Page.OVERVIEW);
        assertThat(scene.key('?').model.ui().page()).isEqualTo(CallUi.Page.HELP);
        assertThat(scene.key('m').model.ui().page()).isEqualTo(CallUi.Page.OVERVIEW);
        assertThat(scene.asked)
                .as("the key that closed the help did nothing else")
                .isEmpty();
        assertThat(scene.key('l').key(KeyType.Escape).model.ui().page()).isEqualTo(CallUi.Page.OVERVIEW);
    }

    @Test
    void shouldScrollTheLogAndStayThereWhenMoreHappens() {
        Scene scene = Scene.inCall();
        assertThat(scene.key(KeyType.ArrowUp)
                        .key(KeyType.ArrowUp)
                        .model
                        .ui()
                        .log()
                        .scrolledBack())
                .isEqualTo(2);
        assertThat(scene.event(new CallEvent.MuteChanged(true)).model.ui().log().scrolledBack())
                .isEqualTo(3);
        assertThat(scene.key(KeyType.ArrowDown).model.ui().log().scrolledBack()).isEqualTo(2);
        assertThat(scene.key(KeyType.Home).model.ui().log().scrolledBack())
                .isEqualTo(scene.model.ui().log().lines().size() - 1);
        assertThat(scene.key(KeyType.End).model.ui().log().scrolledBack()).isZero();
        assertThat(scene.key(KeyType.PageDown).model.ui().log().scrolledBack()).isZero();
    }

    @Test
    void shouldAskForTheDevicesThereAre() {
        Scene scene = Scene.inCall().key('d');
        assertThat(scene.asked).containsExactly(new Command.ListDevices());
        assertThat(scene.key(KeyType.ArrowDown).key(KeyType.Enter).model.ui().page())
                .as("nothing to choose from yet")
                .isEqualTo(CallUi.Page.DEVICES);
        scene.event(DEVICES);
        assertThat(scene.model.ui().picker().selected().device())
                .as("the one in use")
                .isEqualTo("USB Headset");
    }

    @Test
    void shouldListenToAMicrophoneBeforeItIsChosen() {
        Scene scene = Scene.inCall().key('d').event(DEVICES);
        scene.asked.clear();
        scene.key(KeyType.ArrowDown).key(KeyType.ArrowDown).key(KeyType.Enter);
        assertThat(scene.asked)
                .containsExactly(
                        new Command.PreviewMicrophone("Webcam"),
                        new Command.PreviewMicrophone("Webcam"),
                        new Command.UseDevice(AudioDirection.INPUT, "Webcam"));
    }

    @Test
    void shouldNotListenTwiceToTheMicrophoneInUse() {
        Scene scene = Scene.inCall().key('d').event(DEVICES);
        scene.asked.clear();
        assertThat(scene.key(KeyType.ArrowUp).key(KeyType.ArrowDown).asked)
                .containsExactly(new Command.PreviewMicrophone("default"), new Command.StopPreview());
    }

    @Test
    void shouldChooseASpeaker() {
        Scene scene = Scene.inCall().key('d').event(DEVICES);
        scene.asked.clear();
        scene.key(KeyType.Tab).key(KeyType.ArrowDown).key(KeyType.Enter).key('t');
        assertThat(scene.asked)
                .containsExactly(
                        new Command.StopPreview(),
                        new Command.StopPreview(),
                        new Command.UseDevice(AudioDirection.OUTPUT, "HDMI"),
                        new Command.PlayTestTone());
    }

    @Test
    void shouldGiveTheMicrophoneBackWhenTheChoiceIsClosed() {
        Scene scene = Scene.inCall().key('d').event(DEVICES).key(KeyType.ArrowUp);
        scene.asked.clear();
        assertThat(scene.key(KeyType.Escape).asked).containsExactly(new Command.StopPreview());
        assertThat(scene.model.ui().page()).isEqualTo(CallUi.Page.OVERVIEW);
    }

    @Test
    void shouldDoNothingForOtherKeys() {
        Scene scene = Scene.inCall();
        CallModel before = scene.model;
        scene.key('x')
                .key(new KeyStroke('m', true, false))
                .key(new KeyStroke('q', false, true))
                .key(KeyType.F1);
        assertThat(scene.model).isEqualTo(before);
        assertThat(scene.asked).isEmpty();
    }

    @Test
    void shouldHangUpWhenTheTerminalIsGone() {
        assertThat(new CallProgram().onTerminalGone(Scene.inCall().model).commands())
                .containsExactly(new Command.HangUp());
    }

    @Test
    void shouldVerifyThePeerWhoseWordsAreTheSame() {
        Scene scene = Scene.encrypted(false).key('v').key('y');

        assertThat(scene.asked).containsExactly(new Command.VerifyPeer());
        assertThat(scene.model.ui().page()).isEqualTo(CallUi.Page.OVERVIEW);
    }

    @Test
    void shouldNotVerifyWithAnotherKeyOrWithoutWords() {
        assertThat(Scene.encrypted(false).key('v').key('n').asked).isEmpty();
        assertThat(Scene.encrypted(false).key('y').asked).isEmpty();
        assertThat(Scene.peerReports().key('v').key('y').asked).isEmpty();
        Scene failed = Scene.encrypted(false)
                .event(new CallEvent.EncryptionChanged(Encryption.FAILED, false))
                .key('v');
        assertThat(failed.key('y').asked).isEmpty();
    }

    @Test
    void shouldConnectAChangedPeerOnYOnly() {
        assertThat(Scene.changedPeer().key('a').key('m').key(KeyType.Enter).asked)
                .isEmpty();
        assertThat(Scene.changedPeer().key('q').asked).containsExactly(new Command.HangUp());
        assertThat(Scene.changedPeer().key('n').asked).containsExactly(new Command.HangUp());
        Scene scene = Scene.changedPeer().key('y');
        assertThat(scene.asked).containsExactly(new Command.AcceptChanged());

        scene.event(new CallEvent.Connected("workshop", "opus", "libopus", "rtp", List.of(), 48_000, 32));
        assertThat(scene.model.progress().security().question()).isNull();
    }
}
