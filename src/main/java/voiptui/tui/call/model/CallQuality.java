package voiptui.tui.call.model;

import java.util.Map;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.VoiceEvent;

/**
 * What is measured of the call. Immutable.
 *
 * @param network loss and jitter of what this side receives
 * @param peer what the other side reports about what it receives
 * @param buffer the jitter buffer
 * @param voice how the voice sounds, and what carries it
 * @param verdict how good that is
 * @param totals all counters of the call; empty before the first reading
 */
public record CallQuality(
        NetworkHistory network,
        PeerReports peer,
        BufferHistory buffer,
        VoiceReadings voice,
        VerdictHistory verdict,
        Map<Counter, Long> totals) {

    static final CallQuality NONE = new CallQuality(
            NetworkHistory.NONE,
            PeerReports.NONE,
            BufferHistory.NONE,
            VoiceReadings.NONE,
            VerdictHistory.NONE,
            Map.of());

    /** Returns a copy with new network statistics. */
    public CallQuality with(CallEvent.NetworkStats stats, long nowMs) {
        return new CallQuality(network.with(stats, nowMs), peer, buffer, voice, verdict, totals);
    }

    /** Returns a copy with another report from the peer. */
    public CallQuality with(CallEvent.PeerReport report) {
        return new CallQuality(network, peer.with(report), buffer, voice, verdict, totals);
    }

    /** Returns a copy with another reading of the jitter buffer. */
    public CallQuality with(CallEvent.PlayoutDelay delay) {
        return new CallQuality(network, peer, buffer.with(delay), voice, verdict, totals);
    }

    /** Returns a copy with another reading about the voice. */
    public CallQuality with(VoiceEvent reading) {
        return reading instanceof VoiceEvent.Quality quality
                ? new CallQuality(network, peer, buffer, voice, verdict.with(quality, voice), totals)
                : new CallQuality(network, peer, buffer, voice.with(reading), verdict, totals);
    }

    /** Returns a copy with new counters. */
    public CallQuality with(CallEvent.Totals newTotals) {
        return new CallQuality(network, peer, buffer, voice, verdict, newTotals.counters());
    }
}
