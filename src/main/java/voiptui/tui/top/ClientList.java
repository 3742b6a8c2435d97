package voiptui.tui.top;

import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.tui.top.TopNumbers.ClientRow;

/**
 * The sorted list of clients and the selection in it. Immutable.
 *
 * @param sort the order
 * @param rows the clients in that order
 * @param selected the selected client, by name and address; null: none
 */
record ClientList(
        ClientSort sort, List<ClientRow> rows, @Nullable String selected) {

    static final ClientList EMPTY = new ClientList(ClientSort.AGE, List.of(), null);

    /** Returns the row of the selected client; -1 if none is selected. */
    int selectedRow() {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).status().client().equals(selected)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns a list of these clients in this order; the selection stays with its client. */
    ClientList with(List<ClientRow> clients, ClientSort newSort) {
        ClientList next = new ClientList(newSort, newSort.sorted(clients), selected);
        return next.selectedRow() < 0 ? next.selecting(null) : next;
    }

    /** Returns a copy with another client selected; null: none. */
    ClientList selecting(@Nullable String client) {
        return new ClientList(sort, rows, client);
    }
}
