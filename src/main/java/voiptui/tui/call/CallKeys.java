package voiptui.tui.call;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import org.jspecify.annotations.Nullable;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.tui.Next;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallUi;
import voiptui.tui.call.model.CallUi.Page;
import voiptui.tui.device.DevicePicker;
import voiptui.tui.key.CallAction;
import voiptui.tui.key.Keys;
import voiptui.tui.widget.KeyHelp;
import voiptui.tui.widget.LogLines;
import voiptui.tui.widget.TextField;

/** Computes the model and the commands after a key. Pure. */
final class CallKeys {

    /** The step of the gain and volume keys, in dB. */
    static final double GAIN_STEP_DB = 3;

    private CallKeys() {}

    /** Returns what follows from a key. */
    static Next<CallModel> onKey(CallModel model, KeyStroke key) {
        if (model.state().name() == CallState.ENDED) {
            return Next.show(model);
        }
        if (Keys.isCtrl(key, 'c')) {
            return Next.ask(model, new Command.HangUp());
        }
        if (model.progress().security().question() != null) {
            return onQuestionKey(model, key);
        }
        if (model.ui().quitAsked()) {
            return Keys.isYes(key) || model.keys().is(CallAction.QUIT, key)
                    ? Next.ask(model, new Command.HangUp())
                    : Next.show(model.with(model.ui().quitAsked(false)));
        }
        TextField field = model.ui().texts().field();
        if (field != null) {
            return onFieldKey(model, field, key);
        }
        return switch (model.ui().page()) {
            case HELP, HELP_END -> Next.show(model.with(model.ui().with(afterHelp(key))));
            case DEVICES -> onDevicesKey(model, key);
            case VERIFY -> onVerifyKey(model, key);
            case OVERVIEW, NUMBERS, LOG, STATISTICS -> onCallKey(model, key);
        };
    }

    /** Returns the page that a key leads to from the list of keys. */
    private static Page afterHelp(KeyStroke key) {
        return KeyHelp.showsEnd(key) ? Page.HELP_END : KeyHelp.showsBeginning(key) ? Page.HELP : Page.OVERVIEW;
    }

    /** A changed fingerprint: only {@code y} connects. */
    private static Next<CallModel> onQuestionKey(CallModel model, KeyStroke key) {
        if (Keys.isPlain(key, 'y')) {
            return Next.ask(model, new Command.AcceptChanged());
        }
        boolean refuses =
                Keys.isPlain(key, 'n') || model.keys().is(CallAction.QUIT, key) || key.getKeyType() == KeyType.Escape;
        return refuses ? Next.ask(model, new Command.HangUp()) : Next.show(model);
    }

    private static Next<CallModel> onFieldKey(CallModel model, TextField field, KeyStroke key) {
        return switch (key.getKeyType()) {
            case Escape -> Next.show(writing(model, null));
            case Enter ->
                field.text().isBlank()
                        ? Next.show(writing(model, null))
                        : Next.ask(writing(model, null), new Command.SendText(field.text()));
            default -> Next.show(writing(model, field.with(key)));
        };
    }

    private static CallModel writing(CallModel model, @Nullable TextField field) {
        return model.with(model.ui().with(model.ui().texts().writing(field)));
    }

    /** Returns the model after a text was pasted: into the field, if it is open. */
    static CallModel onPaste(CallModel model, String text) {
        TextField field = model.ui().texts().field();
        boolean asked = model.ui().quitAsked() || model.progress().security().question() != null;
        return field == null || asked ? model : writing(model, field.pasted(text));
    }

    private static Next<CallModel> onVerifyKey(CallModel model, KeyStroke key) {
        CallModel closed = model.with(model.ui().with(Page.OVERVIEW));
        return Keys.isPlain(key, 'y') && model.progress().security().hasWords()
                ? Next.ask(closed, new Command.VerifyPeer())
                : Next.show(closed);
    }

    private static Next<CallModel> onCallKey(CallModel model, KeyStroke key) {
        CallAction action = model.keys().find(CallAction.class, key);
        return action == null ? Next.show(onNavigationKey(model, key.getKeyType())) : onAction(model, action);
    }

