package voiptui.tui.phone;

import java.util.ArrayList;
import java.util.List;
import voiptui.event.CallEvent;
import voiptui.report.Printable;
import voiptui.tui.call.CallProgram;
import voiptui.tui.device.DevicesBox;
import voiptui.tui.key.Action;
import voiptui.tui.key.CallAction;
import voiptui.tui.key.CallerAction;
import voiptui.tui.key.PhoneAction;
import voiptui.tui.phone.PhoneCalls.ActiveCall;
import voiptui.tui.phone.PhoneCalls.IncomingCall;
import voiptui.tui.phone.PhoneUi.Page;
import voiptui.tui.phone.PhoneUi.Pane;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.KeyBar;
import voiptui.tui.widget.LogPane;
import voiptui.tui.widget.TooSmallNotice;

/** Draws the phone screen, or the active call, and the boxes over them. Pure drawing. */
final class PhoneView {

    private static final CallProgram CALL = new CallProgram();

    private PhoneView() {}

    static void draw(PhoneModel model, Canvas canvas) {
        IncomingCall incoming = model.calls().incoming();
        ActiveCall active = model.calls().active();
        if (!TooSmallNotice.fits(canvas)) {
            TooSmallNotice.draw(canvas);
            if (incoming != null) {
                String answer = incoming.hasChanged()
                        ? "fingerprint CHANGED: y answer"
                        : key(model, CallerAction.ANSWER) + " answer";
                canvas.put(
                        0,
                        0,
                        Printable.of(incoming.caller()) + " is calling: " + answer + ", "
                                + key(model, CallerAction.REJECT) + " reject",
                        Style.QUESTION);
            }
            return;
        }
        boolean inCall = active != null && !active.isDialing();
        if (active != null && inCall) {
            CALL.draw(active.call(), canvas);
        } else {
            drawPhone(model, new PhoneLayout(canvas.width(), canvas.height()), canvas);
        }
        Canvas aboveKeys = canvas.part(0, 0, canvas.width(), canvas.height() - 1);
        CallEvent.PeerChanged question =
                active == null ? null : active.call().progress().security().question();
        if (question != null) {
            CallProgram.drawQuestion(question, key(model, PhoneAction.QUIT), aboveKeys);
        } else if (incoming != null && incoming.hasChanged()) {
            PhoneBoxes.drawChangedCaller(model, incoming, aboveKeys);
        } else if (incoming != null) {
            PhoneBoxes.drawIncoming(model, incoming, aboveKeys);
        } else if (active != null && active.isDialing()) {
            PhoneBoxes.drawDialing(model, active.call(), aboveKeys);
        } else if (!inCall && model.ui().page() == Page.DIAL) {
            PhoneBoxes.drawDialField(model.ui().dial(), aboveKeys);
        } else if (!inCall && (model.ui().page() == Page.HELP || model.ui().page() == Page.HELP_END)) {
            PhoneBoxes.drawHelp(model, aboveKeys);
        } else if (!inCall && model.ui().page() == Page.DEVICES) {
            devices(model).draw(aboveKeys);
        }
        boolean callHasKeys = active != null
                && inCall
                && !model.ui().quitting()
                && (incoming == null
                        || active.call().ui().quitAsked()
                        || active.call().ui().texts().isWriting());
        if (!callHasKeys) {
            Canvas row = canvas.part(0, canvas.height() - 1, canvas.width(), 1);
            row.clear();
            drawKeys(model, row);
        }
    }

