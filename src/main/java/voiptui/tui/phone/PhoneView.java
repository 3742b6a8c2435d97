package voiptui.tui.phone;

import java.util.List;
import voiptui.report.Printable;
import voiptui.tui.call.CallProgram;
import voiptui.tui.phone.PhoneModel.Page;
import voiptui.tui.terminal.BoxGrid;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.KeyBar;
import voiptui.tui.widget.LogPane;
import voiptui.tui.widget.TooSmall;

/** Draws the model: the phone, or the call that is led, and what lies over them. Pure. */
final class PhoneView {

    private static final CallProgram CALL = new CallProgram();

    private PhoneView() {}

    static void draw(PhoneModel model, Canvas canvas) {
        if (!PhoneLayout.fits(canvas.width(), canvas.height())) {
            TooSmall.draw(canvas, PhoneLayout.LEAST_WIDTH, PhoneLayout.LEAST_HEIGHT);
            if (model.ringing() != null) {
                canvas.put(
                        0, 0, Printable.of(model.ringing().from()) + " is calling: a accept, x reject", Style.QUESTION);
            }
            return;
        }
        boolean inCall = model.talk() != null && !model.talk().isDialing();
        if (inCall) {
            CALL.draw(model.talk().call(), canvas);
        } else {
            drawPhone(model, PhoneLayout.of(canvas.width(), canvas.height()), canvas);
        }
        Canvas aboveKeys = canvas.part(0, 0, canvas.width(), canvas.height() - 1);
        if (model.ringing() != null) {
            PhoneBoxes.drawRinging(model, aboveKeys);
        } else if (model.talk() != null && model.talk().isDialing()) {
            PhoneBoxes.drawDialing(model, aboveKeys);
        } else if (!inCall && model.desk().page() == Page.TYPING) {
            PhoneBoxes.drawTyping(model.desk().typed(), aboveKeys);
        } else if (!inCall && model.desk().page() == Page.HELP) {
            PhoneBoxes.drawHelp(aboveKeys);
        }
        boolean callsKeys = inCall && model.ringing() == null && !model.desk().leaving();
        if (!callsKeys) {
            Canvas row = canvas.part(0, canvas.height() - 1, canvas.width(), 1);
            row.clear();
            drawKeys(model, row);
        }
    }

    private static void drawPhone(PhoneModel model, PhoneLayout layout, Canvas canvas) {
        int right = layout.right();
        boolean wholeLog = model.desk().page() == Page.LOG;
        BoxGrid frame = new BoxGrid(layout.width(), layout.height())
                .box(0, 0, right, layout.bottom())
                .horizontal(layout.phoneEnd(), 0, right);
        if (!wholeLog) {
            frame.horizontal(layout.contactsEnd(), 0, right)
                    .vertical(layout.middle(), layout.phoneEnd(), layout.contactsEnd());
        }
        frame.draw(canvas);
        BoxGrid.title(canvas, 0, 0, right, "Phone", "");
        PhonePane.draw(model, inside(canvas, 0, 0, right, layout.phoneEnd()));
        if (wholeLog) {
            BoxGrid.title(
                    canvas, layout.phoneEnd(), 0, right, "Log", model.setting().logFile());
            LogPane.drawWrapped(
                    model.log(), model.setting().zone(), inside(canvas, 0, layout.phoneEnd(), right, layout.bottom()));
            return;
        }
        int middle = layout.middle();
        BoxGrid.title(canvas, layout.phoneEnd(), 0, middle, "Contacts", ContactsPane.howMany(model));
        ContactsPane.draw(model, inside(canvas, 0, layout.phoneEnd(), middle, layout.contactsEnd()));
        BoxGrid.title(
                canvas, layout.phoneEnd(), middle, right, "Missed", model.unseen() == 0 ? "" : model.unseen() + " new");
        MissedPane.draw(model, inside(canvas, middle, layout.phoneEnd(), right, layout.contactsEnd()));
        BoxGrid.title(canvas, layout.contactsEnd(), 0, right, "Log", LogPane.place(model.log()));
        LogPane.draw(
                model.log(), model.setting().zone(), inside(canvas, 0, layout.contactsEnd(), right, layout.bottom()));
    }

    /** What is between four lines, with a blank column at each side. */
    private static Canvas inside(Canvas canvas, int left, int top, int right, int bottom) {
        return canvas.part(left + 2, top + 1, right - left - 3, bottom - top - 1);
    }

    private static void drawKeys(PhoneModel model, Canvas row) {
        if (model.desk().leaving()) {
            KeyBar.ask(row, "Leaving ...");
        } else if (model.desk().quitAsked()) {
            KeyBar.ask(row, "A call rings. Leave?   q or Enter: yes   any other key: no");
        } else {
            KeyBar.draw(row, keys(model, row.glyphs().arrows()));
        }
    }

    private static List<KeyBar.Key> keys(PhoneModel model, String arrows) {
        KeyBar.Key help = new KeyBar.Key("?", "help", 1);
        KeyBar.Key quit = new KeyBar.Key("q", "quit", 0);
        if (model.ringing() != null) {
            return List.of(new KeyBar.Key("a", "accept", 0), new KeyBar.Key("x", "reject", 0), quit);
        } else if (model.talk() != null) {
            return List.of(new KeyBar.Key("q", "cancel", 0), new KeyBar.Key("Ctrl+C", "leave", 1));
        }
        return switch (model.desk().page()) {
            case HELP -> List.of(new KeyBar.Key("any key", "close", 0));
            case TYPING ->
                List.of(
                        new KeyBar.Key("Enter", "call", 0),
                        new KeyBar.Key("Tab", "complete", 1),
                        new KeyBar.Key("Esc", "close", 0));
            case LOG ->
                List.of(
                        new KeyBar.Key("l", "back", 0),
                        new KeyBar.Key(arrows, "scroll", 1),
                        new KeyBar.Key("Home End", "oldest, newest", 2),
                        help,
                        quit);
            case IDLE ->
                model.unseen() == 0
                        ? List.of(
                                new KeyBar.Key(arrows, "choose", 3),
                                new KeyBar.Key("Enter", "call", 1),
                                new KeyBar.Key("c", "type whom to call", 2),
                                new KeyBar.Key("l", "log", 4),
                                help,
                                quit)
                        : List.of(
                                new KeyBar.Key(arrows, "choose", 3),
                                new KeyBar.Key("Enter", "call", 1),
                                new KeyBar.Key("c", "type whom to call", 4),
                                new KeyBar.Key("m", "missed: seen", 2),
                                new KeyBar.Key("l", "log", 5),
                                help,
                                quit);
        };
    }
}
