package voiptui.tui.phone;

import java.util.List;
import voiptui.event.PhoneEvent.Contact;
import voiptui.report.Printable;
import voiptui.tui.key.PhoneAction;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Glyphs;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;
import voiptui.tui.widget.ListCursor;
import voiptui.tui.widget.ScrollBar;
import voiptui.tui.widget.TextField;

/** The names known to the relay, and who of them is online; a scroll bar where not all fit. */
final class ContactsPane {

    private static final int NAME_COLUMN = 3;
    private static final int MIN_NAME_COLUMNS = 20;
    private static final int PRESENCE_COLUMNS = 12;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private ContactsPane() {}

    /** Returns the pane's title, with the number of those who are online. */
    static String title(PhoneModel model, Glyphs glyphs) {
        return model.contacts().isEmpty()
                ? "People"
                : "People " + glyphs.dot() + " "
                        + model.contacts().stream().filter(Contact::online).count() + " of "
                        + model.contacts().size() + " online";
    }

    static void draw(PhoneModel model, Canvas canvas) {
        if (model.contacts().isEmpty()) {
            canvas.put(0, 0, "no other names on this relay yet", Style.LABEL);
            canvas.put(
                    0, 1, "press " + model.keys().shown(PhoneAction.DIAL) + " to dial a name or address", Style.LABEL);
            return;
        }
        List<Contact> people = model.people();
        TextField filter = model.ui().people().filter();
        int hidden = model.ui().people().hidden(model.contacts());
        boolean hasLastRow = filter != null || hidden > 0;
        drawList(model, people, canvas.part(0, 0, canvas.width(), canvas.height() - (hasLastRow ? 1 : 0)));
        Canvas last = canvas.part(0, canvas.height() - 1, canvas.width(), 1);
        if (filter != null) {
            drawFilter(filter, people.size(), last);
        } else if (hidden > 0) {
            Canvas row = canvas.part(0, Math.min(people.size(), canvas.height() - 1), canvas.width(), 1);
            row.put(
                    NAME_COLUMN,
                    0,
                    hidden + " more offline: " + model.keys().shown(PhoneAction.OFFLINE) + " shows them",
                    Style.LABEL);
        }
    }

    private static void drawList(PhoneModel model, List<Contact> people, Canvas canvas) {
        int selected = model.selectedRow(people);
        int first = ListCursor.firstShown(selected, people.size(), canvas.height());
        boolean scrolls = people.size() > canvas.height();
        boolean focused = model.ui().focus().isOn(PhoneUi.Pane.PEOPLE);
        int width = canvas.width() - (scrolls ? 2 : 0);
        int presenceAt = presenceColumn(people, width);
        for (int i = 0; i < Math.min(canvas.height(), people.size() - first); i++) {
            canvas.target(
                    0, i, canvas.width(), new Target.Row(people.get(first + i).name()));
            boolean isSelected = focused && first + i == selected;
            drawRow(people.get(first + i), isSelected, model.nowMs(), presenceAt, canvas.part(0, i, width, 1));
        }
        if (scrolls) {
            ScrollBar.draw(canvas.part(canvas.width() - 1, 0, 1, canvas.height()), first, people.size());
        }
    }

    private static void drawFilter(TextField filter, int found, Canvas row) {
        String count = found == 0 ? "nobody" : Integer.toString(found);
        row.putRight(row.width(), 0, count, found == 0 ? Style.WARN : Style.LABEL);
        Canvas typed = row.part(0, 0, row.width() - count.length() - 1, 1);
        typed.put(0, 0, "/ ", Style.ACCENT);
        filter.draw(typed.part(2, 0, typed.width() - 2, 1));
    }

    /** Returns where the presence goes: after the longest name, or at the right. */
    private static int presenceColumn(List<Contact> people, int width) {
        int longest = MIN_NAME_COLUMNS;
        for (Contact contact : people) {
            longest = Math.max(longest, Canvas.columnsOf(Printable.of(contact.name())) + 2);
        }
        return Math.min(NAME_COLUMN + longest + 1, width - PRESENCE_COLUMNS);
    }

    private static void drawRow(Contact contact, boolean selected, long nowMs, int presenceAt, Canvas row) {
        if (selected) {
            row.put(0, 0, " ".repeat(row.width()), Style.SELECTED);
            row.put(0, 0, row.glyphs().pointer(), Style.SELECTED);
        }
        if (contact.favorite()) {
            row.put(1, 0, row.glyphs().star(), selected ? Style.SELECTED : Style.ACCENT);
        }
        String verified = contact.verified() ? " " + row.glyphs().check() : "";
        row.part(NAME_COLUMN, 0, presenceAt - NAME_COLUMN - 1, 1)
                .put(
                        0,
                        0,
                        Printable.of(contact.name()) + verified,
                        selected ? Style.SELECTED : contact.online() ? Style.TEXT : Style.LABEL);
        boolean busy = contact.online() && contact.busy();
        Style style = busy ? Style.WARN : contact.online() ? Style.GOOD : Style.LABEL;
        char sign = busy
                ? row.glyphs().half()
                : contact.online() ? row.glyphs().on() : row.glyphs().off();
        row.put(presenceAt, 0, sign + " " + presence(contact, nowMs), selected ? Style.SELECTED : style);
    }

    private static String presence(Contact contact, long nowMs) {
        if (contact.online()) {
            return contact.busy() ? "busy" : "online";
        }
        return contact.lastSeenMs() == 0 ? "never seen" : ago(nowMs - contact.lastSeenMs());
    }

    /** Formats an age in minutes, hours or days: nothing has to be redrawn each second. */
    static String ago(long ms) {
        return ms < MINUTE_MS
                ? "just now"
                : ms < 2 * HOUR_MS
                        ? ms / MINUTE_MS + " min ago"
                        : ms < 2 * DAY_MS ? ms / HOUR_MS + " h ago" : ms / DAY_MS + " d ago";
    }
}
