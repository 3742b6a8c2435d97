package voiptui.tui.call;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import voiptui.event.CallEvent;
import voiptui.tui.call.model.AudioLevel;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallUi.Page;
import voiptui.tui.call.pane.CallPane;
import voiptui.tui.call.pane.HelpBox;
import voiptui.tui.call.pane.StatisticsPane;
import voiptui.tui.call.pane.WordsBox;
import voiptui.tui.device.DevicesBox;
import voiptui.tui.key.CallAction;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.KeyBar;
import voiptui.tui.widget.LogPane;
import voiptui.tui.widget.TextField;
import voiptui.tui.widget.TooSmallNotice;

/** Draws the call screen: borders, panes, boxes over them, and the key bar. Pure drawing. */
final class CallView {

    private CallView() {}

    static void draw(CallModel model, Canvas canvas) {
        if (!TooSmallNotice.fits(canvas)) {
            TooSmallNotice.draw(canvas);
            return;
        }
        NumbersLayout layout = NumbersLayout.of(
                canvas.width(),
                canvas.height(),
                model.session().isKnown() || model.progress().connected() != null);
        switch (model.ui().page()) {
            case LOG ->
                drawWhole(
                        model,
                        canvas,
                        layout,
                        "Log",
                        inside -> LogPane.drawWrapped(
                                model.ui().log(), model.setting().zone(), inside));
            case STATISTICS ->
                drawWhole(model, canvas, layout, "Statistics", inside -> StatisticsPane.draw(model, inside));
            case NUMBERS -> NumbersView.draw(model, canvas, layout);
            case OVERVIEW, HELP, HELP_END, DEVICES, VERIFY -> OverviewView.draw(model, canvas);
        }
        Canvas aboveKeys = canvas.part(0, 0, layout.width(), layout.height() - 1);
        if (model.ui().page() == Page.HELP || model.ui().page() == Page.HELP_END) {
            HelpBox.draw(model, aboveKeys);
        } else if (model.ui().page() == Page.DEVICES) {
            devices(model).draw(aboveKeys);
        } else if (model.ui().page() == Page.VERIFY) {
            WordsBox.draw(model, aboveKeys);
        }
        drawQuestion(model, aboveKeys);
        drawKeys(model, canvas.part(0, layout.height() - 1, layout.width(), 1));
    }

    private static DevicesBox devices(CallModel model) {
        AudioLevel microphone = model.audio().microphone();
        AudioLevel speaker = model.audio().speaker();
        return new DevicesBox(
                model.ui().picker(),
                new DevicesBox.InUse(
                        microphone.device().name(),
                        microphone.meter(),
                        model.audio().mute().on()),
                new DevicesBox.InUse(speaker.device().name(), speaker.meter(), false),
                "press Enter to use it, then " + key(model, CallAction.TONE) + " for a test tone");
    }

    private static void drawQuestion(CallModel model, Canvas canvas) {
        CallEvent.PeerChanged question = model.progress().security().question();
        if (question != null) {
            CallProgram.drawQuestion(question, key(model, CallAction.QUIT), canvas);
        }
    }

