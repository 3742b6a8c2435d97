package voiptui.tui.phone;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import voiptui.event.EndReason;
import voiptui.report.Printable;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.key.CallAction;
import voiptui.tui.key.CallerAction;
import voiptui.tui.key.PhoneAction;
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

    private PhoneBoxes() {}

    /** Draws the calls that ring; the first one changes its look each second to attract attention. */
    static void drawIncoming(PhoneModel model, PhoneCalls.IncomingCall incoming, Canvas canvas) {
        PhoneCalls calls = model.calls();
        long seconds = Math.max(0, model.nowMs() - incoming.sinceMs()) / SECOND_MS;
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
        drawCallerKeys(model, incoming, 2, inside.part(0, row, inside.width(), 1));
        inside.putRight(inside.width() - 2, row, NumberText.duration(seconds * SECOND_MS), Style.LABEL);
    }

    /** Draws the first call that rings, whose fingerprint has changed; it changes its look each second. */
    static void drawChangedCaller(PhoneModel model, PhoneCalls.IncomingCall incoming, Canvas canvas) {
        PhoneCalls calls = model.calls();
        long seconds = Math.max(0, model.nowMs() - incoming.sinceMs()) / SECOND_MS;
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
        drawCallerKeys(model, incoming, 0, keys);
        keys.putRight(keys.width(), 0, NumberText.duration(seconds * SECOND_MS), Style.LABEL);
    }

    /** Draws what can be done about a caller, from a column on. */
    private static void drawCallerKeys(PhoneModel model, PhoneCalls.IncomingCall incoming, int from, Canvas row) {
        int column = from;
        if (incoming.hasChanged()) {
            column = drawKey(row, column, "y", "answer all the same");
        } else if (hasKey(model, CallerAction.ANSWER)) {
            column = drawKey(row, column, model.keys().shown(CallerAction.ANSWER), "answer");
        }
        if (hasKey(model, CallerAction.REJECT)) {
            column = drawKey(row, column, model.keys().shown(CallerAction.REJECT), "reject");
        }
        if ((incoming.blockable() || incoming.hasChanged()) && hasKey(model, CallerAction.BLOCK)) {
            drawKey(row, column, model.keys().shown(CallerAction.BLOCK), "block");
        }
    }

    /** Returns the column for the next key. */
    private static int drawKey(Canvas row, int column, String key, String does) {
        return row.put(row.put(column, 0, key, Style.ACCENT) + 1, 0, does, Style.TEXT) + 3;
    }

    /** Returns whether the key of an action about a caller is free for it: in a call, the keys of the call count more. */
    static boolean hasKey(PhoneModel model, CallerAction action) {
        PhoneCalls.ActiveCall active = model.calls().active();
        return active == null || active.isDialing() || !model.keys().isTaken(CallAction.class, action);
    }

    /** Draws the outgoing call until it is answered. */
    static void drawDialing(PhoneModel model, CallModel call, Canvas canvas) {
        long nowMs = model.nowMs();
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
        int column = inside.put(2, 4, model.keys().shown(PhoneAction.QUIT), Style.ACCENT);
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
    static void drawDialField(PhoneUi.DialField dial, Canvas canvas) {
        TextField typed = dial.text();
        List<String> problem = WrappedText.lines(dial.problem(), COLUMNS);
        Canvas inside = Box.draw(canvas, "Call", COLUMNS, 2 + problem.size());
        typed.draw(inside.part(0, 0, inside.width(), 1));
        if (dial.problem().isEmpty()) {
            inside.put(0, 2, "a name or an IP address", Style.LABEL);
            return;
        }
        for (int row = 0; row < problem.size(); row++) {
            inside.put(0, 2 + row, problem.get(row), Style.WARN);
        }
    }

    /** Draws the list of keys. */
    static void drawHelp(PhoneModel model, Canvas canvas) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"arrow keys", "select; also j k g G PgUp PgDn Home End"});
        rows.add(new String[] {"Tab", "go to the recent calls, or back"});
        rows.add(new String[] {"Enter", "call the one who is selected"});
        rows.addAll(model.keys()
                .help(List.of(
                        PhoneAction.DIAL,
                        PhoneAction.FIND,
                        PhoneAction.FAVORITE,
                        PhoneAction.OFFLINE,
                        PhoneAction.DEVICES,
                        PhoneAction.ECHO_TEST,
                        PhoneAction.DO_NOT_DISTURB,
                        CallerAction.ANSWER,
                        CallerAction.REJECT,
                        CallerAction.BLOCK,
                        PhoneAction.BLOCKED,
                        PhoneAction.LOG)));
        rows.add(new String[] {"Ctrl+L", "redraw the screen"});
        rows.addAll(model.keys().help(List.of(PhoneAction.QUIT)));
        rows.add(new String[] {"Ctrl+C", "hang up and quit at once"});
        KeyHelp.draw(canvas, rows.toArray(String[][]::new), model.ui().page() == PhoneUi.Page.HELP_END);
    }
}
