package voiptui.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import voiptui.audio.dsp.LevelMeter;
import voiptui.demo.DemoCall;
import voiptui.event.CallEvent;
import voiptui.net.IpText;
import voiptui.report.EventJson;

/** The demo's outcome, in words on one screen or as JSON. */
final class DemoReport {

    /** So alike must the heard be to the said to count as arrived; a single lost packet costs well under a tenth. */
    static final double ARRIVED_LIKENESS = 0.9;

    private final DemoCall.Result result;
    private final String spokenBy;
    private final boolean sample;
    private final String heardThrough;
    private final Path recording;

    DemoReport(DemoCall.Result result, String spokenBy, boolean sample, String heardThrough, Path recording) {
        this.result = result;
        this.spokenBy = spokenBy;
        this.sample = sample;
        this.heardThrough = heardThrough;
        this.recording = recording;
    }

    boolean arrived() {
        return result.match().likeness() >= ARRIVED_LIKENESS;
    }

    String text() {
        CallEvent.Summary speaker = result.speaker();
        CallEvent.Summary listener = result.listener();
        StringBuilder text = new StringBuilder();
        line(text, "", "");
        line(text, "relay", "TCP " + IpText.of(result.relayControl()) + ", UDP " + IpText.of(result.relayMedia()));
        line(
                text,
                "said",
                (sample ? "the sentence that comes with the program" : spokenBy)
                        + String.format(
                                Locale.ROOT,
                                ", %.1f s in %d packets, peak %.0f dBFS",
                                speaker.durationMs() / 1000.0,
                                speaker.packetsSent(),
                                speaker.micPeakDbfs()));
        line(
                text,
                "heard",
                String.format(
                        Locale.ROOT,
                        "%d packets, %d lost, %d late, %d ms made up, jitter %.1f ms",
                        listener.packetsReceived(),
                        listener.packetsLost(),
                        listener.packetsLate(),
                        listener.concealedMs(),
                        listener.jitterMs()));
        line(text, "speaker", heardThrough);
        line(
                text,
                "arrived",
                String.format(
                        Locale.ROOT,
                        "%s (likeness of what was heard to what was said: %.3f of 1)",
                        arrived() ? "yes" : "NO",
                        result.match().likeness()));
        line(
                text,
                "delay",
                Double.isNaN(result.mouthToEarMs())
                        ? "unknown"
                        : String.format(
                                Locale.ROOT,
                                "%.0f ms from mouth to ear, of which %.0f ms wait in the jitter buffer",
                                result.mouthToEarMs(),
                                listener.bufferMs()));
        line(text, "recording", recording.toString());
        return text.append(System.lineSeparator()).append(verdict()).toString();
    }

    private String verdict() {
        if (arrived()) {
            return "The call works: what was said at one end was heard at the other.";
        }
        if (result.listener().packetsReceived() == 0) {
            return "The call does not work: no packet arrived. Does a firewall on this machine block loopback UDP?";
        }
        if (!sample && result.speaker().micPeakDbfs() <= LevelMeter.FLOOR_DBFS) {
            return "Nothing was said: the microphone was silent. 'voiptui devices' lists what there is.";
        }
        return "The call does not work as it should: what was heard is not what was said. Listen to the recording.";
    }

    private static void line(StringBuilder text, String what, String words) {
        text.append(what.isEmpty() ? "" : String.format(Locale.ROOT, "  %-10s %s", what, words))
                .append(System.lineSeparator());
    }

    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("event", "demo");
        report.put("arrived", arrived());
        report.put("likeness", result.match().likeness());
        report.put("mouth_to_ear_ms", Double.isNaN(result.mouthToEarMs()) ? null : result.mouthToEarMs());
        report.put("recording", recording.toString());
        report.put("speaker", result.speaker());
        report.put("listener", result.listener());
        return EventJson.of(report);
    }
}
