package voiptui.tui.call;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.tui.Next;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallUi;
import voiptui.tui.call.model.CallUi.Page;
import voiptui.tui.device.DevicePicker;
import voiptui.tui.terminal.Keys;
import voiptui.tui.widget.LogLines;

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
            return Keys.isYes(key)
                    ? Next.ask(model, new Command.HangUp())
                    : Next.show(model.with(model.ui().quitAsked(false)));
        }
        return switch (model.ui().page()) {
            case HELP -> Next.show(model.with(model.ui().with(Page.OVERVIEW)));
            case DEVICES -> onDevicesKey(model, key);
            case VERIFY -> onVerifyKey(model, key);
            case OVERVIEW, NUMBERS, LOG, STATISTICS -> onCallKey(model, key);
        };
    }

    /** A changed fingerprint: only {@code y} connects. */
    private static Next<CallModel> onQuestionKey(CallModel model, KeyStroke key) {
        if (Keys.isPlain(key, 'y')) {
            return Next.ask(model, new Command.AcceptChanged());
        }
        boolean refuses = Keys.isPlain(key, 'n') || Keys.isPlain(key, 'q') || key.getKeyType() == KeyType.Escape;
        return refuses ? Next.ask(model, new Command.HangUp()) : Next.show(model);
    }

    private static Next<CallModel> onVerifyKey(CallModel model, KeyStroke key) {
        CallModel closed = model.with(model.ui().with(Page.OVERVIEW));
        return Keys.isPlain(key, 'y') && model.progress().security().hasWords()
                ? Next.ask(closed, new Command.VerifyPeer())
                : Next.show(closed);
    }

    private static Next<CallModel> onCallKey(CallModel model, KeyStroke key) {
        if (key.getKeyType() != KeyType.Character) {
            return Next.show(onNavigationKey(model, key.getKeyType()));
        }
        if (!Keys.isPlain(key)) {
            return Next.show(model);
        }
        CallUi ui = model.ui();
        return switch (key.getCharacter()) {
            case 'q' ->
                model.isConnected() ? Next.show(model.with(ui.quitAsked(true))) : Next.ask(model, new Command.HangUp());
            case 'm' -> Next.ask(model, new Command.ToggleMute());
            case 'h' -> Next.ask(model, new Command.ToggleHold());
            case '+', '=' -> Next.ask(model, new Command.ChangeGain(AudioDirection.OUTPUT, GAIN_STEP_DB));
            case '-' -> Next.ask(model, new Command.ChangeGain(AudioDirection.OUTPUT, -GAIN_STEP_DB));
            case ']' -> Next.ask(model, new Command.ChangeGain(AudioDirection.INPUT, GAIN_STEP_DB));
            case '[' -> Next.ask(model, new Command.ChangeGain(AudioDirection.INPUT, -GAIN_STEP_DB));
            case ',' -> Next.ask(model, new Command.SayAgain());
            case '.' -> Next.ask(model, new Command.ReturnToLive());
            case 'p' -> Next.ask(model, new Command.CycleProcessing());
            case 't' -> Next.ask(model, new Command.PlayTestTone());
            case 'r' -> Next.ask(model, new Command.ToggleRecording());
            case 'd' -> Next.ask(model.with(ui.with(DevicePicker.EMPTY).with(Page.DEVICES)), new Command.ListDevices());
            case 'l' -> Next.show(toggle(model, Page.LOG));
            case 's' -> Next.show(model.with(ui.with(afterNumbers(ui.page()))));
            case 'v' -> Next.show(toggle(model, Page.VERIFY));
            case '?' -> Next.show(model.with(ui.with(Page.HELP)));
            default -> Next.show(model);
        };
    }

    /** Returns the page that the key for more numbers leads to. */
    private static Page afterNumbers(Page page) {
        return switch (page) {
            case NUMBERS -> Page.STATISTICS;
            case STATISTICS -> Page.OVERVIEW;
            case OVERVIEW, LOG, HELP, DEVICES, VERIFY -> Page.NUMBERS;
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
        if (key.getKeyType() == KeyType.Escape || Keys.isPlain(key, 'd') || Keys.isPlain(key, 'q')) {
            return Next.ask(model.with(model.ui().with(Page.OVERVIEW)), new Command.StopPreview());
        }
        if (Keys.isPlain(key, 't')) {
            return Next.ask(model, new Command.PlayTestTone());
        }
        if (key.getKeyType() == KeyType.Enter) {
            return choose(model);
        }
        DevicePicker picker = model.ui().picker().after(key.getKeyType());
        return picker == model.ui().picker()
                ? Next.show(model)
                : Next.ask(
                        model.with(model.ui().with(picker)),
                        picker.preview(model.audio().microphone().device().name()));
    }

    private static Next<CallModel> choose(CallModel model) {
        DevicePicker picker = model.ui().picker();
        CallEvent.Choice choice = picker.selected();
        return choice == null
                ? Next.show(model)
                : Next.ask(model, new Command.UseDevice(picker.side(), choice.device()));
    }
}
