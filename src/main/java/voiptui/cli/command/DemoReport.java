package voiptui.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import voiptui.audio.dsp.LevelMeter;
import voiptui.demo.AlignedWavs;
import voiptui.demo.DemoCall;
import voiptui.demo.Reception;
import voiptui.event.CallEvent;
import voiptui.event.Encryption;
import voiptui.net.IpText;
import voiptui.report.EventJson;

/** The result of the demo as text or JSON. */
final class DemoReport {

    /** The least similarity of received to sent speech that counts as arrived: unrelated sound reaches less than 0.5. */
    static final double ARRIVED_SIMILARITY = 0.6;

    /** The least similarity of speech that arrived undamaged. */
    static final double UNDAMAGED_SIMILARITY = 0.9;

    private final DemoCall.Result result;
    private final Setting setting;

    /**
     * How the demo was made.
     *
     * @param spokenBy what was sent
     * @param sample whether that was the built-in sentence
     * @param heardThrough the speaker
     * @param recording path of all that was received
     * @param wavs what was said and heard; null: not written
     * @param network the network in between; null: none
     */
    record Setting(
            String spokenBy,
            boolean sample,
            String heardThrough,
            Path recording,
            @Nullable AlignedWavs wavs,
            DemoNetworkOptions.@Nullable Network network) {}

    DemoReport(DemoCall.Result result, Setting setting) {
        this.result = result;
        this.setting = setting;
    }

    boolean arrived() {
        return similarity() >= ARRIVED_SIMILARITY;
    }

    private double similarity() {
        return result.sound().match().similarity();
    }

    private CallEvent.Summary listener() {
        return result.reception().summary();
    }

    String text() {
        CallEvent.Summary speaker = result.speaker();
        StringBuilder text = new StringBuilder();
        line(text, "", "");
        line(text, "relay", "TCP " + IpText.of(result.relayControl()) + ", UDP " + IpText.of(result.relayMedia()));
        Encryption encryption = listener().encryption();
        if (encryption != null) {
            line(text, "audio", encryption.text(false));
        }
        DemoNetworkOptions.Network network = setting.network;
        if (network != null) {
            line(text, "network", (network.name().isEmpty() ? "" : network.name() + ": ") + network.description());
        }
        line(
                text,
                "sent",
                (setting.sample ? "a built-in sentence" : setting.spokenBy)
                        + format(
                                ", %.1f s in %d packets, peak %.0f dBFS",
                                speaker.durationMs() / 1000.0, speaker.packetsSent(), speaker.micPeakDbfs()));
        DemoCall.NetworkCounts counts = result.network();
        if (counts != null) {
            line(
                    text,
                    "dropped",
                    format(
                            "%d of %d packets on the way (%.1f %%), RTCP included",
                            counts.dropped(),
                            counts.packets(),
                            100.0 * counts.dropped() / Math.max(1, counts.packets())));
        }
        line(
                text,
                "received",
                format(
                        "%d packets, %d lost, %d late, %d ms concealed, jitter %.1f ms",
                        listener().packetsReceived(),
                        listener().packetsLost(),
                        listener().packetsLate(),
                        listener().concealedMs(),
                        listener().jitterMs()));
        if (!result.reception().recovered().isEmpty()) {
            line(text, "recovered", recovered());
        }
        line(text, "speaker", setting.heardThrough);
        line(
                text,
                "arrived",
                format(
                        "%s (similarity of received to sent speech: %.2f of 1)",
                        arrived() ? "yes" : "NO", similarity()));
        line(text, "delay", delay());
        Double mos = result.reception().mos();
        if (mos != null) {
            line(text, "MOS", format("%.1f of 4.5", mos));
        }
        AlignedWavs wavs = setting.wavs;
        if (wavs != null) {
            line(text, "said", wavs.said().toString());
            line(text, "heard", wavs.heard().toString());
        }
        line(text, "recording", setting.recording.toString());
        return text.append(System.lineSeparator()).append(verdict()).toString();
    }

    private String recovered() {
        return result.reception().recovered().stream()
                .map(way -> way.packets() + " " + way.meaning())
                .collect(Collectors.joining(", "));
    }

    private String delay() {
        double mouthToEarMs = result.sound().mouthToEarMs();
        if (Double.isNaN(mouthToEarMs)) {
            return "unknown";
        }
        double targetMs = result.reception().targetDelayMs();
        return format(
                        "%.0f ms from mouth to ear, %.0f ms of it in the jitter buffer",
                        mouthToEarMs, listener().bufferMs())
                + (Double.isNaN(targetMs) ? "" : format(", target %.0f ms", targetMs));
    }

    private String verdict() {
        if (similarity() >= UNDAMAGED_SIMILARITY) {
            return "The call works: the speech arrived.";
        }
        if (arrived()) {
            return "The call works: the speech arrived, with audible damage.";
        }
        if (listener().packetsReceived() == 0) {
            return "The call does not work: no packet arrived. Does a firewall on this machine block loopback UDP?";
        }
        if (!setting.sample && result.speaker().micPeakDbfs() <= LevelMeter.FLOOR_DBFS) {
            return "The microphone was silent. Choose another one: 'voiptui devices' lists them.";
        }
        return "The call does not work: the received speech differs from what was sent. Listen to the recording.";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append(what.isEmpty() ? "" : String.format(Locale.ROOT, "  %-10s %s", what, value))
                .append(System.lineSeparator());
    }

    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("event", "demo");
        report.put("arrived", arrived());
        report.put("similarity", similarity());
        report.put("mouth_to_ear_ms", nullIfUnknown(result.sound().mouthToEarMs()));
        report.put("target_delay_ms", nullIfUnknown(result.reception().targetDelayMs()));
        report.put("mos", result.reception().mos());
        report.put("recovered", recoveredByWay());
        report.put("network", network());
        report.put("recording", setting.recording.toString());
        report.put("said", setting.wavs == null ? null : setting.wavs.said().toString());
        report.put("heard", setting.wavs == null ? null : setting.wavs.heard().toString());
        report.put("speaker", result.speaker());
        report.put("listener", listener());
        return EventJson.of(report);
    }

    private Map<String, Long> recoveredByWay() {
        Map<String, Long> ways = new LinkedHashMap<>();
        for (Reception.Recovered way : result.reception().recovered()) {
            ways.put(way.by(), way.packets());
        }
        return ways;
    }

    private @Nullable Map<String, Object> network() {
        DemoNetworkOptions.Network network = setting.network;
        DemoCall.NetworkCounts counts = result.network();
        if (network == null || counts == null) {
            return null;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", network.name());
        fields.put("description", network.description());
        fields.put("packets", counts.packets());
        fields.put("dropped", counts.dropped());
        return fields;
    }

    private static @Nullable Double nullIfUnknown(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
