package voiptui.tui.device;

import voiptui.tui.terminal.Canvas;
import voiptui.tui.terminal.Style;
import voiptui.tui.widget.Bar;

/** The level of a microphone or a speaker as a bar with the held peak, and its scale. Pure drawing. */
public final class LevelBar {

    /** The left end of the bar; the right end is full scale, 0 dBFS. */
    private static final double LOWEST_DBFS = -60;

    private static final double LOUD_DBFS = -12;
    private static final double TOO_LOUD_DBFS = -3;
    private static final int SCALE_STEP_DB = 12;

    private LevelBar() {}

    /** Draws the bar over a row; without colors if it is muted. */
    public static void draw(Canvas row, PeakMeter meter, boolean muted) {
        Bar.draw(row, fraction(meter.peakDbfs()), place -> muted ? Style.LABEL : styleOf(dbfsAt(place)));
        if (meter.heldDbfs() > LOWEST_DBFS) {
            Bar.mark(row, fraction(meter.heldDbfs()), muted ? Style.LABEL : styleOf(meter.heldDbfs()));
        }
    }

    /** Draws the scale of a bar as wide as the row. */
    public static void drawScale(Canvas row) {
        for (int dbfs = (int) LOWEST_DBFS; dbfs <= 0; dbfs += SCALE_STEP_DB) {
            String number = Integer.toString(dbfs);
            int column = (int) Math.round(fraction(dbfs) * row.width());
            row.put(
                    Math.max(0, Math.min(row.width() - number.length(), column - number.length() / 2)),
                    0,
                    number,
                    Style.LABEL);
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
}
