package voiptui.tui.call.pane;

import java.util.Locale;
import voiptui.event.CallEvent;
import voiptui.report.Printable;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.call.model.CallSecurity;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Box;

/** The words that the two sides read to each other, in large letters. Pure drawing. */
public final class WordsBox {

    private static final int COLUMNS = 52;
    /** Rows of a canvas in which the words have a blank row between them. */
    private static final int ROOMY_HEIGHT = 20;

    private static final int WORDS_COLUMN = 10;

    private WordsBox() {}

    /** Draws the box over the panes. */
    public static void draw(CallModel model, Canvas canvas) {
        CallSecurity security = model.progress().security();
        if (!security.hasWords()) {
            Canvas inside = Box.draw(canvas, "Verify", COLUMNS, 3);
            inside.put(0, 0, why(security), Style.WARN);
            inside.put(0, 2, "there are no words to compare", Style.LABEL);
            return;
        }
        int step = canvas.height() >= ROOMY_HEIGHT ? 2 : 1;
        int count = security.words().size();
        int rows = 2 + count * step - (step - 1) + 2;
        Canvas inside = Box.draw(canvas, "Verify", COLUMNS, rows);
        inside.put(0, 0, "Each of you reads every other word aloud:", Style.TITLE);
        boolean readsFirst = security.state() != null && security.state().readsFirst();
        for (int i = 0; i < count; i++) {
            boolean mine = (i % 2 == 0) == readsFirst;
            int row = 2 + i * step;
            inside.put(0, row, mine ? "you" : "they", mine ? Style.ACCENT : Style.LABEL);
            inside.put(WORDS_COLUMN, row, large(security.words().get(i)), mine ? Style.ACCENT : Style.TITLE);
        }
        inside.put(
                0,
                rows - 1,
                security.isVerified()
                        ? "You have verified " + Printable.of(model.setting().peer()) + "."
                        : "The same words on both sides?",
                security.isVerified() ? Style.GOOD : Style.TEXT);
    }

    private static String why(CallSecurity security) {
        CallEvent.EncryptionChanged state = security.state();
        return state == null ? "the call is not connected" : state.encryption().text(false);
    }

    /** Returns a word in spaced capitals. */
    private static String large(String word) {
        return String.join(" ", Printable.of(word).toUpperCase(Locale.ROOT).split(""));
    }
}
