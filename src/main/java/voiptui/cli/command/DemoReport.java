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

/** The result of the demo as text or JSON. */
final class DemoReport {

    /** The least likeness of received to sent speech that counts as arrived; one lost packet costs well under 0.1. */
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
        return result.match().similarity() >= ARRIVED_LIKENESS;
    }

    String text() {
        CallEvent.Summary speaker = result.speaker();
        CallEvent.Summary listener = result.listener();
        StringBuilder text = new StringBuilder();
        line(text, "", "");
        line(text, "relay", "TCP " + IpText.of(result.relayControl()) + ", UDP " + IpText.of(result.relayMedia()));
        line(
                text,
                "sent",
                (sample ? "a built-in sentence" : spokenBy)
                        + String.format(
                                Locale.ROOT,
                                ", %.1f s in %d packets, peak %.0f dBFS",
                                speaker.durationMs() / 1000.0,
                                speaker.packetsSent(),
                                speaker.micPeakDbfs()));
        line(
                text,
                "received",
                String.format(
                        Locale.ROOT,
                        "%d packets, %d lost, %d late, %d ms concealed, jitter %.1f ms",
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
                        "%s (similarity of received to sent speech: %.3f of 1)",
                        arrived() ? "yes" : "NO",
                        result.match().similarity()));
        line(
                text,
                "delay",
                Double.isNaN(result.mouthToEarMs())
                        ? "unknown"
                        : String.format(
                                Locale.ROOT,
                                "%.0f ms from mouth to ear, %.0f ms of it in the jitter buffer",
                                result.mouthToEarMs(),
                                listener.bufferMs()));
        line(text, "recording", recording.toString());
        return text.append(System.lineSeparator()).append(verdict()).toString();
    }

    private String verdict() {
        if (arrived()) {
            return "The call works: the speech arrived.";
        }
        if (result.listener().packetsReceived() == 0) {
            return "The call does not work: no packet arrived. Does a firewall on this machine block loopback UDP?";
        }
        if (!sample && result.speaker().micPeakDbfs() <= LevelMeter.FLOOR_DBFS) {
            return "The microphone was silent. Choose another one: 'voiptui devices' lists them.";
        }
        return "The call does not work: the received speech differs from what was sent. Listen to the recording.";
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append(what.isEmpty() ? "" : String.format(Locale.ROOT, "  %-10s %s", what, value))
                .append(System.lineSeparator());
    }

    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("event", "demo");
        report.put("arrived", arrived());
        report.put("similarity", result.match().similarity());
        report.put("mouth_to_ear_ms", Double.isNaN(result.mouthToEarMs()) ? null : result.mouthToEarMs());
        report.put("recording", recording.toString());
        report.put("speaker", result.speaker());
        report.put("listener", result.listener());
        return EventJson.of(report);
    }
}
