package voiptui.tui.phone;

import voiptui.event.PhoneEvent.Contact;
import voiptui.report.Printable;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;

/** Whom the relay knows, and who of them is there. */
final class ContactsPane {

    private static final int ROOMY = 42;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private ContactsPane() {}

    /** How many there are, for the pane's title. */
    static String howMany(PhoneModel model) {
        return model.contacts().isEmpty()
                ? ""
                : model.contacts().stream().filter(Contact::online).count() + " of "
                        + model.contacts().size() + " online";
    }

    static void draw(PhoneModel model, Canvas canvas) {
        int all = model.contacts().size();
        if (all == 0) {
            canvas.put(0, 0, "nobody else is known here; c calls", Style.LABEL);
            canvas.put(0, 1, "by name or address all the same", Style.LABEL);
            return;
        }
        int marked = model.markedRow();
        int first = Math.max(0, Math.min(marked - canvas.height() / 2, all - canvas.height()));
        for (int i = 0; i < Math.min(canvas.height(), all - first); i++) {
            drawRow(
                    model.contacts().get(first + i),
                    first + i == marked,
                    model.nowMs(),
                    canvas.part(0, i, canvas.width(), 1));
        }
    }

    private static void drawRow(Contact contact, boolean marked, long nowMs, Canvas row) {
        Style style = contact.busy() && contact.online() ? Style.WARN : contact.online() ? Style.GOOD : Style.LABEL;
        Style words = marked ? Style.SELECTED : style;
        if (marked) {
            row.put(0, 0, " ".repeat(row.width()), Style.SELECTED);
        }
        String presence = presence(contact, nowMs, row.width() >= ROOMY);
        row.put(0, 0, contact.online() ? row.glyphs().on() : row.glyphs().off(), words);
        row.part(2, 0, row.width() - 3 - presence.length(), 1)
                .put(
                        0,
                        0,
                        Printable.of(contact.name()),
                        marked ? Style.SELECTED : contact.online() ? Style.TEXT : Style.LABEL);
        row.putRight(row.width(), 0, presence, words);
    }

    private static String presence(Contact contact, long nowMs, boolean roomy) {
        if (contact.online()) {
            return contact.busy() ? "busy" : "online";
        }
        return contact.lastSeenMs() == 0
                ? roomy ? "never seen" : "never"
                : (roomy ? "last seen " : "") + ago(nowMs - contact.lastSeenMs());
    }

    /** In whole minutes at the least, so that nothing has to be drawn anew each second. */
    static String ago(long ms) {
        return ms < MINUTE_MS
                ? "just now"
                : ms < 2 * HOUR_MS
                        ? ms / MINUTE_MS + " min ago"
                        : ms < 2 * DAY_MS ? ms / HOUR_MS + " h ago" : ms / DAY_MS + " d ago";
    }
}
