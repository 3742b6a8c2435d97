package voiptui.tui.call;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import voiptui.event.AudioDirection;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.tui.Next;
import voiptui.tui.ScreenLoop;
import voiptui.tui.call.CallModel.Page;
import voiptui.tui.widget.LogLines;

/** What a key does. Pure. */
final class CallKeys {

    /** How much louder or quieter a key makes it. */
    static final double GAIN_STEP_DB = 3;

    private CallKeys() {}

    /** A key was pressed. */
    static Next<CallModel> onKey(CallModel model, KeyStroke key) {
        if (model.state().name() == CallState.ENDED) {
            return Next.show(model);
        }
        if (ScreenLoop.isCtrl(key, 'c')) {
            return Next.ask(model, new Command.HangUp());
        }
        if (model.quitAsked()) {
            boolean means =
                    key.getKeyType() == KeyType.Enter || ScreenLoop.isPlain(key, 'q') || ScreenLoop.isPlain(key, 'y');
            return means ? Next.ask(model, new Command.HangUp()) : Next.show(model.quitAsked(false));
        }
        return switch (model.page()) {
            case HELP -> Next.show(model.with(Page.PANES));
            case DEVICES -> onDevicesKey(model, key);
            case PANES, LOG, STATISTICS -> onCallKey(model, key);
        };
    }

    private static Next<CallModel> onCallKey(CallModel model, KeyStroke key) {
        if (key.getKeyType() != KeyType.Character) {
            return Next.show(onMove(model, key.getKeyType()));
        }
        if (key.isCtrlDown() || key.isAltDown()) {
            return Next.show(model);
        }
        return switch (key.getCharacter()) {
            case 'q' ->
                model.isWithSomebody() ? Next.show(model.quitAsked(true)) : Next.ask(model, new Command.HangUp());
            case 'm' -> Next.ask(model, new Command.ToggleMute());
            case '+', '=' -> Next.ask(model, new Command.ChangeGain(AudioDirection.OUTPUT, GAIN_STEP_DB));
            case '-' -> Next.ask(model, new Command.ChangeGain(AudioDirection.OUTPUT, -GAIN_STEP_DB));
            case ']' -> Next.ask(model, new Command.ChangeGain(AudioDirection.INPUT, GAIN_STEP_DB));
            case '[' -> Next.ask(model, new Command.ChangeGain(AudioDirection.INPUT, -GAIN_STEP_DB));
            case 't' -> Next.ask(model, new Command.PlayTestTone());
            case 'r' -> Next.ask(model, new Command.ToggleRecording());
            case 'd' -> Next.ask(model.with(DevicePicker.EMPTY).with(Page.DEVICES), new Command.ListDevices());
            case 'l' -> Next.show(toggle(model, Page.LOG));
            case 's' -> Next.show(toggle(model, Page.STATISTICS));
            case '?' -> Next.show(model.with(Page.HELP));
            default -> Next.show(model);
        };
    }

    private static CallModel toggle(CallModel model, Page page) {
        return model.with(model.page() == page ? Page.PANES : page);
    }

    private static CallModel onMove(CallModel model, KeyType key) {
        if (key == KeyType.Escape) {
            return model.with(Page.PANES);
        }
        LogLines log = model.log().after(key);
        return log == model.log() ? model : model.with(log);
    }

    private static Next<CallModel> onDevicesKey(CallModel model, KeyStroke key) {
        if (key.getKeyType() == KeyType.Escape || ScreenLoop.isPlain(key, 'd') || ScreenLoop.isPlain(key, 'q')) {
            return Next.ask(model.with(Page.PANES), new Command.StopPreview());
        }
        if (ScreenLoop.isPlain(key, 't')) {
            return Next.ask(model, new Command.PlayTestTone());
        }
        DevicePicker picker = model.picker();
        return switch (key.getKeyType()) {
            case ArrowUp -> listen(model, picker.moved(-1));
            case ArrowDown -> listen(model, picker.moved(1));
            case Tab, ReverseTab, ArrowLeft, ArrowRight -> listen(model, picker.otherSide());
            case Enter -> choose(model);
            default -> Next.show(model);
        };
    }

    /** The marked microphone is listened to, unless it is in use anyway. */
    private static Next<CallModel> listen(CallModel model, DevicePicker picker) {
        String device = picker.markedDevice();
        boolean isOther = picker.side() == AudioDirection.INPUT
                && device != null
                && !device.equals(model.microphone().device());
        return Next.ask(
                model.with(picker), isOther ? new Command.PreviewMicrophone(device) : new Command.StopPreview());
    }

    private static Next<CallModel> choose(CallModel model) {
        String device = model.picker().markedDevice();
        return device == null
                ? Next.show(model)
                : Next.ask(model, new Command.UseDevice(model.picker().side(), device));
    }
}
