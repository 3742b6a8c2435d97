package voiptui.bench;

/**
 * How a relay is measured.
 *
 * @param mostCalls the greatest number of calls to try, at least 1
 * @param packetsPerS packets per second of each side of a call, 1 to 1,000
 * @param packetBytes the length of RTP packets; classic packets have theirs
 * @param classicPercent the part of the calls that are between classic clients
 * @param maxLossPercent the loss above which calls count as not carried
 * @param stepMs how long each number of calls is measured, in milliseconds
 * @param measureMs how long the greatest number is measured in the end, in milliseconds
 */
public record BenchSettings(
        int mostCalls,
        int packetsPerS,
        int packetBytes,
        int classicPercent,
        double maxLossPercent,
        long stepMs,
        long measureMs) {

    /** Returns how many of the first {@code calls} calls are between classic clients: evenly distributed. */
    int classicAmong(int calls) {
        return (int) ((long) calls * classicPercent / 100);
    }

    /** Returns whether a call, counted from 0, is between classic clients. */
    boolean isClassic(int call) {
        return classicAmong(call + 1) > classicAmong(call);
    }
}
