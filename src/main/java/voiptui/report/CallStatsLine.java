package voiptui.report;

import java.util.Locale;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.SessionEvent;

/** The latest readings of a call, and a line with them. Owned by its printing thread. */
final class CallStatsLine {

    private CallEvent.NetworkStats network;
    private CallEvent.JitterBufferFill fill;
    private CallEvent.MicLevel micLevel;
    private CallEvent.RelayAnswered answered;
    private CallEvent.PeerReport there;
    private SessionEvent.PathReading path;

    /** Takes note of {@code event} if it is one of them. */
    void onEvent(Event event) {
        if (event instanceof CallEvent.NetworkStats reading) {
            network = reading;
        } else if (event instanceof CallEvent.JitterBufferFill reading) {
            fill = reading;
        } else if (event instanceof CallEvent.MicLevel reading) {
            micLevel = reading;
        } else if (event instanceof CallEvent.RelayAnswered reading) {
            answered = reading;
        } else if (event instanceof CallEvent.PeerReport reading) {
            there = reading;
        } else if (event instanceof SessionEvent.PathReading reading) {
            path = reading;
        }
    }

    /** Forgets the call; the way to the relay stays. */
    void endCall() {
        network = null;
        fill = null;
        micLevel = null;
        there = null;
    }

    /** The numbers of the moment, in one line. */
    String line() {
        if (network == null || fill == null) {
            return "no numbers yet";
        }
        return String.format(
                Locale.ROOT,
                "sent %d, received %d, lost %d, late %d, duplicate %d, reordered %d;"
                        + " jitter %.1f ms, buffer %d ms of %d, concealed %d ms%s; microphone %.0f dBFS%s; relay %s",
                network.packetsSent(),
                network.packetsReceived(),
                network.packetsLost(),
                network.packetsLate(),
                network.packetsDuplicate(),
                network.packetsReordered(),
                network.jitterMs(),
                fill.depthMs(),
                fill.targetMs(),
                network.concealedMs(),
                there == null ? "" : there(),
                micLevel == null ? CallEvent.SILENCE_DBFS : micLevel.peakDbfs(),
                micLevel != null && micLevel.muted() ? " (muted)" : "",
                relay());
    }

    private String there() {
        return String.format(
                Locale.ROOT,
                "; there lost %d (%.1f %% now), jitter %.1f ms%s",
                there.packetsLost(),
                there.lossPercent(),
                there.jitterMs(),
                there.rttMs() == null ? "" : String.format(Locale.ROOT, ", round trip %.1f ms", there.rttMs()));
    }

    private String relay() {
        return path != null
                ? String.format(Locale.ROOT, "%.1f ms away", path.rttMs())
                : answered == null ? "silent so far" : String.format(Locale.ROOT, "%.1f ms away", answered.rttMs());
    }
}
