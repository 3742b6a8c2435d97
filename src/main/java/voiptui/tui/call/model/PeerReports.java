package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * What the other side reports about what it receives (RTCP, RFC 3550). Immutable.
 *
 * @param last its last report; null: none yet
 * @param lossPercent loss in each report
 * @param rttMs round trip in each report that had one
 */
public record PeerReports(CallEvent.@Nullable PeerReport last, History lossPercent, History rttMs) {

    static final PeerReports NONE = new PeerReports(null, History.EMPTY, History.EMPTY);

    PeerReports with(CallEvent.PeerReport report) {
        Double rtt = report.rttMs();
        return new PeerReports(report, lossPercent.with(report.lossPercent()), rtt == null ? rttMs : rttMs.with(rtt));
    }

    /** Returns the loss of the last five reports, one a second, in percent. */
    public double lossNowPercent() {
        return lossPercent.mean(NetworkHistory.NOW_SECONDS);
    }

    /** Returns the loss of the whole call, in percent of {@code packetsSent}. */
    public double lossPercentInAll(long packetsSent) {
        return last == null || packetsSent <= 0 ? 0 : Math.min(100, 100.0 * last.packetsLost() / packetsSent);
    }
}
