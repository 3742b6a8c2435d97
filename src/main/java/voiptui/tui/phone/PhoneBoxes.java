package voiptui.tui.phone;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import voiptui.event.EndReason;
import voiptui.report.Printable;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Box;
import voiptui.tui.widget.ChangedPeerBox;
import voiptui.tui.widget.KeyHelp;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.TextField;
import voiptui.tui.widget.WrappedText;

/** The boxes over the phone screen: incoming call, outgoing call, dial field and help. Pure drawing. */
final class PhoneBoxes {

    private static final int COLUMNS = 46;
    private static final long SECOND_MS = 1000;
    private static final String[][] KEYS = {
        {"arrow keys", "select; also j k g G PgUp PgDn Home End"},
        {"Tab", "go to the recent calls, or back"},
        {"Enter", "call the one who is selected"},
        {"c  /", "enter a name or an address; /: find a name"},
        {"f  o", "favorite or not; o: show all who are offline"},
        {"d  t", "choose devices; t: hear yourself"},
        {"n", "do not disturb: callers are missed at once"},
        {"a  y", "answer; y: although the fingerprint changed"},
        {"x  b", "reject; b: block, or show who is blocked"},
        {"l  Esc", "the whole log; Esc: back"},
        {"Ctrl+L", "redraw the screen"},
        {"q", "quit; during a call, hang up"},
        {"Ctrl+C", "hang up and quit at once"},
    };

    private PhoneBoxes() {}

    /** Draws the calls that ring; the first one changes its look each second to attract attention. */
    static void drawIncoming(PhoneCalls calls, PhoneCalls.IncomingCall incoming, long nowMs, Canvas canvas) {
        long seconds = Math.max(0, nowMs - incoming.sinceMs()) / SECOND_MS;
        PhoneCalls.ActiveCall active = calls.active();
        boolean several = calls.ringing().size() > 1;
        Canvas inside = Box.draw(
                canvas,
                active == null ? "Incoming call" : "Call waiting",
                COLUMNS,
                6 + (active == null ? 0 : 1) + (several ? 1 : 0));
        Style style = seconds % 2 == 0 ? Style.QUESTION : Style.ACCENT;
        for (int row = 0; row < 3; row++) {
            inside.put(0, row, " ".repeat(inside.width()), style);
        }
        center(inside, 1, Printable.of(incoming.caller()) + " is calling", style);
        int row = 4;
        if (active != null) {
            String peer = Printable.of(active.call().setting().peer());
            String call = active.isDialing() ? "your call to " : "your call with ";
            center(inside, row++, "answering ends " + call + peer, Style.WARN);
        }
        if (several) {
            String others = calls.ringing().stream()
                    .skip(1)
                    .map(call -> Printable.of(call.caller()))
                    .collect(Collectors.joining(", "));
            center(inside.part(1, row++, inside.width() - 2, 1), 0, "also: " + others, Style.LABEL);
        }
        int column = inside.put(2, row, "a", Style.ACCENT);
        column = inside.put(column + 1, row, "answer", Style.TEXT);
        column = inside.put(column + 3, row, "x", Style.ACCENT);
        column = inside.put(column + 1, row, "reject", Style.TEXT);
        if (incoming.blockable()) {
            column = inside.put(column + 3, row, "b", Style.ACCENT);
            inside.put(column + 1, row, "block", Style.TEXT);
        }
        inside.putRight(inside.width() - 2, row, NumberText.duration(seconds * SECOND_MS), Style.LABEL);
    }

