package voiptui.tui.call.pane;

import voiptui.event.CallEvent;
import voiptui.tui.call.model.BufferHistory;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.NumberText;

/** The jitter buffer: the playout delay against its target. */
public final class BufferPane {

    private BufferPane() {}

    /** Draws the pane. */
    public static void draw(CallModel model, Canvas canvas) {
        drawLine(model, canvas.part(0, 0, canvas.width(), 1));
        BufferHistory buffer = model.quality().buffer();
        CallEvent.PlayoutDelay reading = buffer.last();
        if (reading == null) {
            return;
        }
        if (canvas.height() >= 2) {
            String limits = " (" + reading.minMs() + " to " + reading.maxMs() + " ms)";
            canvas.put(
                    0,
                    1,
                    "target " + NumberText.right(Long.toString(Math.round(reading.targetMs())), 3) + " ms" + limits,
                    Style.LABEL);
        }
        if (canvas.height() >= 3) {
            Canvas history = canvas.part(0, 2, canvas.width(), canvas.height() - 2);
            Bar.history(history, buffer.delayMs(), buffer.scaleMs(canvas.width()), delay -> Style.GOOD);
        }
    }

    /** Draws one row: a bar for the delay, with a mark at the target, and the delay. */
    static void drawLine(CallModel model, Canvas row) {
        BufferHistory buffer = model.quality().buffer();
        CallEvent.PlayoutDelay reading = buffer.last();
        if (reading == null) {
            row.put(0, 0, "empty", Style.LABEL);
            return;
        }
        int scaleMs = buffer.scaleMs(row.width());
        String number = NumberText.right(Long.toString(Math.round(reading.delayMs())), 4) + " ms";
        Canvas bar = row.part(0, 0, row.width() - number.length() - 1, 1);
        Bar.draw(bar, reading.delayMs() / scaleMs, place -> Style.GOOD);
        Bar.mark(bar, reading.targetMs() / scaleMs, Style.ACCENT);
        row.putRight(row.width(), 0, number, Style.TEXT);
    }
}
