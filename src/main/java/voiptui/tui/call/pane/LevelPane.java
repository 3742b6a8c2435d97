package voiptui.tui.call.pane;

import voiptui.event.AudioDirection;
import voiptui.event.ProcessingMode;
import voiptui.tui.call.model.AudioLevel;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.device.LevelBar;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.NumberText;

/** The level of the microphone or the speaker: a bar with the held peak, its value, gain and problems. */
public final class LevelPane {

    private static final int NUMBER_COLUMNS = 11;

    private LevelPane() {}

    /** Draws the pane of one direction. */
    public static void draw(CallModel model, AudioDirection direction, Canvas canvas) {
        boolean input = direction == AudioDirection.INPUT;
        AudioLevel level = model.audio().level(direction);
        Canvas bar = canvas.part(0, 0, canvas.width() - NUMBER_COLUMNS, 1);
        LevelBar.draw(bar, level.meter(), input && model.audio().mute().on());
        boolean clipping = level.meter().isClipping(model.nowMs());
        canvas.putRight(
                canvas.width(),
                0,
                clipping
                        ? "CLIPPING"
                        : level.silentSinceMs() > 0
                                ? "no sound"
                                : NumberText.dbfs(level.meter().heldDbfs(), canvas.glyphs()),
                clipping ? Style.BAD : level.silentSinceMs() > 0 ? Style.WARN : Style.TEXT);
        if (canvas.height() >= 3) {
            LevelBar.drawScale(canvas.part(0, 1, bar.width(), 1));
        }
        if (canvas.height() >= 2) {
            drawStatus(model, level, canvas.part(0, canvas.height() - 1, canvas.width(), 1));
        }
    }

    private static void drawStatus(CallModel model, AudioLevel level, Canvas row) {
        boolean input = level.direction() == AudioDirection.INPUT;
        int column = row.put(0, 0, input ? "gain " : "volume ", Style.LABEL);
        row.put(column, 0, NumberText.gain(level.gainDb()), Style.TEXT);
        if (input && model.audio().mute().on()) {
            row.putRight(row.width(), 0, "muted", Style.WARN);
        } else if (!input && model.progress().isPeerHolding()) {
            row.putRight(row.width(), 0, "on hold by " + PeerName.of(model, row.glyphs()), Style.WARN);
        } else if (!input && model.progress().isPeerMuted()) {
            row.putRight(row.width(), 0, "muted by " + PeerName.of(model, row.glyphs()), Style.WARN);
        } else if (level.device().problem() != null) {
            row.putRight(row.width(), 0, "none", Style.WARN);
        } else if (level.silentSinceMs() > 0) {
            row.putRight(
                    row.width(), 0, "silent for " + NumberText.ago(model.nowMs() - level.silentSinceMs()), Style.WARN);
        } else if (level.tonePlaying()) {
            row.putRight(row.width(), 0, "test tone", Style.ACCENT);
        } else if (input && model.audio().processing() != ProcessingMode.OFF) {
            row.putRight(
                    row.width(), 0, "processing " + model.audio().processing().option(), Style.LABEL);
        }
    }
}
