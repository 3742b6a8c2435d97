package voiptui.tui.phone;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import org.jspecify.annotations.Nullable;
import voiptui.event.Command;
import voiptui.tui.Next;
import voiptui.tui.call.CallProgram;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallUi;
import voiptui.tui.key.CallerAction;
import voiptui.tui.key.Keys;
import voiptui.tui.key.PhoneAction;
import voiptui.tui.phone.PhoneCalls.ActiveCall;
import voiptui.tui.phone.PhoneCalls.IncomingCall;
import voiptui.tui.terminal.input.KeyPhase;
import voiptui.tui.widget.TextField;

/** Computes the model and the commands after a key: those of whoever calls, of the call, and between calls. Pure. */
final class PhoneKeys {

    private static final KeyStroke ENTER = new KeyStroke(KeyType.Enter);
    private static final CallProgram CALL = new CallProgram();

    private PhoneKeys() {}

    /** Returns what follows from a key. */
    static Next<PhoneModel> onKey(PhoneModel model, KeyStroke key, long nowMs) {
        IncomingCall incoming = model.calls().incoming();
        ActiveCall active = model.calls().active();
        if (model.stopped() != null) {
            return Next.show(model);
        } else if (Keys.isCtrl(key, 'c')) {
            return quit(model);
        } else if (model.ui().quitting()) {
            return Next.show(model);
        } else if (model.ui().quitAsked()) {
            return Keys.isYes(key) || model.keys().is(PhoneAction.QUIT, key)
                    ? quit(model)
                    : Next.show(model.with(model.ui().quitAsked(false)));
        } else if (incoming != null && (active == null || isAboutIncoming(model, active, incoming, key))) {
            return onIncomingKey(model, incoming, key, nowMs);
        } else if (active != null) {
            return onActiveKey(model, active, key, nowMs);
        }
        return IdleKeys.onKey(model, key);
    }

    /** Returns what follows from a key at a terminal that reports releases: push to talk is up to the call. */
    static Next<PhoneModel> onHeldKey(PhoneModel model, KeyStroke key, KeyPhase phase, long nowMs) {
        ActiveCall active = model.calls().active();
        boolean callHasKeys = active != null
                && !active.isDialing()
                && model.stopped() == null
                && !model.ui().quitting()
                && !model.ui().quitAsked();
        if (active != null
                && (phase == KeyPhase.RELEASED || callHasKeys && CallProgram.isTalkKey(active.call(), key))) {
            return with(model, active, CALL.onHeldKey(active.call(), key, phase, nowMs));
        }
        return phase == KeyPhase.RELEASED ? Next.show(model) : onKey(model, key, nowMs);
    }

    /** Returns what follows from a click on a contact, on a blocked caller, or in the call. */
    static Next<PhoneModel> onRow(PhoneModel model, String id, long nowMs) {
        ActiveCall active = model.calls().active();
        if (active != null) {
            return with(model, active, CALL.onRow(active.call(), id, nowMs));
        }
        Next<PhoneModel> selecting = IdleKeys.onRow(model, id);
        return selecting == null ? onKey(model, ENTER, nowMs) : selecting;
    }

    /** Returns what follows when the terminal loses the focus. */
    static Next<PhoneModel> onFocusLost(PhoneModel model, long nowMs) {
        ActiveCall active = model.calls().active();
        return active == null ? Next.show(model) : with(model, active, CALL.onFocusLost(active.call(), nowMs));
    }

    /** Returns the model after a text was pasted: into the text field that takes keys now, if there is one. */
    static PhoneModel onPaste(PhoneModel model, String text) {
        ActiveCall active = model.calls().active();
        if (active != null) {
            return with(model, active, CALL.onPaste(active.call(), text, model.nowMs()))
                    .model();
        }
        boolean typing = model.ui().isTyping()
                && model.stopped() == null
                && !model.ui().quitting()
                && !model.ui().quitAsked()
                && model.calls().incoming() == null;
        if (!typing) {
            return model;
        }
        PhoneUi ui = model.ui();
        TextField filter = ui.people().filter();
        return model.with(
                ui.isFinding() && filter != null
                        ? ui.with(ui.people().filtering(filter.pasted(text)))
                        : ui.dialing(ui.dial().typing(ui.dial().text().pasted(text))));
    }

    /** Returns whether a key during a call concerns the caller who waits. What the key does in the call counts more. */
    private static boolean isAboutIncoming(PhoneModel model, ActiveCall active, IncomingCall incoming, KeyStroke key) {
        CallModel call = active.call();
        boolean callHasYes =
                call.progress().security().question() != null || call.ui().page() == CallUi.Page.VERIFY;
        return !call.ui().quitAsked()
                && !call.ui().texts().isWriting()
                && (callerAction(model, key) != null || Keys.isPlain(key, 'y') && incoming.hasChanged() && !callHasYes);
    }

    /** Returns what a key does about somebody who calls; null: nothing, or something in the call meanwhile. */
    private static @Nullable CallerAction callerAction(PhoneModel model, KeyStroke key) {
        CallerAction action = model.keys().find(CallerAction.class, key);
        return action != null && PhoneBoxes.hasKey(model, action) ? action : null;
    }

    /** Returns the model of a phone told to stop; it hangs up first. */
    static Next<PhoneModel> quit(PhoneModel model) {
        return Next.ask(model.with(model.ui().asQuitting()), new Command.LeavePhone());
    }

    private static Next<PhoneModel> onIncomingKey(PhoneModel model, IncomingCall incoming, KeyStroke key, long nowMs) {
        if (nowMs < incoming.ignoreKeysUntilMs()) {
            return Next.show(model);
        } else if (incoming.hasChanged() && Keys.isPlain(key, 'y')) {
            return Next.ask(model, new Command.AcceptChanged());
        }
        CallerAction action = callerAction(model, key);
        if (action == null) {
            return Next.show(
                    model.keys().is(PhoneAction.QUIT, key)
                            ? model.with(model.ui().quitAsked(true))
                            : model);
        }
        return switch (action) {
            case ANSWER -> incoming.hasChanged() ? Next.show(model) : Next.ask(model, new Command.AcceptCall());
            case REJECT -> Next.ask(model, new Command.RejectCall());
            case BLOCK -> Next.ask(model, new Command.BlockCaller());
        };
    }

    private static Next<PhoneModel> onActiveKey(PhoneModel model, ActiveCall active, KeyStroke key, long nowMs) {
        if (active.isDialing() && active.call().progress().security().question() == null) {
            boolean cancels = model.keys().is(PhoneAction.QUIT, key)
                    || model.keys().is(CallerAction.REJECT, key)
                    || key.getKeyType() == KeyType.Escape;
            return cancels ? Next.ask(model, new Command.HangUp()) : Next.show(model);
        }
        return with(model, active, CALL.onKey(active.call(), key, nowMs));
    }

    private static Next<PhoneModel> with(PhoneModel model, ActiveCall active, Next<CallModel> next) {
        PhoneModel after =
                next.model() == active.call() ? model : model.with(model.calls().with(active.with(next.model())));
        return new Next<>(after, next.commands(), next.bell());
    }
}
