package voiptui.tui.phone;

import voiptui.report.Printable;
import voiptui.tui.call.CallModel;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Box;
import voiptui.tui.widget.KeyHelp;
import voiptui.tui.widget.NumberText;

/** What lies over the phone: a call that comes, one that is made, a line to type into, and every key. */
final class PhoneBoxes {

    private static final int COLUMNS = 46;
    private static final int KEY_COLUMNS = 14;
    private static final long SECOND_MS = 1000;
    private static final String[][] KEYS = {
        {"arrows, pages", "choose a contact"},
        {"Enter", "call the one that is marked"},
        {"c  /", "type a name or an address to call"},
        {"a", "accept the call that rings"},
        {"x", "reject it"},
        {"m", "missed calls: seen"},
        {"l", "log, full height"},
        {"Esc", "back"},
        {"Ctrl+L", "draw the screen anew"},
        {"q", "quit; in a call hang up"},
        {"Ctrl+C", "hang up and leave at once"},
        {"?", "this help"},
    };

    private PhoneBoxes() {}

    /** Turns its looks over each second, so that nobody who sees the screen misses it. */
    static void drawRinging(PhoneModel model, Canvas canvas) {
        PhoneModel.Ringing ringing = model.ringing();
        long seconds = Math.max(0, model.nowMs() - ringing.sinceMs()) / SECOND_MS;
        Canvas inside = Box.draw(canvas, "Incoming call", COLUMNS, 6);
        Style style = seconds % 2 == 0 ? Style.QUESTION : Style.ACCENT;
        for (int row = 0; row < 3; row++) {
            inside.put(0, row, " ".repeat(inside.width()), style);
        }
        center(inside, 1, Printable.of(ringing.from()) + " is calling", style);
        int column = inside.put(2, 4, "a", Style.ACCENT);
        column = inside.put(column + 1, 4, "accept", Style.TEXT);
        column = inside.put(column + 6, 4, "x", Style.ACCENT);
        inside.put(column + 1, 4, "reject", Style.TEXT);
        inside.putRight(inside.width() - 2, 4, NumberText.duration(seconds * SECOND_MS), Style.LABEL);
    }

    static void drawDialing(PhoneModel model, Canvas canvas) {
        CallModel call = model.talk().call();
        Canvas inside = Box.draw(canvas, "Calling", COLUMNS, 5);
        center(inside, 0, Printable.of(call.setting().peer()), Style.TITLE);
        center(
                inside,
                2,
                words(call, model.nowMs()),
                switch (call.state().name()) {
                    case RELAY_LOST, PEER_SILENT -> Style.WARN;
                    case ENDED -> Style.TEXT;
                    case CONNECTING, WAITING, RINGING, IN_CALL -> Style.ACCENT;
                });
        int column = inside.put(2, 4, "q", Style.ACCENT);
        inside.put(column + 1, 4, "cancel", Style.TEXT);
        inside.putRight(
                inside.width() - 2,
                4,
                NumberText.duration(model.nowMs() - call.state().sinceMs()),
                Style.LABEL);
    }

    private static String words(CallModel call, long nowMs) {
        return switch (call.state().name()) {
            case CONNECTING -> "asking the relay ...";
            case WAITING -> "not there; waiting for them to come ...";
            case RINGING -> "ringing ...";
            case IN_CALL, PEER_SILENT -> "connected";
            case RELAY_LOST ->
                "relay lost"
                        + (call.state().retryAtMs() <= nowMs
                                ? ""
                                : "; again in " + (call.state().retryAtMs() - nowMs + SECOND_MS - 1) / SECOND_MS
                                        + " s");
            case ENDED -> call.state().changed().reason().text();
        };
    }

    private static void center(Canvas canvas, int row, String text, Style style) {
        canvas.put(Math.max(0, (canvas.width() - Canvas.columnsOf(text)) / 2), row, text, style);
    }

    static void drawTyping(LineEdit typed, Canvas canvas) {
        Canvas inside = Box.draw(canvas, "Call somebody", COLUMNS, 3);
        int first = Math.max(0, typed.cursor() - inside.width() + 1);
        for (int column = 0; column < inside.width(); column++) {
            int at = first + column;
            char character = at < typed.text().length() ? typed.text().charAt(at) : ' ';
            inside.put(column, 0, character, at == typed.cursor() ? Style.SELECTED : Style.TEXT);
        }
        inside.put(0, 2, "a name, or an IP address", Style.LABEL);
    }

    static void drawHelp(Canvas canvas) {
        KeyHelp.draw(canvas, KEYS, KEY_COLUMNS, 50);
    }
}
