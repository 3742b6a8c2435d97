package voiptui.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.audio.PcmFormat;
import voiptui.event.EndReason;
import voiptui.event.EventBus;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.MediaSession;
import voiptui.media.device.OpenedDevice;
import voiptui.media.device.OpenedDevices;
import voiptui.media.device.SystemDevices;
import voiptui.net.DatagramHandler;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.session.MediaPath;
import voiptui.testkit.ManualClock;
import voiptui.testkit.SteppedAudio;

/** A call with its media; path and relay are the test's. */
class CallTest {

    private static final String CALL = "000102030405060708090a0b0c0d0e0f";

    private final ManualClock clock = new ManualClock();
    private final EventBus bus = new EventBus();
    private final List<Boolean> peerReports = new ArrayList<>();

    private @Nullable DatagramHandler handler;

    @TempDir
    private Path folder;

    private Call call;

    private final MediaPath path = new MediaPath() {
        @Override
        public void askForLosses(Supplier<Losses> source) {}

        @Override
        public void deliverTo(@Nullable DatagramHandler newHandler) {
            handler = newHandler;
        }

        @Override
        public void setInCall(boolean inCall) {}

        @Override
        public void onPeerReport(boolean hearsUs) {
            peerReports.add(hearsUs);
        }

        @Override
        public int localPort() {
            return 0;
        }

        @Override
        public int send(ByteBuffer datagram) {
            return datagram.remaining();
        }
    };

    private void connect() {
        SteppedAudio audio = new SteppedAudio();
        MediaSession media = new MediaSession(
                new MediaConfig(new MediaConfig.Delay(20, 500)),
                path,
                new OpenedDevices(
                        PcmFormat.OPUS,
                        OpenedDevice.opened("mic", audio.microphone()),
                        OpenedDevice.opened("speaker", audio.speaker())),
                new MediaEnvironment(new SystemDevices(PcmFormat.OPUS, false, clock), folder, clock),
                bus,
                clock,
                new MediaSession.Owner(() -> {}, (thread, fault) -> {}));
        call = new Call(
                new CallOptions(new MediaOffer(List.of(MediaCodec.PCM), MediaFeatures.NONE), 0, 0, 0, false),
                media,
                path,
                "192.0.2.1:8888",
                message -> {},
                bus,
                clock);
        call.accept(CALL, "bob", true);
        call.onMessage(new RelayMessage.Connected(
                CALL, "bob", new MediaFormat(MediaCodec.PCM, PacketFormat.RTP, MediaFeatures.NONE), null));
    }

    @AfterEach
    void end() {
        call.hangUp(EndReason.QUIT);
        call.abandon();
    }

    @Test
    void shouldPassOnToThePathThatThePeerHearsNothing() {
        connect();
        ByteBuffer report = ByteBuffer.allocate(RtcpWriter.MAX_BYTES);
        RtcpWriter.receiverReport(report, 7, null);
        handler.onDatagram(report.flip(), clock.nanoTime());
        call.onTick();
        call.onTick();

        assertThat(peerReports).containsExactly(false);
    }
}
