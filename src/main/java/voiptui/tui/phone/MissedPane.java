package voiptui.tui.phone;

import voiptui.report.Printable;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.NumberText;

/** Missed calls, the newest first; those not marked as seen are highlighted. */
final class MissedPane {

    private static final long DAY_MS = 86_400_000;

    private MissedPane() {}

    static void draw(PhoneModel model, Canvas canvas) {
        if (model.calls().missed().isEmpty()) {
            canvas.put(0, 0, "no missed calls", Style.LABEL);
        }
        for (int i = 0; i < Math.min(canvas.height(), model.calls().missed().size()); i++) {
            PhoneCalls.MissedCall call = model.calls().missed().get(i);
            Style style = call.seen() ? Style.LABEL : Style.WARN;
            if (!call.seen()) {
                canvas.put(0, i, canvas.glyphs().alert(), style);
            }
            long agoMs = model.nowMs() - call.atMs();
            String when = agoMs >= DAY_MS
                    ? ContactsPane.ago(agoMs)
                    : NumberText.minuteOfDay(call.atMs(), model.setting().zone());
            int column = canvas.put(2, i, when, style) + 2;
            canvas.part(column, i, canvas.width() - column, 1).put(0, 0, Printable.of(call.from()), style);
        }
    }
}
