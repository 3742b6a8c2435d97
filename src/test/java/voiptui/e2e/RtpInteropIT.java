package voiptui.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import voiptui.demo.speech.SpeechMatch;
import voiptui.testkit.GStreamer;
import voiptui.testkit.MediaBridge;
import voiptui.testkit.Ports;
import voiptui.testkit.TestRelay;
import voiptui.testkit.Tshark;
import voiptui.testkit.V2Identity;
import voiptui.testkit.V2Peer;
import voiptui.testkit.VoiptuiProcess;
import voiptui.testkit.Wav;

/** Calls between the program and GStreamer, analysed by Wireshark. */
@Execution(ExecutionMode.CONCURRENT)
class RtpInteropIT {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int SECONDS = 6;
    private static final long SOON_MS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void shouldExchangeOpusWithGStreamer() throws Exception {
        GStreamer.require();
        short[] saidByUs = Wav.speech(SECONDS, 1, GStreamer.RATE_HZ);
        short[] saidByThem = Wav.speech(SECONDS, 2, GStreamer.RATE_HZ);
        Path ours = Wav.write(folder.resolve("ours.wav"), saidByUs, GStreamer.RATE_HZ);
        Path theirs = Wav.write(folder.resolve("theirs.wav"), saidByThem, GStreamer.RATE_HZ);
        Path heardByUs = folder.resolve("heard by us.wav");
        Path heardByThem = folder.resolve("heard by them.wav");
        InetSocketAddress ear = freePort();
        try (TestRelay relay = TestRelay.start();
                Tshark tshark = Tshark.capture(relay.udpPort());
                V2Peer peer = V2Peer.signIn("127.0.0.3", relay.control(), V2Identity.create("gst"), "gst");
                VoiptuiProcess call = VoiptuiProcess.start(
                        folder,
                        Map.of("XDG_CONFIG_HOME", folder.toString()),
                        relay.v2Call(
                                "dora",
                                "gst",
                                "--mic",
                                "file:" + ours,
                                "--speaker",
                                "file:" + heardByUs,
                                "--bind",
                                "127.0.0.2",
                                // A playout delay longer than any pause of a busy machine.
                                "--min-delay",
                                "300ms",
                                "--max-delay",
                                "800ms"))) {
            String number = peer.answer("opus").get("call").getAsString();
            try (MediaBridge bridge = new MediaBridge(peer, ear);
                    GStreamer hearing = GStreamer.receive(ear, heardByThem, List.of());
                    GStreamer speaking = GStreamer.send(theirs, freePort(), bridge.address(), List.of())) {
                speaking.awaitSent(60_000);
                assertThat(bridge.rtp()).isGreaterThan((SECONDS - 1) * 50L);
                assertThat(bridge.rtcp()).as("reports").isBetween(SECONDS - 2L, 2L * SECONDS + 4);
                hearing.finish();
                peer.say("hangup", "call", number);
                call.awaitExit(SOON_MS);
            }
            tshark.finish();

            assertThat(similarity(saidByUs, heardByThem))
                    .as("what they heard of us")
                    .isGreaterThan(0.9);
            assertThat(similarity(saidByThem, heardByUs))
                    .as("what we heard of them")
                    .isGreaterThan(0.9);
            String fromUs = "ip.src == 127.0.0.2 && udp.dstport == " + relay.udpPort();
            assertThat(tshark.count(fromUs + " && rtp.p_type == 111")).isGreaterThan((SECONDS - 1) * 50L);
            assertThat(tshark.count(fromUs + " && rtcp.pt == 200"))
                    .as("sender's reports")
                    .isPositive();
            assertThat(tshark.count(fromUs + " && rtcp.pt == 202"))
                    .as("with a name")
                    .isPositive();
            assertThat(tshark.complaintsOf("(rtp || rtcp) && " + fromUs)).isEmpty();
        }
    }

