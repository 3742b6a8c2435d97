package voiptui.tui.phone;

import java.util.List;
import voiptui.event.PhoneEvent.BlockedPeer;
import voiptui.report.Printable;
import voiptui.tui.key.CallerAction;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;
import voiptui.tui.widget.ListCursor;

/** The callers who are blocked, one per row: the name that they had, and their fingerprint. */
final class BlockedPane {

    private static final int NAME_COLUMNS = 34;

    private BlockedPane() {}

    /** Returns the row of the selected caller; 0 if none is selected, or it is gone. */
    static int selectedRow(PhoneModel model) {
        List<BlockedPeer> blocked = model.calls().blocked();
        for (int i = 0; i < blocked.size(); i++) {
            if (blocked.get(i).fingerprint().equals(model.ui().selected())) {
                return i;
            }
        }
        return 0;
    }

    static void draw(PhoneModel model, Canvas canvas) {
        List<BlockedPeer> blocked = model.calls().blocked();
        if (blocked.isEmpty()) {
            canvas.put(0, 0, "nobody is blocked", Style.LABEL);
            canvas.put(
                    0,
                    1,
                    "press " + model.keys().shown(CallerAction.BLOCK)
                            + " while somebody calls to reject all their calls",
                    Style.LABEL);
            return;
        }
        int selected = selectedRow(model);
        int first = ListCursor.firstShown(selected, blocked.size(), canvas.height());
        for (int i = 0; i < Math.min(canvas.height(), blocked.size() - first); i++) {
            canvas.target(
                    0, i, canvas.width(), new Target.Row(blocked.get(first + i).fingerprint()));
            drawRow(blocked.get(first + i), first + i == selected, canvas.part(0, i, canvas.width(), 1));
        }
    }

    private static void drawRow(BlockedPeer peer, boolean selected, Canvas row) {
        if (selected) {
            row.put(0, 0, " ".repeat(row.width()), Style.SELECTED);
        }
        row.put(0, 0, Printable.of(peer.name()), selected ? Style.SELECTED : Style.TEXT);
        int column = Math.min(NAME_COLUMNS, row.width() / 2);
        row.put(column, 0, " ".repeat(row.width() - column), selected ? Style.SELECTED : Style.TEXT);
        row.put(column, 0, Printable.of(peer.fingerprint()), selected ? Style.SELECTED : Style.LABEL);
    }
}