    private static void drawPhone(PhoneModel model, PhoneLayout layout, Canvas canvas) {
        int right = layout.right();
        Page page = model.ui().page();
        boolean whole = page == Page.LOG || page == Page.BLOCKED;
        BoxGrid frame = new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottom())
                .horizontal(layout.stateEnd(), 0, right);
        if (!whole) {
            frame.horizontal(layout.listsEnd(), 0, right).horizontal(layout.headsetEnd(), 0, right);
            if (layout.hasBoth()) {
                frame.vertical(layout.middle(), layout.stateEnd(), layout.listsEnd());
            }
        }
        frame.draw(canvas);
        String path = StatePane.path(model, canvas.glyphs(), layout.width());
        BoxGrid.title(canvas, 0, 0, right, StatePane.title(model), path, StatePane.styleOfPath(model));
        StatePane.draw(model, BoxGrid.inside(canvas, 0, 0, right, layout.stateEnd()));
        if (page == Page.BLOCKED) {
            BoxGrid.title(canvas, layout.stateEnd(), 0, right, "Blocked callers", "");
            BlockedPane.draw(model, BoxGrid.inside(canvas, 0, layout.stateEnd(), right, layout.bottom()));
        } else if (page == Page.LOG) {
            BoxGrid.title(
                    canvas, layout.stateEnd(), 0, right, "Log", model.setting().logFile());
            LogPane.drawWrapped(
                    model.ui().log(),
                    model.setting().zone(),
                    BoxGrid.inside(canvas, 0, layout.stateEnd(), right, layout.bottom()));
        } else {
            drawLists(model, layout, canvas);
            drawHeadsetAndLog(model, layout, canvas);
        }
    }

    private static void drawLists(PhoneModel model, PhoneLayout layout, Canvas canvas) {
        int top = layout.stateEnd();
        int right = layout.right();
        String people = ContactsPane.title(model, canvas.glyphs());
        String recent = RecentPane.title(model, canvas.glyphs());
        if (layout.hasBoth()) {
            int middle = layout.middle();
            BoxGrid.title(canvas, top, 0, middle, people, "");
            ContactsPane.draw(model, BoxGrid.inside(canvas, 0, top, middle, layout.listsEnd()));
            BoxGrid.title(canvas, top, middle, right, recent, "");
            RecentPane.draw(model, BoxGrid.inside(canvas, middle, top, right, layout.listsEnd()));
            return;
        }
        Canvas inside = BoxGrid.inside(canvas, 0, top, right, layout.listsEnd());
        if (model.ui().focus().isOn(Pane.PEOPLE)) {
            Style style = model.calls().unseen() > 0 ? Style.WARN : Style.LABEL;
            BoxGrid.title(canvas, top, 0, right, people, "Tab: " + recent, style);
            ContactsPane.draw(model, inside);
        } else {
            BoxGrid.title(canvas, top, 0, right, recent, "Tab: " + people);
            RecentPane.draw(model, inside);
        }
    }

    private static void drawHeadsetAndLog(PhoneModel model, PhoneLayout layout, Canvas canvas) {
        int right = layout.right();
        BoxGrid.title(canvas, layout.listsEnd(), 0, right, "Headset", "");
        HeadsetPane.draw(
                model.headset(),
                model.keys(),
                BoxGrid.inside(canvas, 0, layout.listsEnd(), right, layout.headsetEnd()));
        if (layout.logRows() > 0) {
            int top = layout.headsetEnd();
            String place = LogPane.place(model.ui().log());
            BoxGrid.title(canvas, top, 0, right, "Log", place);
            LogPane.draw(
                    model.ui().log(), model.setting().zone(), BoxGrid.inside(canvas, 0, top, right, layout.bottom()));
        }
    }

    private static DevicesBox devices(PhoneModel model) {
        return new DevicesBox(
                model.headset().picker(),
                new DevicesBox.InUse(model.headset().microphone(), null, false),
                new DevicesBox.InUse(model.headset().speaker(), null, false),
                "press Enter to use it, then " + key(model, PhoneAction.ECHO_TEST) + " to hear yourself");
    }

    private static void drawKeys(PhoneModel model, Canvas row) {
        if (model.ui().quitting()) {
            KeyBar.ask(row, "Signing out ...");
        } else if (model.ui().quitAsked()) {
            KeyBar.ask(
                    row, "Incoming call. Quit?", key(model, PhoneAction.QUIT) + " or Enter: yes", "any other key: no");
        } else {
            KeyBar.draw(row, keys(model, row.glyphs().arrows()));
        }
    }

    private static List<KeyBar.Key> keys(PhoneModel model, String arrows) {
        KeyBar.Key quit = new KeyBar.Key(key(model, PhoneAction.QUIT), "quit", 0);
        IncomingCall incoming = model.calls().incoming();
        ActiveCall asking = model.calls().active();
        if (asking != null && asking.call().progress().security().question() != null) {
            return List.of(
                    new KeyBar.Key("y", "connect all the same", 0),
                    new KeyBar.Key(key(model, CallAction.QUIT), "hang up", 0));
        } else if (incoming != null) {
            return incomingKeys(model, incoming);
        } else if (model.calls().active() != null) {
            return List.of(
                    new KeyBar.Key(key(model, PhoneAction.QUIT), "cancel", 0), new KeyBar.Key("Ctrl+C", "quit", 1));
        }
        return switch (model.ui().page()) {
            case HELP, HELP_END -> KeyBar.CLOSE_HELP;
            case DIAL ->
                List.of(
                        new KeyBar.Key("Enter", "call", 0),
                        new KeyBar.Key("Tab", "complete", 1),
                        new KeyBar.Key("Esc", "close", 0));
            case LOG -> KeyBar.forLog(key(model, PhoneAction.LOG), arrows, help(model), quit);
            case BLOCKED ->
                List.of(
                        new KeyBar.Key(arrows, "select", 2),
                        new KeyBar.Key("Enter", "unblock", 0),
                        new KeyBar.Key("Esc", "back", 0),
                        quit);
            case DEVICES ->
                List.of(
                        new KeyBar.Key(arrows, "select", 1),
                        new KeyBar.Key("Tab", "other list", 2),
                        new KeyBar.Key("Enter", "use", 0),
                        new KeyBar.Key(key(model, PhoneAction.ECHO_TEST), "hear yourself", 3),
                        new KeyBar.Key("Esc", "close", 0));
            case IDLE ->
                model.ui().people().filter() != null
                        ? List.of(
                                new KeyBar.Key("Enter", "call", 0),
                                new KeyBar.Key(arrows, "select", 1),
                                new KeyBar.Key("Esc", "show all", 0))
                        : idleKeys(model, arrows, quit);
        };
    }

    private static List<KeyBar.Key> idleKeys(PhoneModel model, String arrows, KeyBar.Key quit) {
        List<KeyBar.Key> keys = new ArrayList<>();
        boolean onPeople = model.ui().focus().isOn(Pane.PEOPLE);
        if (model.headset().isTesting()) {
            keys.add(new KeyBar.Key(key(model, PhoneAction.ECHO_TEST), "stop", 1));
        }
        keys.add(new KeyBar.Key("Enter", onPeople ? "call" : "call back", 1));
        keys.add(new KeyBar.Key(key(model, PhoneAction.FIND), "find", 2));
        keys.add(new KeyBar.Key("Tab", onPeople ? "recent" : "people", 2));
        keys.add(new KeyBar.Key(key(model, PhoneAction.DEVICES), "devices", 3));
        keys.add(new KeyBar.Key(
                key(model, PhoneAction.DO_NOT_DISTURB),
                model.doNotDisturb() ? "ring again" : "do not disturb",
                model.doNotDisturb() ? 2 : 4));
        keys.add(new KeyBar.Key(key(model, PhoneAction.DIAL), "dial", 5));
        keys.add(new KeyBar.Key(key(model, PhoneAction.FAVORITE), "favorite", 6));
        keys.add(new KeyBar.Key(arrows, "select", 7));
        keys.add(new KeyBar.Key(key(model, PhoneAction.LOG), "log", 8));
        keys.add(new KeyBar.Key(key(model, PhoneAction.BLOCKED), "blocked", 9));
        keys.add(help(model));
        keys.add(quit);
        return keys;
    }

    private static List<KeyBar.Key> incomingKeys(PhoneModel model, IncomingCall incoming) {
        ActiveCall active = model.calls().active();
        List<KeyBar.Key> keys = new ArrayList<>();
        if (incoming.hasChanged() || PhoneBoxes.hasKey(model, CallerAction.ANSWER)) {
            keys.add(new KeyBar.Key(
                    incoming.hasChanged() ? "y" : key(model, CallerAction.ANSWER),
                    (active == null ? "answer" : "hang up and answer")
                            + (incoming.hasChanged() && active == null ? " all the same" : ""),
                    0));
        }
        if (PhoneBoxes.hasKey(model, CallerAction.REJECT)) {
            keys.add(new KeyBar.Key(key(model, CallerAction.REJECT), "reject", 0));
        }
        if (incoming.blockable() && PhoneBoxes.hasKey(model, CallerAction.BLOCK)) {
            keys.add(new KeyBar.Key(key(model, CallerAction.BLOCK), "block", 1));
        }
        keys.add(new KeyBar.Key(
                key(model, active == null || active.isDialing() ? PhoneAction.QUIT : CallAction.QUIT),
                active == null ? "quit" : active.isDialing() ? "cancel your call" : "hang up",
                active == null ? 0 : 2));
        return keys;
    }

    private static String key(PhoneModel model, Action action) {
        return model.keys().shown(action);
    }

    private static KeyBar.Key help(PhoneModel model) {
        return KeyBar.help(key(model, PhoneAction.HELP));
    }
}
