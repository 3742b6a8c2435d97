package voiptui.tui.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.KeyType;
import org.junit.jupiter.api.Test;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.tui.call.model.CallUi.Page;
import voiptui.tui.call.model.TalkKey;
import voiptui.tui.key.Controls;
import voiptui.tui.key.Keymap;
import voiptui.tui.terminal.input.KeyPhase;

/** When the microphone is open with {@code --ptt}, and that it never stays so by mistake. */
class PushToTalkTest {

    private static final Command TALK = new Command.SetMute(false);
    private static final Command MUTE = new Command.SetMute(true);

    private static Scene muted() {
        return Scene.controlled(new Controls(Keymap.DEFAULT, true, true))
                .state(CallState.IN_CALL)
                .event(new CallEvent.MuteChanged(true));
    }

    @Test
    void shouldTalkWhileTheKeyIsHeld() {
        Scene scene = muted().key(' ', KeyPhase.PRESSED);
        assertThat(scene.asked).containsExactly(TALK);
        for (int repeat = 0; repeat < 100; repeat++) {
            scene.after(50).key(' ', KeyPhase.REPEATED);
        }
        assertThat(scene.asked).as("for as long as it repeats").containsExactly(TALK);
        assertThat(scene.key(' ', KeyPhase.RELEASED).asked).containsExactly(TALK, MUTE);
    }

    @Test
    void shouldTalkAgainBeforeTheMuteIsReported() {
        assertThat(muted().key(' ', KeyPhase.PRESSED)
                        .key(' ', KeyPhase.RELEASED)
                        .key(' ', KeyPhase.PRESSED)
                        .event(new CallEvent.MuteChanged(false))
                        .event(new CallEvent.MuteChanged(true))
                        .key(' ', KeyPhase.RELEASED)
                        .asked)
                .containsExactly(TALK, MUTE, TALK, MUTE);
    }

    @Test
    void shouldMuteWhenAKeyThatRepeatedIsHeardNoMore() {
        Scene scene = muted().key(' ', KeyPhase.PRESSED)
                .after(500)
                .key(' ', KeyPhase.REPEATED)
                .after(TalkKey.REPEAT_MS - 1);
        assertThat(scene.asked).containsExactly(TALK);
        assertThat(scene.after(1).asked).containsExactly(TALK, MUTE);
        assertThat(scene.after(TalkKey.HOLD_MS).asked).as("once").containsExactly(TALK, MUTE);
        assertThat(scene.key(' ', KeyPhase.REPEATED).asked)
                .as("it was held all the time")
                .containsExactly(TALK, MUTE, TALK);
    }

    @Test
    void shouldMuteAKeyThatDoesNotRepeatAfterAMinute() {
        Scene scene = muted().key(' ', KeyPhase.PRESSED).after(TalkKey.HOLD_MS - 1);
        assertThat(scene.asked).containsExactly(TALK);
        assertThat(scene.after(1).asked).containsExactly(TALK, MUTE);
    }

    @Test
    void shouldGoOnTalkingWhileAnotherKeyRepeats() {
        Scene scene = muted().key(' ', KeyPhase.PRESSED)
                .after(500)
                .key(' ', KeyPhase.REPEATED)
                .key('s', KeyPhase.PRESSED)
                .after(TalkKey.REPEAT_MS);

        assertThat(scene.asked).containsExactly(TALK);
        assertThat(scene.model.ui().page()).isEqualTo(Page.NUMBERS);
    }

    @Test
    void shouldMuteWhenTheFocusIsLost() {
        assertThat(muted().key(' ', KeyPhase.PRESSED).focusLost().asked).containsExactly(TALK, MUTE);
        assertThat(muted().focusLost().asked).isEmpty();
    }

    @Test
    void shouldTalkFromOnePressToTheNextWhereReleasesAreNotReported() {
        assertThat(muted().key(' ').key(' ').asked).containsExactly(new Command.ToggleMute(), new Command.ToggleMute());
        assertThat(muted().key(' ').after(TalkKey.HOLD_MS).focusLost().asked)
                .as("the user has seen to it")
                .containsExactly(new Command.ToggleMute());
    }

    @Test
    void shouldTalkOverEachPageButNotOverAQuestion() {
        assertThat(muted().key('?').key(' ', KeyPhase.PRESSED).asked).containsExactly(TALK);
        Scene asked = muted().key('q').key(' ', KeyPhase.PRESSED);
        assertThat(asked.asked).isEmpty();
        assertThat(asked.model.ui().quitAsked()).as("any other key: no").isFalse();
    }

    @Test
    void shouldHearTheReleaseDuringAQuestion() {
        assertThat(muted().key(' ', KeyPhase.PRESSED).key('q', KeyPhase.PRESSED).key(' ', KeyPhase.RELEASED).asked)
                .containsExactly(TALK, MUTE);
    }

    @Test
    void shouldLeaveTheKeyAloneWithoutPushToTalk() {
        Scene scene = Scene.inCall().event(new CallEvent.MuteChanged(true));
        assertThat(scene.key(' ').key(' ', KeyPhase.PRESSED).key(' ', KeyPhase.RELEASED).asked)
                .isEmpty();
    }

    @Test
    void shouldPressOtherKeysOnceEach() {
        assertThat(muted().key('m', KeyPhase.PRESSED).key('m', KeyPhase.RELEASED).asked)
                .containsExactly(new Command.ToggleMute());
        assertThat(muted().key('q', KeyPhase.PRESSED)
                        .key('q', KeyPhase.RELEASED)
                        .key(KeyType.Enter)
                        .asked)
                .containsExactly(new Command.HangUp());
    }
}
