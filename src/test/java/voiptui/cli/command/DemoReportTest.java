package voiptui.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import voiptui.demo.DemoCall;
import voiptui.demo.SpeechMatch;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.EndReason;

class DemoReportTest {

    private static final Path RECORDING = Path.of("/tmp/voiptui-demo.wav");

    private static CallEvent.Summary summary(long received, double micPeakDbfs) {
        return new CallEvent.Summary(
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
    }

    private static DemoReport report(double similarity, long received, boolean sample, double micPeakDbfs) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        DemoCall.Result result = new DemoCall.Result(
                new InetSocketAddress(loopback, 4001),
                new InetSocketAddress(loopback, 4002),
                summary(0, micPeakDbfs),
                summary(received, -96),
                new SpeechMatch(similarity, 0),
                similarity == 0 ? Double.NaN : 84.4);
        return new DemoReport(result, "microphone 'USB Headset'", sample, "default", RECORDING);
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
                        "0.990 of 1",
                        "84 ms from mouth to ear, 61 ms of it in the jitter buffer",
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
    void shouldCountAsArrivedFromNineTenthsOn() {
        assertThat(report(0.9, 258, true, -6).arrived()).isTrue();
        assertThat(report(0.899, 258, true, -6).arrived()).isFalse();
    }

    @Test
    void shouldBeOneJsonObject() {
        JsonObject json =
                JsonParser.parseString(report(0.99, 258, true, -6).json()).getAsJsonObject();

        assertThat(json.keySet())
                .containsExactly(
                        "event", "arrived", "similarity", "mouth_to_ear_ms", "recording", "speaker", "listener");
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
