package voiptui.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.demo.AlignedWavs;
import voiptui.demo.DemoCall;
import voiptui.demo.Reception;
import voiptui.demo.network.ImpairedPath;
import voiptui.demo.network.NetworkProfile;
import voiptui.demo.speech.SpeechMatch;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Encryption;
import voiptui.event.EndReason;

class DemoReportTest {

    private static final Path RECORDING = Path.of("/tmp/voiptui-demo.wav");
    private static final DemoReport.Setting SAMPLE =
            new DemoReport.Setting("file /tmp/speech.wav", true, "default", RECORDING, null, null);
    private static final DemoReport.Setting MICROPHONE =
            new DemoReport.Setting("microphone 'USB Headset'", false, "default", RECORDING, null, null);
    private static final DemoReport.Setting IMPAIRED = new DemoReport.Setting(
            "file /tmp/speech.wav",
            true,
            "default",
            RECORDING,
            AlignedWavs.in(Path.of("/tmp/wavs")),
            new DemoNetworkOptions.Network(
                    ImpairedPath.of(NetworkProfile.IDEAL, 1), "bad", "10 % loss, 60 ms delay, seed 1"));

    private static CallEvent.Summary summary(long received, double micPeakDbfs) {
        CallEvent.Summary summary = new CallEvent.Summary(
                CallState.IN_CALL,
                EndReason.QUIT,
                5200,
                260,
                received,
                2,
                1,
                0,
                0,
                0,
                40,
                1.25,
                61,
                0.4,
                "pcm",
                micPeakDbfs);
        return summary.with(new CallEvent.EncryptionChanged(
                Encryption.END_TO_END, false, "SHA256:", "AEAD_AES_128_GCM", false, true));
    }

    private static DemoReport report(double similarity, long received, boolean sample, double micPeakDbfs) {
        return report(
                similarity,
                received,
                micPeakDbfs,
                new Reception(summary(received, -96), List.of(), 60, null),
                sample ? SAMPLE : MICROPHONE);
    }

    private static DemoReport report(
            double similarity, long received, double micPeakDbfs, Reception reception, DemoReport.Setting setting) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        DemoCall.Result result = new DemoCall.Result(
                new InetSocketAddress(loopback, 4001),
                new InetSocketAddress(loopback, 4002),
                summary(0, micPeakDbfs),
                reception,
                new DemoCall.Sound(
                        new short[0],
                        new short[0],
                        new SpeechMatch(similarity, 0, List.of()),
                        similarity == 0 ? Double.NaN : 84.4),
                setting.network() == null ? null : new DemoCall.NetworkCounts(260, 26));
        return new DemoReport(result, setting);
    }

    @Test
    void shouldReportHowTheSpeechArrived() {
        DemoReport report = report(0.99, 258, true, -6);

        assertThat(report.arrived()).isTrue();
        assertThat(report.text())
                .contains(
                        "TCP 127.0.0.1:4001, UDP 127.0.0.1:4002",
                        "a built-in sentence, 5.2 s in 260 packets, peak -6 dBFS",
                        "258 packets, 2 lost, 1 late, 40 ms concealed, jitter 1.3 ms",
                        "yes",
                        "0.99 of 1",
                        "84 ms from mouth to ear, 61 ms of it in the jitter buffer, target 60 ms",
                        RECORDING.toString(),
                        "The call works");
        assertThat(report.text().lines().count()).as("one screen").isLessThan(24);
    }

    @Test
    void shouldExplainWhyTheSpeechDidNotArrive() {
        assertThat(report(0, 0, true, -6).text()).contains("NO", "unknown", "no packet arrived");
        assertThat(report(0, 258, false, -96).text()).contains("The microphone was silent");
        assertThat(report(0.5, 258, true, -6).text()).contains("Listen to the recording");
        assertThat(report(0.5, 258, true, -6).arrived()).isFalse();
    }

    @Test
    void shouldTellDamagedFromUndamagedSpeech() {
        assertThat(report(0.9, 258, true, -6).text()).endsWith("The call works: the speech arrived.");
        assertThat(report(0.899, 258, true, -6).text()).endsWith("with audible damage.");
        assertThat(report(0.6, 258, true, -6).arrived()).isTrue();
        assertThat(report(0.599, 258, true, -6).arrived()).isFalse();
    }

    private static DemoReport impaired() {
        Reception reception = new Reception(
                summary(234, -96), List.of(new Reception.Recovered("recovered_red", "from copies", 21)), 80, 3.94);
        return report(0.8, 234, -6, reception, IMPAIRED);
    }

    @Test
    void shouldReportWhatTheNetworkDidAndWhatWasRecovered() {
        assertThat(impaired().text())
                .contains(
                        "audio      encrypted end to end",
                        "network    bad: 10 % loss, 60 ms delay, seed 1",
                        "dropped    26 of 260 packets on the way (10.0 %)",
                        "recovered  21 from copies",
                        "target 80 ms",
                        "MOS        3.9",
                        "said       " + Path.of("/tmp/wavs/said.wav"),
                        "heard      " + Path.of("/tmp/wavs/heard.wav"));
        assertThat(impaired().text().lines().count()).as("one screen").isLessThan(24);
    }

    @Test
    void shouldReportTheNetworkAsJson() {
        JsonObject json = JsonParser.parseString(impaired().json()).getAsJsonObject();

        assertThat(json.getAsJsonObject("network").keySet())
                .containsExactly("name", "description", "packets", "dropped");
        assertThat(json.getAsJsonObject("recovered").get("recovered_red").getAsInt())
                .isEqualTo(21);
        assertThat(json.get("mos").getAsDouble()).isEqualTo(3.94);
        assertThat(json.get("target_delay_ms").getAsDouble()).isEqualTo(80);
        assertThat(json.get("heard").getAsString())
                .isEqualTo(Path.of("/tmp/wavs/heard.wav").toString());
    }

    @Test
    void shouldBeOneJsonObject() {
        JsonObject json =
                JsonParser.parseString(report(0.99, 258, true, -6).json()).getAsJsonObject();

        assertThat(json.keySet())
                .containsExactly(
                        "event",
                        "arrived",
                        "similarity",
                        "mouth_to_ear_ms",
                        "target_delay_ms",
                        "mos",
                        "recovered",
                        "network",
                        "recording",
                        "said",
                        "heard",
                        "speaker",
                        "listener");
        assertThat(json.get("network").isJsonNull()).isTrue();
        assertThat(json.get("mos").isJsonNull()).isTrue();
        assertThat(json.get("arrived").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonObject("listener").get("packets_received").getAsInt())
                .isEqualTo(258);
        assertThat(JsonParser.parseString(report(0, 0, true, -6).json())
                        .getAsJsonObject()
                        .get("mouth_to_ear_ms")
                        .isJsonNull())
                .isTrue();
    }
}
