package voiptui.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a relay carries.
 *
 * @param best the greatest number of calls that was carried, measured at length; null: none was
 * @param signInsPerS v2 phones signed in per second
 * @param limit why there were not more
 * @param explanation for users; empty: the limit says all
 */
public record BenchResult(@Nullable BenchStep best, double signInsPerS, Limit limit, String explanation) {

    /** Why there were not more calls. */
    public enum Limit {
        /** More lost too many packets. */
        LOSS,
        /** This program could not send more. */
        BENCH,
        /** There were to be no more. */
        CALLS,
        /** The relay refused more phones. */
        REFUSED,
        /** The user stopped it. */
        INTERRUPTED
    }
}