    private static void drawWhole(
            CallModel model, Canvas canvas, NumbersLayout layout, String name, Consumer<Canvas> content) {
        int right = layout.right();
        new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottom())
                .horizontal(layout.callEnd(), 0, right)
                .draw(canvas);
        CallTitle.draw(model, canvas, right);
        BoxGrid.title(
                canvas,
                layout.callEnd(),
                0,
                right,
                name,
                model.ui().page() == Page.LOG ? model.setting().logFile() : "");
        CallPane.draw(model, BoxGrid.inside(canvas, 0, 0, right, layout.callEnd()));
        content.accept(BoxGrid.inside(canvas, 0, layout.callEnd(), right, layout.bottom()));
    }

    private static void drawKeys(CallModel model, Canvas row) {
        CallEvent.PeerChanged question = model.progress().security().question();
        if (question != null) {
            String what = question.fingerprint() == null ? "NOT ENCRYPTED" : "Fingerprint changed";
            KeyBar.ask(row, what + ". Connect?", "y: yes", key(model, CallAction.QUIT) + ": hang up");
            return;
        }
        if (model.ui().quitAsked()) {
            KeyBar.ask(row, "Hang up?", key(model, CallAction.QUIT) + " or Enter: yes", "any other key: no");
            return;
        }
        TextField field = model.ui().texts().field();
        if (field != null) {
            row.forgetTargets();
            int column = row.put(1, 0, "Text", Style.ACCENT) + 1;
            field.draw(row.part(column, 0, row.width() - column - 1, 1));
            return;
        }
        KeyBar.Key quit =
                new KeyBar.Key(key(model, CallAction.QUIT), model.setting().inPhone() ? "hang up" : "quit", 0);
        String arrows = row.glyphs().arrows();
        KeyBar.draw(
                row,
                switch (model.ui().page()) {
                    case HELP, HELP_END -> KeyBar.CLOSE_HELP;
                    case DEVICES ->
                        List.of(
                                new KeyBar.Key(arrows, "select", 1),
                                new KeyBar.Key("Tab", "other list", 2),
                                new KeyBar.Key("Enter", "use", 0),
                                new KeyBar.Key(key(model, CallAction.TONE), "tone", 3),
                                new KeyBar.Key("Esc", "close", 0));
                    case VERIFY ->
                        model.progress().security().hasWords()
                                ? List.of(
                                        new KeyBar.Key("y", "yes, verified", 0),
                                        new KeyBar.Key("any other key", "close", 0))
                                : KeyBar.CLOSE_HELP;
                    case LOG -> KeyBar.forLog(key(model, CallAction.LOG), arrows, help(model), quit);
                    case STATISTICS ->
                        List.of(
                                new KeyBar.Key(key(model, CallAction.STATISTICS), "back", 0),
                                new KeyBar.Key(key(model, CallAction.LOG), "log", 2),
                                help(model),
                                quit);
                    case OVERVIEW, NUMBERS -> callKeys(model, quit);
                });
    }

    private static List<KeyBar.Key> callKeys(CallModel model, KeyBar.Key quit) {
        List<KeyBar.Key> keys = new ArrayList<>();
        if (model.setting().controls().pushToTalk()) {
            keys.add(new KeyBar.Key(key(model, CallAction.TALK), "talk", 1));
        }
        keys.add(
                new KeyBar.Key(key(model, CallAction.MUTE), model.audio().mute().on() ? "unmute" : "mute", 2));
        keys.add(quit);
        keys.add(new KeyBar.Key(key(model, CallAction.DEVICES), "audio", 3));
        if (model.progress().security().hasWords()) {
            keys.add(new KeyBar.Key(
                    key(model, CallAction.VERIFY),
                    "verify",
                    model.progress().security().isVerified() ? 11 : 3));
        }
        if (model.progress().security().isEncrypted()) {
            keys.add(new KeyBar.Key(key(model, CallAction.TEXT), "text", 9));
        }
        keys.add(new KeyBar.Key(model.keys().shown(CallAction.VOLUME_UP, CallAction.VOLUME_DOWN), "vol", 6));
        keys.add(new KeyBar.Key(model.keys().shown(CallAction.GAIN_DOWN, CallAction.GAIN_UP), "gain", 7));
        if (model.isConnected() && model.quality().voice().replay() == null) {
            keys.add(new KeyBar.Key(key(model, CallAction.SAY_AGAIN), "say again", 6));
        } else if (model.isConnected()) {
            keys.add(new KeyBar.Key(key(model, CallAction.SAY_AGAIN), "further back", 3));
            keys.add(new KeyBar.Key(key(model, CallAction.LIVE), "live", 1));
        }
        keys.add(new KeyBar.Key(key(model, CallAction.RECORD), model.audio().recording() == null ? "rec" : "stop", 5));
        keys.add(new KeyBar.Key(key(model, CallAction.PROCESSING), "proc", 9));
        keys.add(new KeyBar.Key(
                key(model, CallAction.HOLD),
                model.audio().onHold() ? "resume" : "hold",
                model.audio().onHold() ? 2 : 10));
        keys.add(new KeyBar.Key(key(model, CallAction.TONE), "tone", 10));
        keys.add(new KeyBar.Key(key(model, CallAction.LOG), "log", 8));
        keys.add(new KeyBar.Key(
                key(model, CallAction.STATISTICS), model.ui().page() == Page.NUMBERS ? "counters" : "stats", 4));
        keys.add(help(model));
        return keys;
    }

    private static String key(CallModel model, CallAction action) {
        return model.keys().shown(action);
    }

    private static KeyBar.Key help(CallModel model) {
        return KeyBar.help(key(model, CallAction.HELP));
    }
}
