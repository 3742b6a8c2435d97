package voiptui.tui.phone;

import java.util.ArrayList;
import java.util.List;
import voiptui.event.PhoneEvent.RecentCall;

/**
 * A row of the recent calls. Immutable.
 *
 * @param call the call; of several, the latest one
 * @param count how many calls of that caller were missed one after the other; 1 for any other call
 */
record RecentRow(RecentCall call, int count) {

    /** Returns the rows of the calls, the newest first. */
    static List<RecentRow> of(List<RecentCall> calls) {
        List<RecentRow> rows = new ArrayList<>();
        for (RecentCall call : calls) {
            int last = rows.size() - 1;
            if (last >= 0 && rows.get(last).isRepeatedBy(call)) {
                rows.set(
                        last,
                        new RecentRow(rows.get(last).call(), rows.get(last).count() + 1));
            } else {
                rows.add(new RecentRow(call, 1));
            }
        }
        return List.copyOf(rows);
    }

    /** Returns what tells the row apart from the others, and from contacts. */
    String id() {
        return "recent " + call.atMs();
    }

    private boolean isRepeatedBy(RecentCall other) {
        return call.isMissed() && other.isMissed() && call.peer().equals(other.peer());
    }
}
