package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * How the network treats the call: the totals, and what came of them second by second.
 *
 * @param totals the last reading; {@code null} before the first
 * @param secondBegan the reading at the beginning of the present second; {@code null} before the first
 * @param secondBeganMs when that was
 * @param lossPercent packets lost in each second, of those that should have come
 * @param jitterMs interarrival jitter in each second
 * @param concealedMs sound made up in each second
 * @param worst the worst moment so far; {@code null} while there was none
 */
public record NetworkReading(
        CallEvent.NetworkStats totals,
        CallEvent.NetworkStats secondBegan,
        long secondBeganMs,
        History lossPercent,
        History jitterMs,
        History concealedMs,
        Worst worst) {

    /** The loss of "now" is that of so many seconds: of one alone it would jump between 0 and 2 per cent. */
    static final int NOW_SECONDS = 5;

    private static final long SECOND_MS = 950;

    static final NetworkReading NONE =
            new NetworkReading(null, null, 0, History.EMPTY, History.EMPTY, History.EMPTY, null);

    /**
     * The five seconds in which most was missing.
     *
     * @param atMs when they ended
     * @param lossPercent packets lost in them
     * @param concealedMs sound made up in them
     */
    public record Worst(long atMs, double lossPercent, double concealedMs) {}

    /** With a new reading. */
    NetworkReading with(CallEvent.NetworkStats reading, long nowMs) {
        if (secondBegan == null) {
            return new NetworkReading(reading, reading, nowMs, lossPercent, jitterMs, concealedMs, worst);
        }
        if (nowMs - secondBeganMs < SECOND_MS) {
            return new NetworkReading(reading, secondBegan, secondBeganMs, lossPercent, jitterMs, concealedMs, worst);
        }
        History loss = lossPercent.with(percent(secondBegan, reading));
        History concealed = concealedMs.with(Math.max(0, reading.concealedMs() - secondBegan.concealedMs()));
        NetworkReading next =
                new NetworkReading(reading, reading, nowMs, loss, jitterMs.with(reading.jitterMs()), concealed, worst);
        return next.rememberWorst(nowMs);
    }

    private NetworkReading rememberWorst(long nowMs) {
        double loss = lossNowPercent();
        double concealed = 0;
        for (int i = 0; i < Math.min(NOW_SECONDS, concealedMs.size()); i++) {
            concealed += concealedMs.latest(i);
        }
        boolean worse = concealed > (worst == null ? 0 : worst.concealedMs())
                || loss > (worst == null ? 0 : worst.lossPercent());
        return !worse
                ? this
                : new NetworkReading(
                        totals,
                        secondBegan,
                        secondBeganMs,
                        lossPercent,
                        jitterMs,
                        concealedMs,
                        new Worst(nowMs, loss, concealed));
    }

    /** Packets lost between two readings, in per cent; a packet that was given up and came after all does not count. */
    private static double percent(CallEvent.NetworkStats from, CallEvent.NetworkStats to) {
        return percent(to.packetsLost() - from.packetsLost(), to.packetsReceived() - from.packetsReceived());
    }

    private static double percent(long lost, long received) {
        return lost <= 0 ? 0 : 100.0 * lost / (lost + Math.max(0, received));
    }

    /** The loss of the last few seconds. */
    double lossNowPercent() {
        double sum = 0;
        int seconds = Math.min(NOW_SECONDS, lossPercent.size());
        for (int i = 0; i < seconds; i++) {
            sum += lossPercent.latest(i);
        }
        return seconds == 0 ? 0 : sum / seconds;
    }

    /** The loss of the whole call. */
    double lossPercentInAll() {
        return totals == null ? 0 : percent(totals.packetsLost(), totals.packetsReceived());
    }
}
