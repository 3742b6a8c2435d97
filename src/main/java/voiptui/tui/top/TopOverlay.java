package voiptui.tui.top;

import voiptui.tui.Canvas;
import voiptui.tui.Frame;
import voiptui.tui.Style;

/** What can be pressed: the bar at the bottom, the question in its place, and the help. Pure drawing. */
final class TopOverlay {

    private static final int HELP_WIDTH = 56;

    private TopOverlay() {
    }

    /** The last row. */
    static void drawKeyBar(TopModel model, Canvas row) {
        switch (model.overlay()) {
            case CONFIRM_STOP -> drawQuestion(row, model.rows().size());
            case STOPPING -> row.put(1, 0, "stopping", Style.LABEL);
            case HELP -> row.put(1, 0, "any key goes back", Style.LABEL);
            case NONE -> drawKeys(row, "q", "quit", "?", "help", row.glyphs().arrows(), "select", "s", "sort", "^L",
                    "redraw", "^C", "stop");
        }
    }

    private static void drawQuestion(Canvas row, int clients) {
        String question = " End the calls of " + clients + (clients == 1 ? " client? " : " clients? ");
        int column = row.put(0, 0, question, Style.QUESTION);
        drawKeys(row.part(column, 0, row.width() - column, 1), "q/Enter", "stop", "Esc", "stay");
    }

    private static void drawKeys(Canvas row, String... keysAndWords) {
        int column = 1;
        for (int i = 0; i < keysAndWords.length; i += 2) {
            column = row.put(column, 0, keysAndWords[i], Style.ACCENT) + 1;
            column = row.put(column, 0, keysAndWords[i + 1], Style.LABEL) + 3;
        }
    }

    /** Every key, in a box in the middle. */
    static void drawHelp(Canvas screen) {
        String[] help = {
            "q", "stop the relay; asks first while in use",
            "Ctrl+C", "stop the relay at once",
            "s", "sort clients by age, packets/s, address",
            screen.glyphs().arrows(), "select a client, which stays in sight",
            "PgUp PgDn", "ten clients up or down",
            "Home End", "to the first client, to the last",
            "Esc", "select none",
            "Ctrl+L", "draw everything anew",
            "?", "this help",
        };
        int rows = help.length / 2;
        Canvas box = screen.part((screen.width() - HELP_WIDTH) / 2, Math.max(0, (screen.height() - rows - 4) / 2),
                HELP_WIDTH, rows + 2);
        box.clear();
        new Frame(box.width(), box.height()).box(0, 0, box.width() - 1, box.height() - 1).draw(box);
        Frame.title(box, 0, 0, box.width() - 1, "Keys", "");
        for (int i = 0; i < rows; i++) {
            box.put(2, i + 1, help[2 * i], Style.ACCENT);
            box.part(13, i + 1, HELP_WIDTH - 15, 1).put(0, 0, help[2 * i + 1], Style.TEXT);
        }
    }
}
