package voiptui.history;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voiptui.event.Grade;
import voiptui.event.MediaDirection;

/** How long each grade of a call held; at any time, the worse of its two directions counts. Owned by the tracker's thread. */
final class GradeTimes {

    /** A grade counts if it, or a worse one, held for this share of the time. */
    private static final int SHARE = 10;

    private final Map<MediaDirection, Grade> present = new EnumMap<>(MediaDirection.class);
    private final Map<Grade, Long> heldNs = new EnumMap<>(Grade.class);
    private long sinceNs;

    /**
     * A direction has a new grade.
     *
     * @param nowNs the present time of the tracker's clock
     */
    void onChange(MediaDirection direction, Grade grade, long nowNs) {
        countUntil(nowNs);
        present.put(direction, grade);
    }

    private void countUntil(long nowNs) {
        Grade grade = worstNow();
        if (grade != null) {
            heldNs.merge(grade, nowNs - sinceNs, Long::sum);
        }
        sinceNs = nowNs;
    }

    private @Nullable Grade worstNow() {
        return present.values().stream().max(Grade::compareTo).orElse(null);
    }

    /**
     * Returns the worst grade that held for at least a tenth of the time since the first; null: there was none.
     *
     * @param nowNs the end of the call by the tracker's clock
     */
    @Nullable
    Grade ofCall(long nowNs) {
        countUntil(nowNs);
        long allNs = heldNs.values().stream().mapToLong(Long::longValue).sum();
        long worseNs = 0;
        Grade[] grades = Grade.values();
        for (int at = grades.length - 1; at >= 0; at--) {
            worseNs += heldNs.getOrDefault(grades[at], 0L);
            if (heldNs.containsKey(grades[at]) && worseNs * SHARE >= allNs) {
                return grades[at];
            }
        }
        return null;
    }
}