    /** Draws the first call that rings, whose fingerprint has changed; it changes its look each second. */
    static void drawChangedCaller(PhoneCalls calls, PhoneCalls.IncomingCall incoming, long nowMs, Canvas canvas) {
        long seconds = Math.max(0, nowMs - incoming.sinceMs()) / SECOND_MS;
        PhoneCalls.ActiveCall active = calls.active();
        String ends = active == null
                ? ""
                : "; ends your call with "
                        + Printable.of(active.call().setting().peer());
        Canvas keys = ChangedPeerBox.draw(
                canvas,
                active == null ? "Incoming call" : "Call waiting",
                Printable.of(incoming.caller()) + " is calling" + ends,
                seconds % 2 == 0 ? Style.BAD : Style.QUESTION,
                Objects.requireNonNullElse(incoming.call().knownFingerprint(), ""),
                incoming.call().encrypted() ? incoming.call().fingerprint() : null);
        int column = keys.put(0, 0, "y", Style.ACCENT);
        column = keys.put(column + 1, 0, "answer all the same", Style.TEXT);
        column = keys.put(column + 3, 0, "x", Style.ACCENT);
        column = keys.put(column + 1, 0, "reject", Style.TEXT);
        column = keys.put(column + 3, 0, "b", Style.ACCENT);
        keys.put(column + 1, 0, "block", Style.TEXT);
        keys.putRight(keys.width(), 0, NumberText.duration(seconds * SECOND_MS), Style.LABEL);
    }

    /** Draws the outgoing call until it is answered. */
    static void drawDialing(CallModel call, long nowMs, Canvas canvas) {
        Canvas inside = Box.draw(canvas, "Calling", COLUMNS, 5);
        center(inside, 0, Printable.of(call.setting().peer()), Style.TITLE);
        center(
                inside,
                2,
                text(call, nowMs),
                switch (call.state().name()) {
                    case RELAY_LOST, PEER_SILENT -> Style.WARN;
                    case ENDED -> Style.TEXT;
                    case CONNECTING, WAITING, RINGING, IN_CALL -> Style.ACCENT;
                });
        int column = inside.put(2, 4, "q", Style.ACCENT);
        inside.put(column + 1, 4, "cancel", Style.TEXT);
        inside.putRight(
                inside.width() - 2, 4, NumberText.duration(nowMs - call.state().sinceMs()), Style.LABEL);
    }

    private static String text(CallModel call, long nowMs) {
        return switch (call.state().name()) {
            case CONNECTING -> "connecting ...";
            case WAITING -> "offline; will ring when they sign in";
            case RINGING -> "ringing ...";
            case IN_CALL, PEER_SILENT -> "connected";
            case RELAY_LOST -> {
                String left = NumberText.countdown(call.state().retryAtMs(), nowMs);
                yield "relay lost" + (left.isEmpty() ? "" : "; retrying in " + left);
            }
            case ENDED -> {
                EndReason reason = call.state().changed().reason();
                yield reason == null ? "" : reason.text();
            }
        };
    }

    private static void center(Canvas canvas, int row, String text, Style style) {
        canvas.put(Math.max(0, (canvas.width() - Canvas.columnsOf(text)) / 2), row, text, style);
    }

    /** Draws the field for a name or an address, scrolled to its cursor, and why its text cannot be called. */
    static void drawDialField(DialField dial, Canvas canvas) {
        TextField typed = dial.text();
        List<String> problem = WrappedText.lines(dial.problem(), COLUMNS);
        Canvas inside = Box.draw(canvas, "Call", COLUMNS, 2 + problem.size());
        int first = Math.max(0, typed.cursor() - inside.width() + 1);
        for (int column = 0; column < inside.width(); column++) {
            int at = first + column;
            char character = at < typed.text().length() ? typed.text().charAt(at) : ' ';
            inside.put(column, 0, character, at == typed.cursor() ? Style.SELECTED : Style.TEXT);
        }
        if (dial.problem().isEmpty()) {
            inside.put(0, 2, "a name or an IP address", Style.LABEL);
            return;
        }
        for (int row = 0; row < problem.size(); row++) {
            inside.put(0, 2 + row, problem.get(row), Style.WARN);
        }
    }

    /** Draws the list of keys. */
    static void drawHelp(Canvas canvas) {
        KeyHelp.draw(canvas, KEYS);
    }
}
