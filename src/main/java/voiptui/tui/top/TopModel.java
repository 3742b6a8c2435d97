package voiptui.tui.top;

import java.util.List;
import voiptui.event.RelayEvent.Started;
import voiptui.tui.top.TopNumbers.ClientRow;

/**
 * All that a relay's screen shows, at one moment. Immutable.
 *
 * @param started where the relay listens; {@code null} before that is known
 * @param numbers what it says of itself
 * @param sort the order of the clients
 * @param rows the clients in that order
 * @param selected the client that is marked, by its address; {@code null} for none
 * @param log what happened, the newest last, at most {@link #LOG_LINES}
 * @param overlay what lies over the screen
 * @param isOver whether the relay has stopped
 */
record TopModel(
        Started started,
        TopNumbers numbers,
        ClientSort sort,
        List<ClientRow> rows,
        String selected,
        List<LogLine> log,
        Overlay overlay,
        boolean isOver) {

    /** How much of what happened is kept. */
    static final int LOG_LINES = 200;

    /** What lies over the screen. */
    enum Overlay {
        /** Nothing. */
        NONE,
        /** Every key, explained. */
        HELP,
        /** The question whether to end the calls of those who are registered. */
        CONFIRM_STOP,
        /** The relay was asked to stop, and ends what it does. */
        STOPPING
    }

    /** Before anything is known. */
    static final TopModel INITIAL =
            new TopModel(null, TopNumbers.NONE, ClientSort.AGE, List.of(), null, List.of(), Overlay.NONE, false);

    /** Where the marked client stands in the table; -1 when none is marked. */
    int selectedRow() {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).status().client().equals(selected)) {
                return i;
            }
        }
        return -1;
    }

    TopModel withStarted(Started newStarted) {
        return new TopModel(newStarted, numbers, sort, rows, selected, log, overlay, isOver);
    }

    /** The clients as they are now and in this order; the mark goes with its client. */
    TopModel withClients(TopNumbers newNumbers, ClientSort newSort) {
        TopModel next = new TopModel(
                started, newNumbers, newSort, newSort.sorted(newNumbers.clients()), selected, log, overlay, isOver);
        return next.selectedRow() < 0 ? next.withSelected(null) : next;
    }

    TopModel withSelected(String newSelected) {
        return new TopModel(started, numbers, sort, rows, newSelected, log, overlay, isOver);
    }

    TopModel withLog(List<LogLine> newLog) {
        return new TopModel(started, numbers, sort, rows, selected, newLog, overlay, isOver);
    }

    TopModel withOverlay(Overlay newOverlay) {
        return new TopModel(started, numbers, sort, rows, selected, log, newOverlay, isOver);
    }

    /** The relay has stopped. */
    TopModel over() {
        return new TopModel(started, numbers, sort, rows, selected, log, overlay, true);
    }
}
