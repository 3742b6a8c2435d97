package voiptui.tui.call.pane;

import voiptui.event.CallEvent;
import voiptui.tui.call.model.BufferHistory;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.NumberText;

/** The jitter buffer: its depth against target and capacity. */
public final class BufferPane {

    private BufferPane() {}

    /** Draws the pane. */
    public static void draw(CallModel model, Canvas canvas) {
        BufferHistory buffer = model.quality().buffer();
        CallEvent.JitterBufferFill fill = buffer.last();
        if (fill == null) {
            canvas.put(0, 0, "empty", Style.LABEL);
            return;
        }
        int capacityMs = buffer.capacityMs();
        String number = NumberText.right(Integer.toString(fill.depthMs()), 4) + " ms";
        Canvas bar = canvas.part(0, 0, canvas.width() - number.length() - 1, 1);
        Bar.draw(bar, (double) fill.depthFrames() / fill.capacityFrames(), place -> Style.GOOD);
        Bar.mark(bar, (double) fill.targetMs() / capacityMs, Style.ACCENT);
        canvas.putRight(canvas.width(), 0, number, Style.TEXT);
        if (canvas.height() >= 2) {
            String frames = fill.depthFrames() + " of " + fill.capacityFrames() + " frames";
            canvas.put(0, 1, frames + ", target " + fill.targetMs() + " ms", Style.LABEL);
        }
        if (canvas.height() >= 3) {
            Canvas history = canvas.part(0, 2, canvas.width(), canvas.height() - 2);
            Bar.history(history, buffer.depthMs(), capacityMs, depth -> Style.GOOD);
        }
    }
}
