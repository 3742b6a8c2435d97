package voiptui.tui.call;

import voiptui.event.AudioDirection;
import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;
import voiptui.tui.widget.NumberText;

/** How loud the microphone or the speaker is: a bar with the held peak, its number, and what was done to it. */
final class LevelPane {

    /** Where the bar begins; at its end is full scale. */
    private static final double LOWEST_DBFS = -60;

    private static final double LOUD_DBFS = -12;
    private static final double TOO_LOUD_DBFS = -3;
    private static final int NUMBER_COLUMNS = 11;

    private LevelPane() {}

    static void draw(CallModel model, AudioDirection direction, Canvas canvas) {
        boolean input = direction == AudioDirection.INPUT;
        CallModel.Level level = input ? model.microphone() : model.speaker();
        Canvas bar = canvas.part(0, 0, canvas.width() - NUMBER_COLUMNS, 1);
        drawBar(bar, level, input && model.muting().on());
        boolean clipping = level.isClipping(model.nowMs());
        canvas.putRight(
                canvas.width(),
                0,
                clipping ? "CLIPPING" : NumberText.dbfs(level.heldDbfs(), canvas.glyphs()),
                clipping ? Style.BAD : Style.TEXT);
        if (canvas.height() >= 3) {
            drawScale(canvas.part(0, 1, bar.width(), 1));
        }
        if (canvas.height() >= 2) {
            drawRemarks(model, level, canvas.part(0, canvas.height() - 1, canvas.width(), 1));
        }
    }

    /** The bar alone, without a number. */
    static void drawBar(Canvas row, CallModel.Level level, boolean muted) {
        Bar.draw(row, fraction(level.peakDbfs()), place -> muted ? Style.LABEL : styleOf(dbfsAt(place)));
        if (level.heldDbfs() > LOWEST_DBFS) {
            Bar.mark(row, fraction(level.heldDbfs()), muted ? Style.LABEL : styleOf(level.heldDbfs()));
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
                    Style.FAINT);
        }
    }

    private static void drawRemarks(CallModel model, CallModel.Level level, Canvas row) {
        boolean input = level.direction() == AudioDirection.INPUT;
        int column = row.put(0, 0, input ? "gain " : "volume ", Style.LABEL);
        row.put(column, 0, NumberText.gain(level.gainDb()), Style.TEXT);
        if (input && model.muting().on()) {
            row.putRight(row.width(), 0, "muted", Style.WARN);
        } else if (level.problem() != null) {
            row.putRight(row.width(), 0, "none", Style.WARN);
        } else if (level.silentSinceMs() > 0) {
            row.putRight(
                    row.width(), 0, "silent for " + NumberText.ago(model.nowMs() - level.silentSinceMs()), Style.WARN);
        } else if (level.tonePlaying()) {
            row.putRight(row.width(), 0, "test tone", Style.ACCENT);
        }
    }
}
