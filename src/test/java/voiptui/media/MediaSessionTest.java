package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.audio.PcmFormat;
import voiptui.crypto.MediaSecurity;
import voiptui.demo.speech.SpeechMatch;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Command;
import voiptui.event.Counter;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.identity.Identity;
import voiptui.media.device.OpenedDevice;
import voiptui.media.device.OpenedDevices;
import voiptui.media.device.SystemDevices;
import voiptui.media.stream.MediaSignals;
import voiptui.net.DatagramReader;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.PacketFormat;
import voiptui.rtp.RtpPacket;
import voiptui.testkit.Events;
import voiptui.testkit.ImpairedTransport;
import voiptui.testkit.ImpairedTransport.Impairment;
import voiptui.testkit.ManualClock;
import voiptui.testkit.MemoryTransport;
import voiptui.testkit.SteppedAudio;
import voiptui.testkit.Wav;

/**
 * Two ends of a call with all their threads, each behind a bad network of its own; the time of clocks, devices and network
 * is the test's.
 */
@Timeout(120)
class MediaSessionTest {

    private static final int FRAME = PcmFormat.OPUS.frameSamples();
    private static final int RATE_HZ = PcmFormat.OPUS.sampleRateHz();
    private static final int DELAY_MS = 30;

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    /** One side: what it sends, and what reaches it. */
    private final class End {
        final EventBus bus = new EventBus();
        final Events events = new Events(bus);
        final List<CallEvent.PeerReport> reports = new ArrayList<>();
        final SteppedAudio audio = new SteppedAudio();
        final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
        final MemoryTransport arriving = new MemoryTransport();
        final ImpairedTransport network;
        final MediaSession sound;
        final DatagramReader reader;
        CallEvent.NetworkStats stats;
        CallEvent.Totals totals;
        final Identity identity = Identity.create();
        final List<CallEvent.PeerState> peerStates = new ArrayList<>();
        CallEvent.MediaEncrypted encrypted;
        boolean sending;

        End(Impairment impairment, long seed) {
            this(impairment, seed, new MediaConfig(new MediaConfig.Delay(20, 500)));
        }

        End(Impairment impairment, long seed, MediaConfig config) {
            network = new ImpairedTransport(arriving, impairment, seed, clock);
            MediaEnvironment environment =
                    new MediaEnvironment(new SystemDevices(PcmFormat.OPUS, false, clock), folder, clock, identity);
            sound = new MediaSession(
                    config,
                    datagram -> {
                        byte[] copy = new byte[datagram.remaining()];
                        datagram.get(copy);
                        sent.add(copy);
                        return copy.length;
                    },
                    new OpenedDevices(
                            PcmFormat.OPUS,
                            OpenedDevice.opened("mic", audio.microphone()),
                            OpenedDevice.opened("speaker", audio.speaker())),
                    environment,
                    bus,
                    clock,
                    new MediaSession.Owner(
                            () -> {}, (thread, fault) -> bus.publish(new CallEvent.Failed(thread.getName(), fault))));
            reader = new DatagramReader(network, RtpPacket.MAX_DATAGRAM_BYTES, sound.handler(), clock);
            sound.start();
            ends.add(this);
        }

        void connect(MediaCodec codec, PacketFormat packets) {
            sound.connect(new MediaFormat(codec, packets, MediaFeatures.NONE));
            sending = true;
        }

        void connect(MediaSecurity.Role role, End peer, MediaFeatures features) {
            sound.connect(
                    new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, features),
                    new MediaSecurity(role, peer.identity.fingerprint().text()));
            sending = true;
        }

        /** Says frame {@code number} of {@code audible}; the second of two completes a packet. */
        void say(short[] audible, int number, End to) throws InterruptedException {
            audio.say(Arrays.copyOfRange(audible, number * FRAME, (number + 1) * FRAME));
            if (sending && number % 2 == 1) {
                byte[] packet = sent.poll(20, TimeUnit.SECONDS);
                assertThat(packet).as("a packet for the frame").isNotNull();
                to.arriving.deliver(packet);
            }
        }

        void passOn(End to) {
            for (byte[] rest = sent.poll(); rest != null; rest = sent.poll()) {
                to.arriving.deliver(rest);
            }
        }

        void hear() throws InterruptedException {
            reader.run();
            audio.hear();
            takeEvents();
        }

