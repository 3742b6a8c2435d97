package voiptui.tui.top;

import java.util.List;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.KeyBar;
import voiptui.tui.widget.KeyBar.Key;
import voiptui.tui.widget.KeyHelp;

/** The key bar, the question in its place, and the help of the relay's screen. Pure drawing. */
final class TopOverlay {

    /** The least width for the full question. */
    private static final int ROOMY = 80;

    private static final String[][] KEYS = {
        {"q", "stop the relay; asks first if it has clients"},
        {"s", "sort clients by age, packets/s or address"},
        {"arrow keys", "select a client and keep it in view"},
        {"PgUp PgDn", "move up or down by ten clients"},
        {"Home End", "go to the first or last client"},
        {"Esc", "clear the selection"},
        {"Ctrl+L", "redraw the screen"},
        {"Ctrl+C", "stop the relay at once"},
        {"?", "this help"},
    };

    private TopOverlay() {}

    /** The last row. */
    static void drawKeyBar(TopModel model, Canvas row) {
        switch (model.overlay()) {
            case CONFIRM_STOP -> KeyBar.ask(row, question(model.clients().rows().size(), row.width() >= ROOMY));
            case STOPPING -> row.put(1, 0, "stopping ...", Style.LABEL);
            case HELP -> KeyBar.draw(row, KeyBar.CLOSE_HELP);
            case NONE ->
                KeyBar.draw(
                        row,
                        List.of(
                                new Key("q", "stop", 0),
                                new Key("s", "sort", 2),
                                new Key(row.glyphs().arrows(), "select", 3),
                                new Key("Esc", "deselect", 4),
                                new Key("Ctrl+L", "redraw", 6),
                                new Key("Ctrl+C", "stop now", 5),
                                KeyBar.HELP));
        }
    }

    private static String question(int clients, boolean roomy) {
        String count = clients + (clients == 1 ? " client" : " clients");
        return roomy
                ? "Stop and end the calls of " + count + "?   q or Enter: yes   any other key: no"
                : "Stop (" + count + ")?   q or Enter: yes   any other key: no";
    }

    /** Draws the list of keys. */
    static void drawHelp(Canvas canvas) {
        KeyHelp.draw(canvas, KEYS);
    }
}
