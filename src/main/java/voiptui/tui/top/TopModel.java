package voiptui.tui.top;

import org.jspecify.annotations.Nullable;
import voiptui.event.RelayEvent.Started;
import voiptui.tui.widget.LogLines;

/**
 * Everything the relay's screen shows. Immutable.
 *
 * @param started the relay's addresses; null: not known yet
 * @param numbers the latest status and rates
 * @param clients the sorted list of clients
 * @param log the log, the newest line last
 * @param overlay what covers the screen
 * @param isOver whether the relay has stopped
 */
record TopModel(
        @Nullable Started started,
        TopNumbers numbers,
        ClientList clients,
        LogLines log,
        Overlay overlay,
        boolean isOver) {

    /** What covers the screen. */
    enum Overlay {
        /** Nothing. */
        NONE,
        /** The list of keys. */
        HELP,
        /** The question whether to end the clients' calls. */
        CONFIRM_STOP,
        /** The relay has been told to stop. */
        STOPPING
    }

    /** The model before the first event. */
    static final TopModel INITIAL =
            new TopModel(null, TopNumbers.NONE, ClientList.EMPTY, LogLines.EMPTY, Overlay.NONE, false);

    TopModel with(Started newStarted) {
        return new TopModel(newStarted, numbers, clients, log, overlay, isOver);
    }

    /** Returns a copy with a newer status and its clients. */
    TopModel with(TopNumbers newNumbers) {
        ClientList newClients = clients.with(newNumbers.clients(), clients.sort());
        return new TopModel(started, newNumbers, newClients, log, overlay, isOver);
    }

    TopModel with(ClientList newClients) {
        return new TopModel(started, numbers, newClients, log, overlay, isOver);
    }

    TopModel with(LogLines newLog) {
        return new TopModel(started, numbers, clients, newLog, overlay, isOver);
    }

    TopModel with(Overlay newOverlay) {
        return new TopModel(started, numbers, clients, log, newOverlay, isOver);
    }

    /** Returns a copy for a relay that has stopped. */
    TopModel over() {
        return new TopModel(started, numbers, clients, log, overlay, true);
    }
}
