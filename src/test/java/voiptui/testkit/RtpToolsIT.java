package voiptui.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.demo.speech.SpeechMatch;

/** Checks the independent RTP tools against each other before the tests rely on them. */
class RtpToolsIT {

    private static final int SECONDS = 4;
    private static final long SOON_MS = 30_000;

    @TempDir
    private Path folder;

    @Test
    void shouldReceiveTheAudioSentAndAnalyseCleanRtp() throws Exception {
        GStreamer.require();
        short[] said = Wav.speech(SECONDS, 1, GStreamer.RATE_HZ);
        Path wav = Wav.write(folder.resolve("said by A.wav"), said, GStreamer.RATE_HZ);
        Path heard = folder.resolve("heard by B.wav");
        InetSocketAddress a = freePort("127.0.0.2");
        InetSocketAddress b = freePort("127.0.0.3");
        try (Tshark tshark = Tshark.capture(b.getPort());
                GStreamer receiver = GStreamer.receive(b, heard, List.of());
                GStreamer sender = GStreamer.send(wav, a, b, List.of())) {
            sender.awaitSent(SOON_MS);
            receiver.finish();
            tshark.finish();

            SpeechMatch match = SpeechMatch.find(
                    java.util.Arrays.copyOf(said, (SECONDS - 1) * GStreamer.RATE_HZ),
                    Wav.read(heard),
                    GStreamer.RATE_HZ);
            assertThat(match.similarity()).as("%s", receiver).isGreaterThan(0.9);
            assertThat(tshark.complaints()).isEmpty();
            assertThat(tshark.count("rtp.p_type == 111 && udp.srcport == " + a.getPort()))
                    .isBetween(SECONDS * 50L - 2, SECONDS * 50L + 4);
            assertThat(tshark.streams()).singleElement().asString().contains("127.0.0.2");
        }
    }

    @Test
    void shouldDetectInvalidRtp() throws Exception {
        InetSocketAddress b = freePort("127.0.0.3");
        byte[] report = new byte[28];
        report[0] = (byte) 0x81;
        report[1] = (byte) 200;
        report[3] = 40;
        try (Tshark tshark = Tshark.capture(b.getPort());
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
            socket.send(new java.net.DatagramPacket(report, report.length, b));
            tshark.finish();

            assertThat(tshark.count("udp")).isEqualTo(1);
            assertThat(tshark.complaints())
                    .as("a report that says it is longer than it is")
                    .isNotEmpty();
        }
    }

    private static InetSocketAddress freePort(String ip) throws IOException {
        return new InetSocketAddress(ip, Ports.free(ip));
    }
}