    private static Next<CallModel> onAction(CallModel model, CallAction action) {
        CallUi ui = model.ui();
        return switch (action) {
            case TALK -> Next.show(model);
            case QUIT ->
                model.isConnected() ? Next.show(model.with(ui.quitAsked(true))) : Next.ask(model, new Command.HangUp());
            case MUTE -> Next.ask(model, new Command.ToggleMute());
            case HOLD -> Next.ask(model, new Command.ToggleHold());
            case VOLUME_UP -> Next.ask(model, new Command.ChangeGain(AudioDirection.OUTPUT, GAIN_STEP_DB));
            case VOLUME_DOWN -> Next.ask(model, new Command.ChangeGain(AudioDirection.OUTPUT, -GAIN_STEP_DB));
            case GAIN_UP -> Next.ask(model, new Command.ChangeGain(AudioDirection.INPUT, GAIN_STEP_DB));
            case GAIN_DOWN -> Next.ask(model, new Command.ChangeGain(AudioDirection.INPUT, -GAIN_STEP_DB));
            case SAY_AGAIN -> Next.ask(model, new Command.SayAgain());
            case LIVE -> Next.ask(model, new Command.ReturnToLive());
            case PROCESSING -> Next.ask(model, new Command.CycleProcessing());
            case TONE -> Next.ask(model, new Command.PlayTestTone());
            case RECORD -> Next.ask(model, new Command.ToggleRecording());
            case DEVICES ->
                Next.ask(model.with(ui.with(DevicePicker.EMPTY).with(Page.DEVICES)), new Command.ListDevices());
            case TEXT ->
                model.progress().security().isEncrypted()
                        ? Next.show(writing(model, TextField.MESSAGE))
                        : Next.ask(model, new Command.SendText(""));
            case LOG -> Next.show(toggle(model, Page.LOG));
            case STATISTICS -> Next.show(model.with(ui.with(afterNumbers(ui.page()))));
            case VERIFY -> Next.show(toggle(model, Page.VERIFY));
            case HELP -> Next.show(model.with(ui.with(Page.HELP)));
        };
    }

    /** Returns the page that the key for more numbers leads to. */
    private static Page afterNumbers(Page page) {
        return switch (page) {
            case NUMBERS -> Page.STATISTICS;
            case STATISTICS -> Page.OVERVIEW;
            case OVERVIEW, LOG, HELP, HELP_END, DEVICES, VERIFY -> Page.NUMBERS;
        };
    }

    private static CallModel toggle(CallModel model, Page page) {
        return model.with(model.ui().with(model.ui().page() == page ? Page.OVERVIEW : page));
    }

    private static CallModel onNavigationKey(CallModel model, KeyType key) {
        if (key == KeyType.Escape) {
            return model.with(model.ui().with(Page.OVERVIEW));
        }
        LogLines log = model.ui().log().after(key);
        return log == model.ui().log() ? model : model.with(model.ui().with(log));
    }

    private static Next<CallModel> onDevicesKey(CallModel model, KeyStroke key) {
        CallAction action = model.keys().find(CallAction.class, key);
        if (key.getKeyType() == KeyType.Escape || action == CallAction.DEVICES || action == CallAction.QUIT) {
            return Next.ask(model.with(model.ui().with(Page.OVERVIEW)), new Command.StopPreview());
        }
        if (action == CallAction.TONE) {
            return Next.ask(model, new Command.PlayTestTone());
        }
        if (key.getKeyType() == KeyType.Enter) {
            return choose(model);
        }
        return preview(model, model.ui().picker().after(key.getKeyType()));
    }

    private static Next<CallModel> preview(CallModel model, DevicePicker picker) {
        return picker == model.ui().picker()
                ? Next.show(model)
                : Next.ask(
                        model.with(model.ui().with(picker)),
                        picker.preview(model.audio().microphone().device().name()));
    }

    /** Returns what follows from a click on a device. */
    static Next<CallModel> onRow(CallModel model, String id) {
        boolean chooses = model.ui().page() == Page.DEVICES
                && !model.ui().quitAsked()
                && model.progress().security().question() == null;
        if (!chooses) {
            return Next.show(model);
        }
        DevicePicker picker = model.ui().picker().selecting(id);
        return picker == model.ui().picker() ? choose(model) : preview(model, picker);
    }

    private static Next<CallModel> choose(CallModel model) {
        DevicePicker picker = model.ui().picker();
        CallEvent.Choice choice = picker.selected();
        return choice == null
                ? Next.show(model)
                : Next.ask(model, new Command.UseDevice(picker.side(), choice.device()));
    }
}
