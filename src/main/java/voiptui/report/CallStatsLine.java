package voiptui.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.SessionEvent;

/** Keeps the latest readings of a call and formats them as one line. Owned by the printing thread. */
final class CallStatsLine {

    private CallEvent.@Nullable NetworkStats network;
    private CallEvent.@Nullable PlayoutDelay delay;
    private CallEvent.@Nullable MicLevel micLevel;
    private CallEvent.@Nullable RelayAnswered answered;
    private CallEvent.@Nullable PeerReport peerReport;
    private SessionEvent.@Nullable PathReading path;

    /** Remembers {@code event} if it is one of these readings. */
    void onEvent(Event event) {
        if (event instanceof CallEvent.NetworkStats reading) {
            network = reading;
        } else if (event instanceof CallEvent.PlayoutDelay reading) {
            delay = reading;
        } else if (event instanceof CallEvent.MicLevel reading) {
            micLevel = reading;
        } else if (event instanceof CallEvent.RelayAnswered reading) {
            answered = reading;
        } else if (event instanceof CallEvent.PeerReport reading) {
            peerReport = reading;
        } else if (event instanceof SessionEvent.PathReading reading) {
            path = reading;
        }
    }

    /** Discards the readings of the call; those of the session stay. */
    void endCall() {
        network = null;
        delay = null;
        micLevel = null;
        peerReport = null;
    }

    /** Returns the current readings in one line. */
    String line() {
        if (network == null || delay == null) {
            return "no statistics yet";
        }
        return String.format(
                Locale.ROOT,
                "sent %d, received %d, lost %d, late %d, duplicate %d, reordered %d;"
                        + " jitter %.1f ms, delay %.0f ms (target %.0f), concealed %d ms%s; microphone %.0f dBFS%s; relay %s",
                network.packetsSent(),
                network.packetsReceived(),
                network.packetsLost(),
                network.packetsLate(),
                network.packetsDuplicate(),
                network.packetsReordered(),
                network.jitterMs(),
                delay.delayMs(),
                delay.targetMs(),
                network.concealedMs(),
                peerReport == null ? "" : text(peerReport),
                micLevel == null ? CallEvent.SILENCE_DBFS : micLevel.peakDbfs(),
                micLevel != null && micLevel.muted() ? " (muted)" : "",
                relay());
    }

    private static String text(CallEvent.PeerReport report) {
        return String.format(
                Locale.ROOT,
                "; other side: lost %d (%.1f %% now), jitter %.1f ms%s",
                report.packetsLost(),
                report.lossPercent(),
                report.jitterMs(),
                report.rttMs() == null ? "" : String.format(Locale.ROOT, ", round trip %.1f ms", report.rttMs()));
    }

    private String relay() {
        if (path != null) {
            return roundTrip(path.rttMs());
        }
        return answered == null ? "has not answered yet" : roundTrip(answered.rttMs());
    }

    private static String roundTrip(double rttMs) {
        return String.format(Locale.ROOT, "round trip %.1f ms", rttMs);
    }
}