    /** The program adds copies once losses were reported. */
    @Test
    void shouldSendCopiesThatGStreamerUnpacks() throws Exception {
        GStreamer.require();
        short[] said = Wav.speech(SECONDS, 1, GStreamer.RATE_HZ);
        Path wav = Wav.write(folder.resolve("said.wav"), said, GStreamer.RATE_HZ);
        Path heard = folder.resolve("heard.wav");
        InetSocketAddress ear = freePort();
        String[] options = {"--mic", "file:" + wav, "--speaker", "null", "--bind", "127.0.0.2"};
        try (TestRelay relay = TestRelay.start();
                Tshark tshark = Tshark.capture(relay.udpPort());
                V2Peer peer = V2Peer.signIn("127.0.0.3", relay.control(), V2Identity.create("gst"), "gst");
                VoiptuiProcess call = VoiptuiProcess.start(
                        folder, Map.of("XDG_CONFIG_HOME", folder.toString()), relay.v2Call("dora", "gst", options))) {
            String number = peer.await("incoming").get("call").getAsString();
            peer.say("accept", "call", number, "codecs", List.of("opus"), "features", List.of("red"));
            peer.await("connected");
            try (GStreamer hearing = GStreamer.receiveRedundant(ear, heard);
                    MediaBridge bridge = new MediaBridge(peer, ear, 0.1);
                    GStreamer speaking = GStreamer.send(wav, freePort(), bridge.address(), List.of())) {
                // It speaks once it hears the other side.
                speaking.awaitSent(60_000);
                hearing.finish();
            }
            peer.say("hangup", "call", number);
            call.awaitExit(SOON_MS);
            tshark.finish();

            assertThat(similarity(said, heard)).isGreaterThan(0.9);
            String fromUs = "ip.src == 127.0.0.2 && udp.dstport == " + relay.udpPort();
            assertThat(tshark.count(fromUs + " && rtp.p_type == 112"))
                    .as("with copies")
                    .isGreaterThan((SECONDS - 2) * 50L);
            assertThat(tshark.complaintsOf("(rtp || rtcp) && " + fromUs)).isEmpty();
        }
    }

    /** Only the relay is ours; GStreamer runs at both ends. */
    @Test
    void shouldForwardMediaBetweenTwoOtherClients() throws Exception {
        GStreamer.require();
        short[] said = Wav.speech(SECONDS, 3, GStreamer.RATE_HZ);
        Path wav = Wav.write(folder.resolve("said.wav"), said, GStreamer.RATE_HZ);
        Path heard = folder.resolve("heard.wav");
        InetSocketAddress ear = freePort();
        V2Identity identity = V2Identity.create("gst");
        try (TestRelay relay = TestRelay.start();
                Tshark tshark = Tshark.capture(relay.udpPort());
                V2Peer a = V2Peer.signIn("127.0.0.2", relay.control(), identity, "a");
                V2Peer b = V2Peer.signIn("127.0.0.3", relay.control(), V2Identity.create("b"), "b")) {
            a.call("b", "opus");
            b.answer("opus");
            a.await("connected");
            try (MediaBridge fromA = new MediaBridge(a, freePort());
                    MediaBridge toB = new MediaBridge(b, ear);
                    GStreamer hearing = GStreamer.receive(ear, heard, List.of());
                    GStreamer speaking = GStreamer.send(wav, freePort(), fromA.address(), List.of())) {
                speaking.awaitSent(60_000);
                hearing.finish();
                assertThat(toB.rtp()).isGreaterThan((SECONDS - 1) * 50L);
            }
            tshark.finish();
            assertThat(similarity(said, heard)).isGreaterThan(0.9);
            assertThat(tshark.complaintsOf("rtp || rtcp")).isEmpty();
        }
    }

    private static double similarity(short[] said, Path heard) throws IOException {
        return SpeechMatch.find(
                        Arrays.copyOf(said, (SECONDS - 2) * GStreamer.RATE_HZ), Wav.read(heard), GStreamer.RATE_HZ)
                .similarity();
    }

    private static InetSocketAddress freePort() throws IOException {
        return new InetSocketAddress(LOOPBACK, Ports.free(LOOPBACK));
    }
}
