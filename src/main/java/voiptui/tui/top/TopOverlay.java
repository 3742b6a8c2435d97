package voiptui.tui.top;

import java.util.List;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.KeyBar;
import voiptui.tui.widget.KeyBar.Key;
import voiptui.tui.widget.KeyHelp;

/** What can be pressed: the bar at the bottom, the question in its place, and the help. Pure drawing. */
final class TopOverlay {

    private static final int KEY_COLUMNS = 12;
    private static final int HELP_COLUMNS = 52;
    /** From here on there is room for the question in full. */
    private static final int ROOMY = 80;

    private static final String[][] KEYS = {
        {"q", "stop the relay; in use q again or Enter"},
        {"s", "sort clients by age, packets/s, address"},
        {"arrows", "mark a client, which then stays in sight"},
        {"PgUp PgDn", "ten clients up or down"},
        {"Home End", "to the first client, to the last"},
        {"Esc", "mark none"},
        {"Ctrl+L", "draw the screen anew"},
        {"Ctrl+C", "stop the relay at once"},
        {"?", "this help"},
    };

    private TopOverlay() {}

    /** The last row. */
    static void drawKeyBar(TopModel model, Canvas row) {
        switch (model.overlay()) {
            case CONFIRM_STOP -> KeyBar.ask(row, question(model.rows().size(), row.width() >= ROOMY));
            case STOPPING -> row.put(1, 0, "stopping", Style.LABEL);
            case HELP -> KeyBar.draw(row, List.of(new Key("any key", "close", 0)));
            case NONE ->
                KeyBar.draw(
                        row,
                        List.of(
                                new Key("q", "quit", 0),
                                new Key("s", "sort", 2),
                                new Key(row.glyphs().arrows(), "mark", 3),
                                new Key("Esc", "unmark", 4),
                                new Key("Ctrl+L", "redraw", 6),
                                new Key("Ctrl+C", "stop", 5),
                                new Key("?", "help", 1)));
        }
    }

    private static String question(int clients, boolean roomy) {
        String who = clients + (clients == 1 ? " client" : " clients");
        return roomy
                ? "Stop and end the calls of " + who + "?   q or Enter: yes   any other key: no"
                : "Stop with " + who + "?   q or Enter: yes   other: no";
    }

    /** Every key, in a box in the middle. */
    static void drawHelp(Canvas canvas) {
        KeyHelp.draw(canvas, KEYS, KEY_COLUMNS, HELP_COLUMNS);
    }
}
