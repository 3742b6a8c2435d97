package voiptui.tui.top;

import java.util.ArrayList;
import java.util.List;
import voiptui.tui.key.Keymap;
import voiptui.tui.key.TopAction;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.KeyBar;
import voiptui.tui.widget.KeyBar.Key;
import voiptui.tui.widget.KeyHelp;

/** The key bar, the question in its place, and the help of the relay's screen. Pure drawing. */
final class TopOverlay {

    /** The least width for the full question. */
    private static final int ROOMY = 80;

    private static final List<String[]> FIXED = List.of(
            new String[] {"arrow keys", "select a client and keep it in view"},
            new String[] {"PgUp PgDn", "move up or down by ten clients"},
            new String[] {"Home End", "go to the first or last client"},
            new String[] {"Esc", "clear the selection"},
            new String[] {"Ctrl+L", "redraw the screen"},
            new String[] {"Ctrl+C", "stop the relay at once"});

    private TopOverlay() {}

    /** The last row. */
    static void drawKeyBar(TopModel model, Keymap keymap, Canvas row) {
        switch (model.overlay()) {
            case CONFIRM_STOP ->
                KeyBar.ask(
                        row,
                        question(model.clients().rows().size(), row.width() >= ROOMY),
                        keymap.shown(TopAction.STOP) + " or Enter: yes",
                        "any other key: no");
            case STOPPING -> row.put(1, 0, "stopping ...", Style.LABEL);
            case HELP -> KeyBar.draw(row, KeyBar.CLOSE_HELP);
            case NONE ->
                KeyBar.draw(
                        row,
                        List.of(
                                new Key(keymap.shown(TopAction.STOP), "stop", 0),
                                new Key(keymap.shown(TopAction.SORT), "sort", 2),
                                new Key(row.glyphs().arrows(), "select", 3),
                                new Key("Esc", "deselect", 4),
                                new Key("Ctrl+L", "redraw", 6),
                                new Key("Ctrl+C", "stop now", 5),
                                KeyBar.help(keymap.shown(TopAction.HELP))));
        }
    }

    private static String question(int clients, boolean roomy) {
        String count = clients + (clients == 1 ? " client" : " clients");
        return roomy ? "Stop and end the calls of " + count + "?" : "Stop (" + count + ")?";
    }

    /** Draws the list of keys. */
    static void drawHelp(Keymap keymap, Canvas canvas) {
        List<String[]> rows = new ArrayList<>(keymap.help(List.of(TopAction.STOP, TopAction.SORT)));
        rows.addAll(FIXED);
        rows.addAll(keymap.help(List.of(TopAction.HELP)));
        KeyHelp.draw(canvas, rows.toArray(String[][]::new));
    }
}
