package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.NumberText;

/** How full the jitter buffer is, against what it aims at and what it holds. */
final class BufferPane {

    private BufferPane() {}

    static void draw(BufferReading buffer, Canvas canvas) {
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
            canvas.put(
                    0,
                    1,
                    fill.depthFrames() + " of " + fill.capacityFrames() + " frames, target " + fill.targetMs() + " ms",
                    Style.LABEL);
        }
        if (canvas.height() >= 3) {
            Bar.history(
                    canvas.part(0, 2, canvas.width(), canvas.height() - 2),
                    buffer.depthMs(),
                    capacityMs,
                    depth -> Style.GOOD);
        }
    }
}
