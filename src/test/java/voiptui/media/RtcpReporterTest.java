package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.TestTone;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.media.stream.LocalState;
import voiptui.media.stream.LossFeedback;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.media.stream.NackSender;
import voiptui.media.stream.StreamReceiver;
import voiptui.rtp.RtpSource;
import voiptui.rtp.SequenceTracker;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.rtp.rtcp.LossMap;
import voiptui.rtp.rtcp.NtpTime;
import voiptui.rtp.rtcp.ReceptionReport;
import voiptui.rtp.rtcp.ReportBlock;
import voiptui.rtp.rtcp.RtcpListener;
import voiptui.rtp.rtcp.RtcpReader;
import voiptui.rtp.rtcp.SenderStats;
import voiptui.rtp.rtcp.VoipMetrics;
import voiptui.testkit.FakeSink;
import voiptui.testkit.ManualClock;
import voiptui.time.PacketTime;

/** The reports of a call that is ticked each 10 ms; the peer reads them. Also what {@link QualityMeter} rates. */
class RtcpReporterTest {

    private static final int PEER = 7;
    private static final int TICK_MS = 10;

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final MediaContext context =
            new MediaContext(PcmFormat.OPUS, new EventBus(), counters, new MediaSignals(() -> {}), clock);
    private final RtpSource ourselves = new RtpSource(new Random(1));
    private final SenderStats sent = new SenderStats(48_000);
    private final ReceptionReport received = new ReceptionReport();
    private final SequenceTracker tracker = new SequenceTracker(PacketTime.NS);
    private final LossFeedback losses =
            new LossFeedback(new NackSender(context, ourselves, datagram -> datagram.remaining()), false, () -> 40);
    private final QualityMeter quality = new QualityMeter(
            counters,
            new PlayoutPipeline(
                    context,
                    new ArrivalQueue(8, 100),
                    new TestTone(PcmFormat.OPUS),
                    Gain.ofSpeaker(),
                    new FakeSink(1, number -> {}),
                    FarEnd.IGNORED));

    private final List<Long> reportedMs = new ArrayList<>();
    private final List<ReportBlock> blocks = new ArrayList<>();
    private final List<VoipMetrics> metrics = new ArrayList<>();
    private final List<Boolean> mapped = new ArrayList<>();
    private final List<Integer> toldStates = new ArrayList<>();
    private final RtcpListener peer = new RtcpListener() {

        @Override
        public void onReportBlock(int reporter, ReportBlock block) {
            assertThat(reporter).isEqualTo(ourselves.ssrc());
            blocks.add(block);
        }

        @Override
        public void onApplication(int ssrc, int name, int data) {
            assertThat(ssrc).isEqualTo(ourselves.ssrc());
            assertThat(name).isEqualTo(LocalState.NAME);
            toldStates.add(data);
        }

        @Override
        public void onVoipMetrics(int sender, VoipMetrics told) {
            metrics.add(told);
        }

        @Override
        public void onLossMap(int sender, LossMap map) {
            for (int i = 0; i < map.packets(); i++) {
                mapped.add(map.isReceived(i));
            }
        }
    };

    private @Nullable LocalState state;
    private RtcpReporter reporter = reporter(true, 1);
    private int sequence;

    private RtcpReporter reporter(boolean extended, long seed) {
        return new RtcpReporter(
                context,
                ourselves,
                new RtcpReporter.Content(
                        sent, received, losses, quality, new MediaConfig.Delay(20, 500), extended, state),
                new NtpTime(clock, clock),
                new Random(seed),
                datagram -> {
                    int bytes = datagram.remaining();
                    assertThat(RtcpReader.read(datagram, peer)).isTrue();
                    reportedMs.add(clock.elapsedMs());
                    return bytes;
                });
    }

    private void tick() {
        clock.advanceMs(TICK_MS);
        reporter.onTick(clock.elapsedMs());
    }

    /** A packet each 20 ms, as many as given; or so many are lost. */
    private void packets(int count, boolean arrive) {
        for (int i = 0; i < count; i++) {
            tick();
            tick();
            if (arrive) {
                if (sequence == 0) {
                    received.onNewSource(PEER, tracker);
                    losses.onNewSource(PEER);
                }
                tracker.onPacket(sequence, clock.nanoTime());
                received.onPacket(tracker, 48);
                losses.onPacket(tracker.extended(), sequence, clock.nanoTime());
            }
            sequence++;
        }
    }

    @Test
    void shouldReportInRandomIntervalsOfAboutASecond() {
        packets(3_000, true);

        assertThat(counters.get(Counter.RTCP_SENT)).isEqualTo(reportedMs.size()).isBetween(50L, 75L);
        List<Long> intervals = new ArrayList<>();
        for (int i = 1; i < reportedMs.size(); i++) {
            intervals.add(reportedMs.get(i) - reportedMs.get(i - 1));
        }
        assertThat(intervals).allSatisfy(interval -> assertThat(interval).isBetween(400L, 2_000L));
        assertThat(intervals.stream().distinct().count()).isGreaterThan(20);
    }

    @Test
    void shouldTellItsStateWithEachReportAndAtOnceWhenItChanges() {
        state = new LocalState();
        reporter = reporter(true, 1);
        packets(200, true);
        assertThat(toldStates).hasSameSizeAs(reportedMs).containsOnly(0);

        toldStates.clear();
        state.set(LocalState.MUTED, true);
        packets(20, true);
        assertThat(toldStates).as("within 400 ms").isNotEmpty().containsOnly(LocalState.MUTED);
    }

