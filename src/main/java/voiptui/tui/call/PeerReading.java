package voiptui.tui.call;

import voiptui.event.CallEvent;
import voiptui.tui.widget.History;

/**
 * What the other side hears of us, by its reports.
 *
 * @param last its last report; {@code null} before the first
 * @param lossPercent packets of ours that did not arrive there, in each report
 * @param rttMs the way there and back, in each report that knew it
 */
public record PeerReading(CallEvent.PeerReport last, History lossPercent, History rttMs) {

    static final PeerReading NONE = new PeerReading(null, History.EMPTY, History.EMPTY);

    PeerReading with(CallEvent.PeerReport report) {
        return new PeerReading(
                report,
                lossPercent.with(report.lossPercent()),
                report.rttMs() == null ? rttMs : rttMs.with(report.rttMs()));
    }

    /** The loss of the last few reports, which come once a second. */
    double lossNowPercent() {
        int reports = Math.min(NetworkReading.NOW_SECONDS, lossPercent.size());
        double sum = 0;
        for (int i = 0; i < reports; i++) {
            sum += lossPercent.latest(i);
        }
        return reports == 0 ? 0 : sum / reports;
    }

    /** The loss of the whole call, of so many packets that we sent. */
    double lossPercentInAll(long packetsSent) {
        return last == null || packetsSent <= 0 ? 0 : Math.min(100, 100.0 * last.packetsLost() / packetsSent);
    }
}
