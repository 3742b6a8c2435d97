package voiptui.tui.phone;

import voiptui.event.PhoneEvent.Contact;
import voiptui.report.Printable;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.ListCursor;

/** The names known to the relay, and who of them is online. */
final class ContactsPane {

    private static final int ROOMY = 42;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private ContactsPane() {}

    /** Returns how many contacts are online, for the pane's title. */
    static String onlineCount(PhoneModel model) {
        return model.contacts().isEmpty()
                ? ""
                : model.contacts().stream().filter(Contact::online).count() + " of "
                        + model.contacts().size() + " online";
    }

    static void draw(PhoneModel model, Canvas canvas) {
        int all = model.contacts().size();
        if (all == 0) {
            canvas.put(0, 0, "no other names on this relay yet", Style.LABEL);
            canvas.put(0, 1, "press c to dial a name or address", Style.LABEL);
            return;
        }
        int selected = model.selectedRow();
        int first = ListCursor.firstShown(selected, all, canvas.height());
        for (int i = 0; i < Math.min(canvas.height(), all - first); i++) {
            drawRow(
                    model.contacts().get(first + i),
                    first + i == selected,
                    model.nowMs(),
                    canvas.part(0, i, canvas.width(), 1));
        }
    }

    private static void drawRow(Contact contact, boolean selected, long nowMs, Canvas row) {
        Style style = contact.busy() && contact.online() ? Style.WARN : contact.online() ? Style.GOOD : Style.LABEL;
        Style shown = selected ? Style.SELECTED : style;
        if (selected) {
            row.put(0, 0, " ".repeat(row.width()), Style.SELECTED);
        }
        String presence = presence(contact, nowMs, row.width() >= ROOMY);
        row.put(0, 0, contact.online() ? row.glyphs().on() : row.glyphs().off(), shown);
        String verified = contact.verified() ? " " + row.glyphs().check() : "";
        row.part(2, 0, row.width() - 3 - presence.length(), 1)
                .put(
                        0,
                        0,
                        Printable.of(contact.name()) + verified,
                        selected ? Style.SELECTED : contact.online() ? Style.TEXT : Style.LABEL);
        row.putRight(row.width(), 0, presence, shown);
    }

    private static String presence(Contact contact, long nowMs, boolean roomy) {
        if (contact.online()) {
            return contact.busy() ? "busy" : "online";
        }
        return contact.lastSeenMs() == 0
                ? roomy ? "never seen" : "never"
                : (roomy ? "last seen " : "") + ago(nowMs - contact.lastSeenMs());
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
