package voiptui.media.quality;

import org.jspecify.annotations.Nullable;
import voiptui.event.Grade;
import voiptui.voice.EModel;

/**
 * Turns the opinion score of one direction into a grade that does not flicker: a worse one counts after {@value #WORSE_MS}
 * ms, a better one after {@value #BETTER_MS} ms and only with a margin.
 *
 * <p>The limits are those of ITU-T G.107, table B.1: from R = 80 on users are satisfied, below 70 many are dissatisfied, below 50
 * nearly all. Owned by one thread.
 */
final class GradeScale {

    static final long WORSE_MS = 1_000;
    static final long BETTER_MS = 4_000;

    /** How far above its limit a score has to be for a better grade. */
    private static final double MARGIN_MOS = 0.1;

    private static final double GOOD_MOS = EModel.mos(80);
    private static final double FAIR_MOS = EModel.mos(70);
    private static final double POOR_MOS = EModel.mos(50);

    private @Nullable Grade grade;
    /** Since when the scores mean a worse or a better grade; {@link Long#MAX_VALUE}: they do not. */
    private long worseSinceMs = Long.MAX_VALUE;

    private long betterSinceMs = Long.MAX_VALUE;

    /**
     * Takes a score into account.
     *
     * @param mos from 1 to 4.5
     * @param nowMs milliseconds on a monotonic clock
     * @return the present grade
     */
    Grade update(double mos, long nowMs) {
        Grade present = grade;
        if (present == null) {
            present = of(mos);
        }
        Grade worse = of(mos);
        Grade better = of(mos - MARGIN_MOS);
        worseSinceMs = worse.isWorseThan(present) ? Math.min(worseSinceMs, nowMs) : Long.MAX_VALUE;
        betterSinceMs = present.isWorseThan(better) ? Math.min(betterSinceMs, nowMs) : Long.MAX_VALUE;
        if (nowMs - worseSinceMs >= WORSE_MS) {
            present = worse;
            worseSinceMs = Long.MAX_VALUE;
        } else if (nowMs - betterSinceMs >= BETTER_MS) {
            present = better;
            betterSinceMs = Long.MAX_VALUE;
        }
        grade = present;
        return present;
    }

    /** Returns the grade of a score alone. */
    static Grade of(double mos) {
        if (mos >= GOOD_MOS) {
            return Grade.GOOD;
        }
        return mos >= FAIR_MOS ? Grade.FAIR : mos >= POOR_MOS ? Grade.POOR : Grade.BAD;
    }
}