        void takeEvents() {
            for (Event event : events.take()) {
                if (event instanceof CallEvent.PeerState state) {
                    peerStates.add(state);
                } else if (event instanceof CallEvent.MediaEncrypted now) {
                    encrypted = now;
                } else if (event instanceof CallEvent.PeerReport report) {
                    reports.add(report);
                } else if (event instanceof CallEvent.NetworkStats now) {
                    stats = now;
                } else if (event instanceof CallEvent.Totals now) {
                    totals = now;
                } else {
                    assertThat(event).isNotInstanceOf(CallEvent.Failed.class);
                }
            }
        }
    }

    private final List<End> ends = new ArrayList<>();

    @AfterEach
    void close() {
        ends.forEach(end -> end.sound.close());
        assertThat(ends).allMatch(end -> end.audio.isClosed());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("voiptui-capture", "voiptui-playout");
    }

    private void talk(End a, End b, short[] aSays, short[] bSays, int packets) throws InterruptedException {
        for (int frame = 0; frame < 2 * packets; frame++) {
            clock.advanceMs(PcmFormat.FRAME_MS);
            a.say(aSays, frame, b);
            b.say(bSays, frame, a);
            a.sound.onTick(clock.elapsedMs());
            b.sound.onTick(clock.elapsedMs());
            a.passOn(b);
            b.passOn(a);
            a.hear();
            b.hear();
        }
    }

    /** Connects the two and carries their handshake. */
    private void encrypt(End a, End b, MediaFeatures features) throws InterruptedException {
        b.connect(MediaSecurity.Role.PASSIVE, a, features);
        a.connect(MediaSecurity.Role.ACTIVE, b, features);
        while (a.encrypted == null || b.encrypted == null) {
            for (End[] way : new End[][] {{a, b}, {b, a}}) {
                byte[] datagram = way[0].sent.poll(1, TimeUnit.MILLISECONDS);
                if (datagram != null) {
                    way[1].arriving.deliver(datagram);
                }
                way[1].reader.run();
                way[1].takeEvents();
            }
            clock.advanceMs(2);
        }
        assertThat(a.encrypted).isEqualTo(b.encrypted);
    }

    @Test
    void shouldCarryEncryptedSpeechOverABadNetworkWithAllRepairs() throws Exception {
        End a = new End(Impairment.NONE.withLoss(0.02).withDelay(DELAY_MS, 0), 1);
        End b = new End(Impairment.NONE.withLoss(0.1).withDelay(DELAY_MS, 0), 2);
        encrypt(a, b, MediaFeatures.of(MediaFeature.RED, MediaFeature.RTX, MediaFeature.XR));
        int seconds = 12;
        talk(a, b, speech(seconds, 1), speech(seconds, 2), seconds * 50);

        assertThat(b.totals.counters().get(Counter.PACKETS_RECOVERED)).isPositive();
        for (End end : List.of(a, b)) {
            assertThat(end.totals.counters().get(Counter.PACKETS_UNAUTHENTIC)).isZero();
            assertThat(end.totals.counters().get(Counter.PACKETS_MALFORMED)).isZero();
            assertThat(end.totals.counters().get(Counter.PACKETS_SEND_FAILED)).isZero();
            assertThat(end.totals.counters().get(Counter.RTCP_RECEIVED)).isPositive();
            assertThat(end.reports).isNotEmpty();
        }
        assertThat(SpeechMatch.find(
                                Arrays.copyOf(speech(seconds, 1), (seconds - 1) * RATE_HZ), b.audio.heard(), RATE_HZ)
                        .similarity())
                .isGreaterThan(0.85);
    }

    @Test
    void shouldTellTheOtherSideThatItIsMutedAndRecording() throws Exception {
        End a = new End(Impairment.NONE, 1);
        End b = new End(Impairment.NONE, 2);
        encrypt(a, b, MediaFeatures.of(MediaFeature.XR));
        talk(a, b, speech(1, 1), speech(1, 2), 50);
        assertThat(b.peerStates).isEmpty();

        a.sound.command(new Command.ToggleMute());
        talk(a, b, speech(1, 1), speech(1, 2), 50);
        a.sound.command(new Command.ToggleMute());
        a.sound.command(new Command.ToggleRecording());
        // Only one report between two regular ones goes early (RFC 4585, 3.5), and the first change took it.
        talk(a, b, speech(3, 1), speech(3, 2), 150);

        assertThat(b.peerStates)
                .containsExactly(
                        new CallEvent.PeerState(true, false, false), new CallEvent.PeerState(false, true, false));
        assertThat(a.peerStates).isEmpty();
    }

    @Test
    void shouldLetNeitherSideHearTheOtherWhileACallIsOnHold() throws Exception {
        End a = new End(Impairment.NONE, 1);
        End b = new End(Impairment.NONE, 2);
        encrypt(a, b, MediaFeatures.of(MediaFeature.XR));
        talk(a, b, speech(1, 1), speech(1, 2), 50);
        a.sound.command(new Command.ToggleHold());
        assertThat(a.events.await(CallEvent.HoldChanged.class).onHold()).isTrue();
        talk(a, b, speech(2, 1), speech(2, 2), 100);

        assertThat(b.peerStates).containsExactly(new CallEvent.PeerState(false, false, true));
        assertThat(peakOfLastSecond(a)).as("what who holds hears").isZero();
        assertThat(peakOfLastSecond(b)).as("what the other side hears").isLessThan(40);

        a.sound.command(new Command.ToggleHold());
        talk(a, b, speech(2, 1), speech(2, 2), 100);
        assertThat(b.peerStates).last().isEqualTo(new CallEvent.PeerState(false, false, false));
        assertThat(peakOfLastSecond(a)).isGreaterThan(1_000);
        assertThat(peakOfLastSecond(b)).isGreaterThan(1_000);
    }

    private static int peakOfLastSecond(End end) {
        short[] heard = end.audio.heard();
        int peak = 0;
        for (int i = Math.max(0, heard.length - RATE_HZ); i < heard.length; i++) {
            peak = Math.max(peak, Math.abs(heard[i]));
        }
        return peak;
    }

    @Test
    void shouldNeitherPlayNorEndForWhatIsNotFromThePeer() throws Exception {
        End a = new End(Impairment.NONE, 1);
        End b = new End(Impairment.NONE, 2);
        encrypt(a, b, MediaFeatures.NONE);
        talk(a, b, new short[RATE_HZ], new short[RATE_HZ], 25);
        b.sound.takeSignals();
        End forger = new End(Impairment.NONE, 3);
        forger.connect(MediaCodec.OPUS, PacketFormat.RTP);
        short[] shouted = speech(1, 1);
        for (int frame = 0; frame < 50; frame++) {
            clock.advanceMs(PcmFormat.FRAME_MS);
            forger.say(shouted, frame, b);
            b.hear();
        }
        forger.sound.sendEndOfTransmission();
        forger.passOn(b);
        b.hear();

        MediaSignals.Raised raised = b.sound.takeSignals();
        assertThat(raised.heard()).isFalse();
        assertThat(raised.endOfTransmission()).isFalse();
        short[] heard = b.audio.heard();
        for (int i = heard.length - RATE_HZ / 2; i < heard.length; i++) {
            assertThat((int) heard[i]).isBetween(-8, 8);
        }

        a.sound.sendEndOfTransmission();
        assertThat(a.sent).as("BYE, encrypted").hasSize(3);
        a.passOn(b);
        b.hear();
        assertThat(b.sound.takeSignals().endOfTransmission()).isTrue();
    }

    private static short[] speech(int seconds, long seed) throws IOException {
        return Wav.speech(seconds, seed, RATE_HZ);
    }

    @Test
    void shouldReportReceptionToEachSide() throws Exception {
        End a = new End(Impairment.NONE.withLoss(0.02).withDelay(DELAY_MS, 0), 1); // what reaches a
        End b = new End(Impairment.NONE.withLoss(0.12).withDelay(DELAY_MS, 0), 2);
        a.connect(MediaCodec.OPUS, PacketFormat.RTP);
        b.connect(MediaCodec.OPUS, PacketFormat.RTP);
        int seconds = 16;
        talk(a, b, speech(seconds, 1), speech(seconds, 2), seconds * 50);

        assertReportsMatch(a, b, 12);
        assertReportsMatch(b, a, 2);
        assertThat(SpeechMatch.find(
                                Arrays.copyOf(speech(seconds, 2), (seconds - 1) * RATE_HZ), a.audio.heard(), RATE_HZ)
                        .similarity())
                .isGreaterThan(0.85);
    }

    /** What {@code speaker} is told by {@code listener}, whose network loses so much. */
    private static void assertReportsMatch(End speaker, End listener, int lossPercent) {
        assertThat(speaker.reports)
                .as("0.5 to 1.5 seconds apart, but for those that got lost")
                .hasSizeBetween(8, 24);
        CallEvent.PeerReport last = speaker.reports.get(speaker.reports.size() - 1);
        long lost = listener.stats.packetsLost();
        assertThat(lost * 100.0 / 800).as("the seeded loss").isEqualTo(lossPercent, within(4.0));
        assertThat(last.packetsLost())
                .as("as the other side counts, less the last 1.5 s, or more by the half second since")
                .isBetween(lost * 3 / 4 - 4, lost + 8);
        assertThat(speaker.reports.stream()
                        .mapToDouble(CallEvent.PeerReport::lossPercent)
                        .average()
                        .orElseThrow())
                .isEqualTo(lossPercent, within(4.0));
        assertThat(last.jitterMs()).as("the network is slow, but even").isLessThan(1);
        assertThat(last.rttMs()).as("30 ms each way").isEqualTo(60, within(1.0));
        assertThat(speaker.totals.counters().get(Counter.RTCP_SENT)).isBetween(10L, 24L);
        assertThat(speaker.totals.counters().get(Counter.RTCP_RECEIVED)).isBetween(8L, 24L);
        assertThat(speaker.totals.counters().get(Counter.PACKETS_MALFORMED)).isZero();
        assertThat(speaker.totals.counters().get(Counter.PACKETS_UNDECODABLE)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"OPUS, RTP, 0.93", "PCM, RTP, 0.995", "PCM, CLASSIC, 0.995"})
    void shouldCarrySpeechWithEveryCodecAndPacketFormat(MediaCodec codec, PacketFormat packets, double similarity)
            throws Exception {
        End a = new End(Impairment.NONE, 1);
        End b = new End(Impairment.NONE, 2);
        a.connect(codec, packets);
        b.connect(codec, packets);
        short[] said = speech(4, 1);
        talk(a, b, said, new short[said.length], 200);

        short[] heard = b.audio.heard();
        assertThat(SpeechMatch.find(Arrays.copyOf(said, 3 * RATE_HZ), heard, RATE_HZ)
                        .similarity())
                .isGreaterThan(similarity);
        int offset = SpeechMatch.find(Arrays.copyOfRange(said, RATE_HZ, 2 * RATE_HZ), heard, RATE_HZ)
                        .offsetSamples()
                - RATE_HZ;
        assertThat(offset * 1000 / RATE_HZ)
                .as("a packet, the playout delay of 20 ms and the codec's delay, in milliseconds")
                .isBetween(20, 60);
        CallEvent.Summary summary = b.sound.summary(CallState.IN_CALL, EndReason.QUIT, 4000, null);
        assertThat(summary.codec()).isEqualTo(codec.wire());
        assertThat(summary.packetsReceived()).isEqualTo(200);
        assertThat(summary.concealedMs()).isZero();
        assertThat(b.totals.counters().get(Counter.STRETCH_ADDED_MS)).isZero();
        assertThat(b.totals.counters().get(Counter.STRETCH_REMOVED_MS)).isZero();
        assertThat(summary.durationMs()).isEqualTo(4000);
        assertThat(a.reports.isEmpty()).isEqualTo(packets == PacketFormat.CLASSIC);
    }

    @Test
    void shouldNeitherSendNorReceiveBeforeConnecting() throws Exception {
        End a = new End(Impairment.NONE, 1);
        End b = new End(Impairment.NONE, 2);
        b.connect(MediaCodec.OPUS, PacketFormat.RTP);
        talk(a, b, speech(1, 1), speech(1, 2), 50);

        assertThat(a.sent).isEmpty();
        assertThat(a.totals.counters().get(Counter.PACKETS_UNEXPECTED)).isPositive();
        assertThat(a.sound.takeSignals().heard()).isFalse();
        assertThat(a.sound.summary(CallState.WAITING, EndReason.QUIT, 0, null).codec())
                .isEmpty();
        assertThat(a.sound.summary(CallState.WAITING, EndReason.QUIT, 0, null).micPeakDbfs())
                .as("metered all the same")
                .isGreaterThan(-40);
    }

    @ParameterizedTest
    @CsvSource({"OPUS, RTP", "PCM, CLASSIC"})
    void shouldPlayOutAfterEndOfTransmission(MediaCodec codec, PacketFormat packets) throws Exception {
        End a = new End(Impairment.NONE, 1);
        End b = new End(Impairment.NONE, 2);
        a.connect(codec, packets);
        b.connect(codec, packets);
        talk(a, b, speech(1, 1), speech(1, 2), 25);
        a.sound.sendEndOfTransmission();
        assertThat(a.sent).hasSize(3);
        a.passOn(b);
        b.hear();
        assertThat(b.sound.takeSignals().endOfTransmission()).isTrue();
        b.sound.playOut();
        MediaSignals.Raised raised = b.sound.takeSignals();
        for (int i = 0; i < 20 && !raised.drained(); i++) {
            clock.advanceMs(PcmFormat.FRAME_MS);
            b.hear();
            raised = b.sound.takeSignals();
        }

        assertThat(raised.drained()).isTrue();
        assertThat(b.stats.packetsLost()).isZero();
    }

    @Test
    void shouldStartMutedIfToldTo() {
        MediaConfig muted = new MediaConfig(new MediaConfig.Delay(20, 500), null, 96_000, null, false, true);
        End end = new End(Impairment.NONE, 1, muted);
        assertThat(end.events.await(CallEvent.MuteChanged.class).muted()).isTrue();

        end.sound.command(new Command.SetMute(true));
        end.sound.command(new Command.ToggleMute());
        assertThat(end.events.await(CallEvent.MuteChanged.class).muted()).isFalse();
        end.sound.command(new Command.SetMute(false));
        end.sound.command(new Command.SetMute(true));
        assertThat(end.events.await(CallEvent.MuteChanged.class).muted())
                .as("reported only when it changes")
                .isTrue();
    }

    @Test
    void shouldExecuteCommands() throws Exception {
        End a = new End(Impairment.NONE, 1);
        a.sound.command(new Command.ToggleMute());

        assertThat(a.events.await(CallEvent.MuteChanged.class).muted()).isTrue();
    }

    @Test
    void shouldRejectOpusInClassicPackets() {
        End a = new End(Impairment.NONE, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> a.sound.startReceiving(
                        new MediaFormat(MediaCodec.OPUS, PacketFormat.CLASSIC, MediaFeatures.NONE)));
    }

    @Test
    void shouldSwitchCodecForTheNextPeer() throws Exception {
        End a = new End(Impairment.NONE, 1);
        End b = new End(Impairment.NONE, 2);
        a.connect(MediaCodec.OPUS, PacketFormat.RTP);
        a.sound.disconnect();

        a.connect(MediaCodec.PCM, PacketFormat.CLASSIC);
        b.connect(MediaCodec.PCM, PacketFormat.CLASSIC);

        talk(a, b, speech(2, 1), speech(2, 2), 100);
        assertThat(a.stats.packetsReceived()).isGreaterThan(70);
        assertThat(SpeechMatch.find(Arrays.copyOf(speech(2, 2), RATE_HZ), a.audio.heard(), RATE_HZ)
                        .similarity())
                .isGreaterThan(0.9);
        assertThat(a.sound.summary(CallState.IN_CALL, EndReason.QUIT, 0, null).codec())
                .isEqualTo("pcm");
    }

    @Test
    void shouldKnowRateAndBitRateOfEachCodec() {
        assertThat(CodecFactory.bitrateKbps(MediaCodec.OPUS)).isEqualTo(32);
        assertThat(CodecFactory.bitrateKbps(MediaCodec.PCM)).isEqualTo(706);
        assertThat(CodecFactory.sampleRateHz(MediaCodec.OPUS)).isEqualTo(48_000);
        assertThat(CodecFactory.sampleRateHz(MediaCodec.PCM)).isEqualTo(44_100);
    }

    @Test
    void shouldSurviveNoiseFromTheNetwork() throws Exception {
        End a = new End(Impairment.NONE, 1);
        End b = new End(Impairment.NONE, 2);
        a.connect(MediaCodec.OPUS, PacketFormat.RTP);
        b.connect(MediaCodec.OPUS, PacketFormat.RTP);
        Random random = new Random(5);
        for (int i = 0; i < 5000; i++) {
            byte[] noise = new byte[random.nextInt(i % 50 == 0 ? 2300 : 100)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                noise[0] = (byte) 0x80;
                noise[1] = (byte) (i % 2 == 0 ? 111 : 200 + i % 4);
            }
            a.sound.handler().onDatagram(ByteBuffer.wrap(noise), clock.nanoTime());
        }
        clock.advanceMs(1000);
        short[] said = speech(3, 2);
        talk(a, b, new short[said.length], said, 150);

        assertThat(SpeechMatch.find(Arrays.copyOf(said, 2 * RATE_HZ), a.audio.heard(), RATE_HZ)
                        .similarity())
                .isGreaterThan(0.9);
    }
}