    @Test
    void shouldTellNothingAboutItselfInACallWithoutEncryption() {
        packets(200, true);

        assertThat(toldStates).isEmpty();
    }

    /** A packet counts as lost 60 ms after a later one has come. */
    @Test
    void shouldReportALossWithin200Ms() {
        packets(50, true);
        for (int round = 0; round < 20; round++) {
            packets(120 + 7 * round, true);
            packets(1, false);
            packets(4, true);
            long knownMs = clock.elapsedMs();
            packets(12, true);

            assertThat(reportedMs)
                    .as("loss %d", round)
                    .anySatisfy(at -> assertThat(at).isBetween(knownMs - 20, knownMs + 200));
        }
    }

    @Test
    void shouldSendNoMoreThanOneEarlyReportInAnInterval() {
        for (int round = 0; round < 600; round++) {
            packets(4, true);
            packets(1, false);
        }

        assertThat(reportedMs.size()).as("in 60 s").isLessThan(150);
        for (int i = 1; i < reportedMs.size(); i++) {
            assertThat(reportedMs.get(i) - reportedMs.get(i - 1)).isGreaterThanOrEqualTo(200);
        }
    }

    @Test
    void shouldTellWhichPacketsWereLost() {
        packets(100, true);
        packets(3, false);
        packets(200, true);

        assertThat(mapped).hasSizeBetween(150, 303);
        assertThat(mapped.subList(0, 100)).containsOnly(true);
        assertThat(mapped.subList(100, 103)).containsOnly(false);
        assertThat(mapped.subList(103, mapped.size())).containsOnly(true);
        VoipMetrics last = metrics.get(metrics.size() - 1);
        assertThat(last.ssrc()).isEqualTo(PEER);
        assertThat(last.losses().burstMs()).isEqualTo(60);
        assertThat(last.delays().bufferLimitMs()).isEqualTo(500);
        assertThat(last.quality().conversationMos()).as("not rated yet").isNaN();
    }

    @Test
    void shouldTellThePeerHowItSoundsAndWhatWasConcealed() {
        losses.onRoundTrip(80);
        for (int reading = 0; reading <= 12; reading++) {
            counters.set(Counter.PACKETS_EXPECTED, 25L * reading);
            counters.set(Counter.PACKETS_CONCEALED, reading);
            counters.set(Counter.PACKETS_RECOVERED, 2L * reading);
            quality.update();
            packets(25, true);
        }

        assertThat(quality.quality().concealedPercent()).isEqualTo(4, within(0.01));
        assertThat(quality.quality().recoveredPercent()).isEqualTo(8, within(0.01));
        assertThat(quality.quality().mos()).isBetween(2.0, 4.3);
        assertThat(quality.delay().networkMs()).isEqualTo(40);
        VoipMetrics last = metrics.get(metrics.size() - 1);
        assertThat(last.losses().lossFraction()).isEqualTo(0.04, within(0.005));
        assertThat(last.delays().roundTripMs()).isEqualTo(80);
        assertThat(last.quality().conversationMos()).isEqualTo(quality.quality().mos(), within(0.06));
    }

    @Test
    void shouldRateSpeechByItsBitRateAndThePeersPackets() {
        assertThat(ratedAt(20)).isLessThan(ratedAt(80) - 0.1);
        assertThat(quality.delay().packetMs()).isEqualTo(10);
    }

    /** Rates Opus packets of 10 ms. */
    private double ratedAt(int payloadBytes) {
        ArrivalQueue queue = new ArrivalQueue(1024, 1500);
        StreamReceiver stream = StreamReceiver.ofClock(48_000, context, queue, new ReceivedPackets(1500, 1 << 16));
        ByteBuffer datagram = ByteBuffer.allocate(200);
        for (int i = 0; i < 1000; i++) {
            stream.onMedia(i, i * 480, datagram, 12, payloadBytes, clock.nanoTime());
        }
        quality.use(stream, true);
        for (int reading = 0; reading <= 12; reading++) {
            counters.set(Counter.PACKETS_EXPECTED, counters.get(Counter.PACKETS_EXPECTED) + 25);
            quality.update();
        }
        return quality.quality().mos();
    }

    @Test
    void shouldKeepTheWorstRating() {
        for (int reading = 0; reading <= 40; reading++) {
            long bad = Math.min(reading, 10);
            counters.set(Counter.PACKETS_EXPECTED, 25L * reading);
            counters.set(Counter.PACKETS_CONCEALED, 5 * bad);
            quality.update();
            assertThat(quality.quality() == null).as("reading %d", reading).isEqualTo(reading < 10);
        }

        assertThat(quality.quality().concealedPercent()).isZero();
        assertThat(quality.quality().worstMos()).isLessThan(quality.quality().mos() - 0.5);
    }

    @Test
    void shouldSendAPeerThatUnderstandsNoMoreOnlyPlainReports() {
        reporter = reporter(false, 1);
        packets(100, true);
        packets(3, false);
        packets(100, true);

        assertThat(blocks).isNotEmpty();
        assertThat(blocks.get(blocks.size() - 1).cumulativeLost()).isEqualTo(3);
        assertThat(mapped).isEmpty();
        assertThat(metrics).isEmpty();
    }
}
