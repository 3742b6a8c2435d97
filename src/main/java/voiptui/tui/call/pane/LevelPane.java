package voiptui.tui.call.pane;

import voiptui.event.AudioDirection;
import voiptui.event.ProcessingMode;
import voiptui.tui.call.model.AudioLevel;
import voiptui.tui.call.model.CallModel;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.NumberText;

/** The level of the microphone or the speaker: a bar with the held peak, its value, gain and problems. */
public final class LevelPane {

    /** The left end of the bar; the right end is full scale, 0 dBFS. */
    private static final double LOWEST_DBFS = -60;

    private static final double LOUD_DBFS = -12;
    private static final double TOO_LOUD_DBFS = -3;
    private static final int NUMBER_COLUMNS = 11;

    private LevelPane() {}

    /** Draws the pane of one direction. */
    public static void draw(CallModel model, AudioDirection direction, Canvas canvas) {
        boolean input = direction == AudioDirection.INPUT;
        AudioLevel level = model.audio().level(direction);
        Canvas bar = canvas.part(0, 0, canvas.width() - NUMBER_COLUMNS, 1);
        drawBar(bar, level.meter(), input && model.audio().mute().on());
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
            drawScale(canvas.part(0, 1, bar.width(), 1));
        }
        if (canvas.height() >= 2) {
            drawStatus(model, level, canvas.part(0, canvas.height() - 1, canvas.width(), 1));
        }
    }

    /** Draws the bar alone, without the value. */
    static void drawBar(Canvas row, AudioLevel.Meter meter, boolean muted) {
        Bar.draw(row, fraction(meter.peakDbfs()), place -> muted ? Style.LABEL : styleOf(dbfsAt(place)));
        if (meter.heldDbfs() > LOWEST_DBFS) {
            Bar.mark(row, fraction(meter.heldDbfs()), muted ? Style.LABEL : styleOf(meter.heldDbfs()));
        }
    }

    private static double fraction(double dbfs) {
        return 1 - dbfs / LOWEST_DBFS;
    }

    private static double dbfsAt(double fraction) {
        return (1 - fraction) * LOWEST_DBFS;
    }

    private static Style styleOf(double dbfs) {
        return dbfs < LOUD_DBFS ? Style.GOOD : dbfs < TOO_LOUD_DBFS ? Style.WARN : Style.BAD;
    }

    private static void drawScale(Canvas row) {
        for (int dbfs = (int) LOWEST_DBFS; dbfs <= 0; dbfs += 12) {
            String number = Integer.toString(dbfs);
            int column = (int) Math.round(fraction(dbfs) * row.width());
            row.put(
                    Math.max(0, Math.min(row.width() - number.length(), column - number.length() / 2)),
                    0,
                    number,
                    Style.LABEL);
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
