package voiptui.tui.phone;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import voiptui.event.CallOutcome;
import voiptui.event.PhoneEvent.RecentCall;
import voiptui.report.Printable;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;
import voiptui.tui.widget.GradeStyle;
import voiptui.tui.widget.ListCursor;
import voiptui.tui.widget.NumberText;
import voiptui.tui.widget.ScrollBar;

/** The calls that are over, the newest first: who called whom, when, how long, how good. Pure drawing. */
final class RecentPane {

    private static final int ROOMY = 48;
    private static final int SIGN_COLUMNS = 2;
    private static final int DATE_COLUMNS = 10;
    private static final int SHORT_DATE_COLUMNS = 5;
    private static final int DURATION_COLUMNS = 8;
    private static final int GRADE_COLUMNS = 4;
    private static final int TAIL_COLUMNS = DURATION_COLUMNS + 2 + GRADE_COLUMNS;
    private static final int MAX_NAME_COLUMNS = 36;
    private static final int WEEK_DAYS = 7;

    private RecentPane() {}

    /** Returns the pane's title, with the number of missed calls that the user has not seen. */
    static String title(PhoneModel model, Glyphs glyphs) {
        int unseen = model.calls().unseen();
        return unseen == 0 ? "Recent" : "Recent " + glyphs.dot() + " " + unseen + " missed";
    }

    static void draw(PhoneModel model, Canvas canvas) {
        List<RecentRow> rows = model.calls().recent();
        if (rows.isEmpty()) {
            canvas.put(0, 0, "no calls yet", Style.LABEL);
            return;
        }
        int selected = model.ui().focus().isOn(PhoneUi.Pane.RECENT) ? model.selectedRecent() : -1;
        int first = ListCursor.firstShown(Math.max(0, selected), rows.size(), canvas.height());
        boolean scrolls = rows.size() > canvas.height();
        for (int i = 0; i < Math.min(canvas.height(), rows.size() - first); i++) {
            Canvas row = canvas.part(0, i, canvas.width() - (scrolls ? 2 : 0), 1);
            row.target(0, 0, row.width(), new Target.Row(rows.get(first + i).id()));
            drawRow(model, rows.get(first + i), first + i == selected, row);
        }
        if (scrolls) {
            ScrollBar.draw(canvas.part(canvas.width() - 1, 0, 1, canvas.height()), first, rows.size());
        }
    }

    private static void drawRow(PhoneModel model, RecentRow recent, boolean selected, Canvas row) {
        RecentCall call = recent.call();
        Glyphs glyphs = row.glyphs();
        Style style = call.isMissed() ? Style.WARN : Style.TEXT;
        if (selected) {
            row.put(0, 0, " ".repeat(row.width()), Style.SELECTED);
        }
        char sign = call.isMissed() ? glyphs.alert() : call.outgoing() ? glyphs.outgoing() : glyphs.incoming();
        row.put(0, 0, sign, shown(style, selected));
        boolean roomy = row.width() >= ROOMY;
        int dateColumns = roomy ? DATE_COLUMNS : SHORT_DATE_COLUMNS;
        String when = when(call.atMs(), model.nowMs(), model.setting().zone(), roomy);
        row.put(SIGN_COLUMNS, 0, when, shown(call.isMissed() ? style : Style.LABEL, selected));
        int nameAt = SIGN_COLUMNS + dateColumns + 1;
        int nameColumns = Math.min(MAX_NAME_COLUMNS, row.width() - nameAt - TAIL_COLUMNS - 1);
        String count = recent.count() == 1 ? "" : " " + glyphs.by() + recent.count();
        int end = row.part(nameAt, 0, nameColumns - count.length(), 1)
                .put(0, 0, Printable.of(call.peer()), shown(style, selected));
        row.put(nameAt + end, 0, count, shown(style, selected));
        drawTail(call, row.part(nameAt + nameColumns + 1, 0, TAIL_COLUMNS, 1), selected);
    }

    private static void drawTail(RecentCall call, Canvas tail, boolean selected) {
        if (call.outcome() != CallOutcome.ANSWERED) {
            tail.put(2, 0, call.outcome().text(), shown(call.isMissed() ? Style.WARN : Style.LABEL, selected));
            return;
        }
        tail.putRight(DURATION_COLUMNS, 0, NumberText.shortDuration(call.durationMs()), shown(Style.TEXT, selected));
        if (call.quality() != null) {
            Style style = GradeStyle.of(call.quality());
            tail.put(DURATION_COLUMNS + 2, 0, call.quality().name(), shown(style, selected));
        }
    }

    private static Style shown(Style style, boolean selected) {
        return selected ? Style.SELECTED : style;
    }

    /** Returns the time of a call of today, the day of the week of one in the last six days, or else the date. */
    static String when(long atMs, long nowMs, ZoneId zone, boolean roomy) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(atMs), zone);
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), zone);
        String time = NumberText.minuteOfDay(atMs, zone);
        if (day.equals(today)) {
            return time;
        } else if (day.isBefore(today) && day.isAfter(today.minusDays(WEEK_DAYS))) {
            String weekday = day.getDayOfWeek().name();
            String name = weekday.charAt(0) + weekday.substring(1, 3).toLowerCase(Locale.ROOT);
            return roomy ? name + " " + time : name;
        }
        return roomy
                ? day.toString()
                : day.getYear() == today.getYear()
                        ? day.toString().substring(day.toString().length() - SHORT_DATE_COLUMNS)
                        : Integer.toString(day.getYear());
    }
}
