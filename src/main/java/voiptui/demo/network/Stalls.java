package voiptui.demo.network;

import java.util.SplittableRandom;

/**
 * Times in which nothing gets through: what is sent meanwhile arrives at their end, as when a Wi-Fi adapter scans other channels or
 * a mobile phone changes cells. Immutable; any thread.
 *
 * @param shortestMs shortest stall, in milliseconds
 * @param longestMs longest stall; each length in between is equally likely
 * @param firstAtMs when the first one begins, in milliseconds after the first packet
 * @param shortestPauseMs shortest time from the end of a stall to the next, in milliseconds
 * @param longestPauseMs longest such time; infinite: there is only one stall
 */
public record Stalls(
        double shortestMs, double longestMs, double firstAtMs, double shortestPauseMs, double longestPauseMs) {

    /** No stalls. */
    public static final Stalls NONE = once(0, Double.POSITIVE_INFINITY);

    /** Checks that the limits are in order. */
    public Stalls {
        Figures.requireMs("a stall", shortestMs);
        Figures.requireMs("a stall", longestMs);
        Figures.require(firstAtMs >= 0 && shortestPauseMs > 0, "the pause between stalls must be positive");
        Figures.require(
                shortestMs <= longestMs && shortestPauseMs <= longestPauseMs,
                "the shortest stall or pause must not exceed the longest");
    }

    /** Returns stalls of one length at regular intervals, from beginning to beginning. */
    public static Stalls every(double intervalMs, double lengthMs) {
        return new Stalls(lengthMs, lengthMs, intervalMs, intervalMs - lengthMs, intervalMs - lengthMs);
    }

    /** Returns a single stall. */
    public static Stalls once(double lengthMs, double atMs) {
        return new Stalls(lengthMs, lengthMs, atMs, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    double drawLengthMs(SplittableRandom random) {
        return shortestMs + (longestMs - shortestMs) * random.nextDouble();
    }

    double drawPauseMs(SplittableRandom random) {
        return Double.isInfinite(longestPauseMs)
                ? Double.POSITIVE_INFINITY
                : shortestPauseMs + (longestPauseMs - shortestPauseMs) * random.nextDouble();
    }

    /** Returns the description for users, such as {@code "stalls of 200 to 500 ms"}; empty for none. */
    public String describe() {
        if (longestMs == 0) {
            return "";
        }
        String length = shortestMs == longestMs
                ? Figures.text(shortestMs)
                : Figures.text(shortestMs) + " to " + Figures.text(longestMs);
        return (Double.isInfinite(longestPauseMs) ? "one stall of " : "stalls of ") + length + " ms";
    }
}
