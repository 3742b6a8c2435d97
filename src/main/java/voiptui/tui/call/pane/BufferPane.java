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
        BufferHistory buffer = model.quality().buffer();
        CallEvent.PlayoutDelay reading = buffer.last();
        if (reading == null) {
            canvas.put(0, 0, "empty", Style.LABEL);
            return;
        }
        int scaleMs = buffer.scaleMs(canvas.width());
        String number = NumberText.right(Long.toString(Math.round(reading.delayMs())), 4) + " ms";
        Canvas bar = canvas.part(0, 0, canvas.width() - number.length() - 1, 1);
        Bar.draw(bar, reading.delayMs() / scaleMs, place -> Style.GOOD);
        Bar.mark(bar, reading.targetMs() / scaleMs, Style.ACCENT);
        canvas.putRight(canvas.width(), 0, number, Style.TEXT);
        if (canvas.height() >= 2) {
            String limits = " (" + reading.minMs() + " to " + reading.maxMs() + " ms)";
            canvas.put(0, 1, "target " + Math.round(reading.targetMs()) + " ms" + limits, Style.LABEL);
        }
        if (canvas.height() >= 3) {
            Canvas history = canvas.part(0, 2, canvas.width(), canvas.height() - 2);
            Bar.history(history, buffer.delayMs(), scaleMs, delay -> Style.GOOD);
        }
    }
}
