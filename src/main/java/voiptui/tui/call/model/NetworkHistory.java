package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * Loss, jitter and concealment of what this side receives: totals and history per second. Immutable.
 *
 * @param totals the last reading; null: none yet
 * @param secondBegan the reading at the start of the current second; null: none yet
 * @param secondBeganMs when that was
 * @param lossPercent packets lost in each second, in percent of those expected
 * @param jitterMs interarrival jitter in each second (RFC 3550, 6.4.1)
 * @param concealedMs audio concealed in each second
 * @param worst the worst moment so far; null: none
 */
public record NetworkHistory(
        CallEvent.@Nullable NetworkStats totals,
        CallEvent.@Nullable NetworkStats secondBegan,
        long secondBeganMs,
        History lossPercent,
        History jitterMs,
        History concealedMs,
        @Nullable Worst worst) {

    /** "Now" covers this many seconds: the loss of a single second would jump between 0 and 2 percent. */
    public static final int NOW_SECONDS = 5;

    private static final long SECOND_MS = 950;

    static final NetworkHistory NONE =
            new NetworkHistory(null, null, 0, History.EMPTY, History.EMPTY, History.EMPTY, null);

    /**
     * The five seconds with most loss or concealment.
     *
     * @param atMs when they ended
     * @param lossPercent packets lost in them, in percent
     * @param concealedMs audio concealed in them
     */
    public record Worst(long atMs, double lossPercent, double concealedMs) {}

    NetworkHistory with(CallEvent.NetworkStats reading, long nowMs) {
        if (secondBegan == null) {
            return new NetworkHistory(reading, reading, nowMs, lossPercent, jitterMs, concealedMs, worst);
        }
        if (nowMs - secondBeganMs < SECOND_MS) {
            return new NetworkHistory(reading, secondBegan, secondBeganMs, lossPercent, jitterMs, concealedMs, worst);
        }
        History loss = lossPercent.with(percent(secondBegan, reading));
        History concealed = concealedMs.with(Math.max(0, reading.concealedMs() - secondBegan.concealedMs()));
        NetworkHistory next =
                new NetworkHistory(reading, reading, nowMs, loss, jitterMs.with(reading.jitterMs()), concealed, worst);
        return next.rememberWorst(nowMs);
    }

    private NetworkHistory rememberWorst(long nowMs) {
        double loss = lossNowPercent();
        double concealed = concealedMs.sum(NOW_SECONDS);
        boolean worse = concealed > (worst == null ? 0 : worst.concealedMs())
                || loss > (worst == null ? 0 : worst.lossPercent());
        return !worse
                ? this
                : new NetworkHistory(
                        totals,
                        secondBegan,
                        secondBeganMs,
                        lossPercent,
                        jitterMs,
                        concealedMs,
                        new Worst(nowMs, loss, concealed));
    }

    /** Returns the loss between two readings, in percent; a packet given up that arrived after all does not count. */
    private static double percent(CallEvent.NetworkStats from, CallEvent.NetworkStats to) {
        return percent(to.packetsLost() - from.packetsLost(), to.packetsReceived() - from.packetsReceived());
    }

    private static double percent(long lost, long received) {
        return lost <= 0 ? 0 : 100.0 * lost / (lost + Math.max(0, received));
    }

    /** Returns the loss of the last five seconds, in percent. */
    public double lossNowPercent() {
        return lossPercent.mean(NOW_SECONDS);
    }

    /** Returns the loss of the whole call, in percent. */
    public double lossPercentInAll() {
        return totals == null ? 0 : percent(totals.packetsLost(), totals.packetsReceived());
    }
}
