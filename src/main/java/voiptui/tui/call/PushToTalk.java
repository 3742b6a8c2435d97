package voiptui.tui.call;

import com.googlecode.lanterna.input.KeyStroke;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.tui.Next;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.TalkKey;
import voiptui.tui.key.CallAction;
import voiptui.tui.terminal.input.KeyPhase;

/**
 * Push to talk ({@code --ptt}): unmuted while a key is held, where the terminal reports releases; elsewhere, from one press to the
 * next. Pure.
 */
final class PushToTalk {

    private PushToTalk() {}

    /** Returns whether the key talks now: neither in a text nor as the answer to a question, unless it has been held since before. */
    static boolean isTalkKey(CallModel model, KeyStroke key) {
        boolean typesSpace = model.ui().texts().isWriting();
        boolean asked = typesSpace
                || model.ui().quitAsked()
                || model.progress().security().question() != null;
        return model.setting().controls().pushToTalk()
                && model.keys().is(CallAction.TALK, key)
                && model.state().name() != CallState.ENDED
                && (!asked || model.ui().talkKey() != null);
    }

    /** Returns what follows from the talk key at a terminal that reports presses only. */
    static Next<CallModel> onPress(CallModel model) {
        return Next.ask(model, new Command.ToggleMute());
    }

    /** Returns what follows from the talk key at a terminal that reports releases. */
    static Next<CallModel> onHeldKey(CallModel model, KeyPhase phase, long nowMs) {
        TalkKey held = model.ui().talkKey();
        if (phase == KeyPhase.RELEASED) {
            return onReleased(model);
        } else if (held != null) {
            return Next.show(with(model, phase == KeyPhase.REPEATED ? held.repeated(nowMs) : held));
        }
        return Next.ask(with(model, TalkKey.pressed(nowMs)), new Command.SetMute(false));
    }

    /** Returns what follows when the key is released, or may be. */
    static Next<CallModel> onReleased(CallModel model) {
        return model.ui().talkKey() == null ? Next.show(model) : Next.ask(with(model, null), new Command.SetMute(true));
    }

    /** Returns what follows from the passing of time: a key that was lost is released. */
    static Next<CallModel> onTick(CallModel model, long nowMs) {
        TalkKey held = model.ui().talkKey();
        return held != null && held.isLost(nowMs) ? onReleased(model) : Next.show(model);
    }

    /** Returns the model after another key was pressed. */
    static CallModel interrupted(CallModel model) {
        TalkKey held = model.ui().talkKey();
        return held == null ? model : with(model, held.interrupted());
    }

    private static CallModel with(CallModel model, @Nullable TalkKey key) {
        return model.with(model.ui().talking(key));
    }
}
