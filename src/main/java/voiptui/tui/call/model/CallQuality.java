package voiptui.tui.call.model;

import java.util.Map;
import voiptui.event.CallEvent;
import voiptui.event.Counter;

/**
 * What is measured of the call. Immutable.
 *
 * @param network loss and jitter of what this side receives
 * @param peer what the other side reports about what it receives
 * @param buffer the jitter buffer
 * @param totals all counters of the call; empty before the first reading
 */
public record CallQuality(NetworkHistory network, PeerReports peer, BufferHistory buffer, Map<Counter, Long> totals) {

    static final CallQuality NONE =
            new CallQuality(NetworkHistory.NONE, PeerReports.NONE, BufferHistory.NONE, Map.of());

    /** Returns a copy with new network statistics. */
    public CallQuality with(CallEvent.NetworkStats stats, long nowMs) {
        return new CallQuality(network.with(stats, nowMs), peer, buffer, totals);
    }

    /** Returns a copy with another report from the peer. */
    public CallQuality with(CallEvent.PeerReport report) {
        return new CallQuality(network, peer.with(report), buffer, totals);
    }

    /** Returns a copy with another reading of the jitter buffer. */
    public CallQuality with(CallEvent.PlayoutDelay delay) {
        return new CallQuality(network, peer, buffer.with(delay), totals);
    }

    /** Returns a copy with new counters. */
    public CallQuality with(CallEvent.Totals newTotals) {
        return new CallQuality(network, peer, buffer, newTotals.counters());
    }
}
