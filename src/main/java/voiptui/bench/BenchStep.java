package voiptui.bench;

/**
 * What was measured with one number of calls.
 *
 * @param calls the calls in which both sides sent
 * @param classicCalls how many of them were between classic clients
 * @param wantedPerS packets per second that should have been sent
 * @param sentPerS packets per second that this program managed to send
 * @param receivedPerS packets per second that came back from the relay
 * @param lossPercent the part of the sent packets that did not arrive
 * @param delay how long packets were under way
 * @param directP99Ms what 99 % of the packets stayed below that went past the relay, in milliseconds
 * @param relayCpuPercent processor time of the relay, in percent of one core; negative: unknown
 * @param relayBytes resident memory of the relay; negative: unknown
 * @param benchCpuPercent processor time of this program, in percent of one core; negative: unknown
 */
public record BenchStep(
        int calls,
        int classicCalls,
        double wantedPerS,
        double sentPerS,
        double receivedPerS,
        double lossPercent,
        Delay delay,
        double directP99Ms,
        double relayCpuPercent,
        long relayBytes,
        double benchCpuPercent) {

    /** What is unknown. */
    public static final int UNKNOWN = -1;
    /** With less than this part of the packets sent, the bench is too slow, and the result says nothing about more calls. */
    private static final double ON_TIME = 0.97;

    /** Parts of all packets, and what they stayed below, in milliseconds. */
    public record Delay(double p50Ms, double p90Ms, double p99Ms, double p999Ms, double mostMs) {

        static Delay of(Delays delays) {
            return new Delay(
                    delays.percentileMs(50),
                    delays.percentileMs(90),
                    delays.percentileMs(99),
                    delays.percentileMs(99.9),
                    delays.percentileMs(100));
        }
    }

    /** Returns whether this program sent what it should have. */
    public boolean isOnTime() {
        return sentPerS >= ON_TIME * wantedPerS;
    }

    /** Returns whether the relay carried the calls, and this program measured it. */
    public boolean isCarried(double maxLossPercent) {
        return isOnTime() && lossPercent <= maxLossPercent;
    }
}
