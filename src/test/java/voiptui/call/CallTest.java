package voiptui.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.audio.PcmFormat;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.Encryption;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.identity.Identity;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.MediaSession;
import voiptui.media.device.OpenedDevice;
import voiptui.media.device.OpenedDevices;
import voiptui.media.device.SystemDevices;
import voiptui.net.DatagramHandler;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeature;
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
    private static final String BOBS = "SHA256:" + "b".repeat(43);

    private final ManualClock clock = new ManualClock();
    private final EventBus bus = new EventBus();
    private final Map<String, PeerIdentities.Known> known = new HashMap<>();
    private final PeerIdentities peers = new PeerIdentities() {
        @Override
        public Known find(String name) {
            return known.get(name);
        }

        @Override
        public void remember(String name, Known peer) {
            known.put(name, peer);
        }
    };
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
        connect(MediaFeatures.NONE, null);
    }

    private void connect(MediaFeatures features, @Nullable String fingerprint) {
        SteppedAudio audio = new SteppedAudio();
        MediaSession media = new MediaSession(
                new MediaConfig(new MediaConfig.Delay(20, 500)),
                path,
                new OpenedDevices(
                        PcmFormat.OPUS,
                        OpenedDevice.opened("mic", audio.microphone()),
                        OpenedDevice.opened("speaker", audio.speaker())),
                new MediaEnvironment(new SystemDevices(PcmFormat.OPUS, false, clock), folder, clock, Identity.create()),
                bus,
                clock,
                new MediaSession.Owner(() -> {}, (thread, fault) -> {}));
        call = new Call(
                new CallOptions(new MediaOffer(List.of(MediaCodec.PCM), features, BOBS), 0, 0, 0, false),
                media,
                new Call.Relay(path, "192.0.2.1:8888", message -> {}),
                peers,
                bus,
                clock);
        call.accept(CALL, "bob", fingerprint, false, true);
        call.onMessage(new RelayMessage.Connected(
                CALL, "bob", new MediaFormat(MediaCodec.PCM, PacketFormat.RTP, features), null, fingerprint));
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

    private List<CallEvent.EncryptionChanged> encryption(Subscription events) {
        List<CallEvent.EncryptionChanged> changes = new ArrayList<>();
        for (Event event = events.poll(); event != null; event = events.poll()) {
            if (event instanceof CallEvent.EncryptionChanged change) {
                changes.add(change);
            }
        }
        return changes;
    }

    @Test
    void shouldRememberThePeerOnceTheMediaIsEncrypted() {
        Subscription events = bus.subscribe();
        connect(MediaFeatures.of(MediaFeature.DTLS_SRTP), BOBS);
        call.onTick();
        assertThat(known).as("nobody has proved anything yet").isEmpty();

        bus.publish(new CallEvent.MediaEncrypted("AES", List.of("one", "two")));
        call.onTick();
        call.command(new Command.VerifyPeer());

        assertThat(encryption(events))
                .containsExactly(
                        new CallEvent.EncryptionChanged(Encryption.PENDING, false, BOBS, null, false, false),
                        new CallEvent.EncryptionChanged(Encryption.END_TO_END, false, BOBS, "AES", false, false),
                        new CallEvent.EncryptionChanged(Encryption.END_TO_END, true, BOBS, "AES", true, false));
        assertThat(known).containsEntry("bob", new PeerIdentities.Known(BOBS, true));
        call.hangUp(EndReason.QUIT);
        assertThat(call.close(null))
                .extracting(CallEvent.Summary::encryption, CallEvent.Summary::verified)
                .containsExactly(Encryption.END_TO_END, true);
    }

    @Test
    void shouldEndWhenThereAreNoKeys() {
        connect(MediaFeatures.of(MediaFeature.DTLS_SRTP), BOBS);
        bus.publish(new CallEvent.MediaEncryptionFailed("the other side shows another certificate"));
        call.onTick();

        assertThat(call.close(null))
                .extracting(CallEvent.Summary::reason, CallEvent.Summary::encryption)
                .containsExactly(EndReason.ENCRYPTION_FAILED, Encryption.FAILED);
        assertThat(known).isEmpty();
    }
}
