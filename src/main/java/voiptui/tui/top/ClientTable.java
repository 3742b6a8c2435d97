package voiptui.tui.top;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import voiptui.event.RelayEvent.ClientStatus;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.terminal.Target;
import voiptui.tui.top.TopNumbers.ClientRow;
import voiptui.tui.widget.ListCursor;
import voiptui.tui.widget.NumberText;

/** The clients of a relay: names and addresses from the left, numbers in columns from the right. Pure drawing. */
final class ClientTable {

    /** A client in a call sends fifty packets a second, so this long is a gap. */
    private static final int SILENT_MS = 2_000;
    /** The least width for full column headings. */
    private static final int ROOMY = 88;

    private static final int WIDE = 112;
    private static final int NARROW = 70;
    /** How much wider than an address the peer column is: it may read "waiting for" an address without a port. */
    private static final int WAITING_EXTRA = 4;

    /** The least of an address worth showing: a port with its colon. */
    private static final int MIN_ADDRESS = 6;

    /** A column of numbers. */
    private record Column(String heading, int width, Function<ClientRow, String> text) {}

    private final Canvas canvas;
    private final List<Column> columns;
    private final int addressWidth;
    private final int peerWidth;

    private ClientTable(Canvas canvas) {
        this.canvas = canvas;
        this.columns = columns(canvas.width());
        int names = canvas.width()
                - 1
                - columns.stream().mapToInt(column -> column.width() + 1).sum();
        this.addressWidth = (names - WAITING_EXTRA) / 2;
        this.peerWidth = names - addressWidth;
    }

    /** Draws the headings and as many rows as fit. */
    static void draw(Canvas canvas, TopModel model) {
        ClientTable table = new ClientTable(canvas);
        table.drawHeadings();
        int shown = canvas.height() - 1;
        int first = firstRow(model, shown);
        for (int i = 0; i < Math.min(shown, model.clients().rows().size() - first); i++) {
            canvas.target(
                    0,
                    i + 1,
                    canvas.width(),
                    new Target.Row(
                            model.clients().rows().get(first + i).status().client()));
            table.drawRow(
                    i + 1,
                    model.clients().rows().get(first + i),
                    first + i == model.clients().selectedRow());
        }
        if (model.clients().rows().isEmpty() && model.numbers().status() != null) {
            canvas.put(0, 1, "no clients", Style.LABEL);
        }
    }

    /** Returns the first row shown; the selected one is in the middle, as far as both ends allow. */
    static int firstRow(TopModel model, int shown) {
        ClientList clients = model.clients();
        return ListCursor.firstShown(clients.selectedRow(), clients.rows().size(), shown);
    }

    private static List<Column> columns(int width) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(
                width < ROOMY ? "pkts/s" : "packets/s", width < ROOMY ? 6 : 9, row -> TopText.rate(row.packetsPerS())));
        if (width >= NARROW) {
            columns.add(new Column("kbit/s", width < ROOMY ? 6 : 8, row -> TopText.rate(row.kbitPerS())));
        }
        if (width >= WIDE) {
            columns.add(new Column(
                    "packets", 11, row -> NumberText.count(row.status().packets())));
        }
        columns.add(new Column(
                "heard",
                width < ROOMY ? 7 : 8,
                row -> row.status().packets() > 0
                        ? TopText.ago(row.status().silentMs())
                        : sends(row.status()) ? "never" : "-"));
        if (width >= NARROW) {
            columns.add(new Column(
                    "since",
                    width < ROOMY ? 8 : 9,
                    row -> TopText.since(row.status().registeredMs())));
        }
        return columns;
    }

    /** Returns whether a client has reason to send media: it is in a call, or classic, without a name before its address. */
    private static boolean sends(ClientStatus client) {
        return client.peer() != null || client.client().indexOf(' ') < 0;
    }

    private void drawHeadings() {
        canvas.put(0, 0, "client", Style.LABEL);
        canvas.put(addressWidth + 1, 0, "peer", Style.LABEL);
        int column = addressWidth + 1 + peerWidth;
        for (Column number : columns) {
            column += 1 + number.width();
            canvas.putRight(column, 0, number.heading(), Style.LABEL);
        }
    }

    private void drawRow(int at, ClientRow row, boolean selected) {
        ClientStatus client = row.status();
        Style plain = selected ? Style.SELECTED : Style.TEXT;
        if (selected) {
            canvas.put(0, at, " ".repeat(canvas.width()), plain);
        }
        canvas.part(0, at, addressWidth, 1).put(0, 0, fitted(client.client(), addressWidth), plain);
        canvas.part(addressWidth + 1, at, peerWidth, 1)
                .put(0, 0, peer(client), selected || client.peer() != null ? plain : Style.LABEL);
        boolean silent = client.packets() > 0 && client.silentMs() >= SILENT_MS && sends(client);
        int column = addressWidth + 1 + peerWidth;
        for (Column number : columns) {
            column += 1 + number.width();
            boolean warns = silent && number.heading().equals("heard");
            canvas.putRight(column, at, number.text().apply(row), warns && !selected ? Style.WARN : plain);
        }
    }

    /**
     * Returns a client's name with its address, cut to that many columns: the whole name and the end of the address, which
     * tells apart clients with one name behind one router. An address without a name is returned unchanged.
     */
    private String fitted(String client, int columns) {
        int blank = client.indexOf(' ');
        if (client.length() <= columns || blank < 0) {
            return client;
        }
        int room = columns - blank - 2;
        return room < MIN_ADDRESS
                ? client.substring(0, blank)
                : client.substring(0, blank + 1) + canvas.glyphs().cut() + client.substring(client.length() - room);
    }

    private String peer(ClientStatus client) {
        if (client.peer() != null) {
            return fitted(client.peer(), peerWidth);
        }
        if (client.target().isEmpty()) {
            return "idle";
        }
        String text = "waiting for " + client.target();
        return text.length() <= peerWidth ? text : "wants " + client.target();
    }
}
