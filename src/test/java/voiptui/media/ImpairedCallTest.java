package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.PcmFormat;
import voiptui.audio.dsp.Gain;
import voiptui.audio.dsp.TestTone;
import voiptui.codec.PcmCodec;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.net.DatagramReader;
import voiptui.rtp.ClassicPacket;
import voiptui.testkit.FakeSink;
import voiptui.testkit.ImpairedTransport;
import voiptui.testkit.ImpairedTransport.Impairment;
import voiptui.testkit.ManualClock;
import voiptui.testkit.MemoryTransport;
import voiptui.time.PacketTime;

/**
 * The receiving half of a call, all of it, behind a bad network; the time is computed. The peer sends a slow ramp: each sample says when
 * it was said.
 */
class ImpairedCallTest {

    private static final int FRAME_MS = PcmFormat.FRAME_MS;
    private static final int FRAMES = 12_000; // two minutes
    private static final int PACKETS = FRAMES * FRAME_MS / PacketTime.MS;
    private static final int PACKET_SAMPLES = PcmFormat.CLASSIC.samplesOf(PacketTime.MS);
    private static final int FIRST_LEVEL = 1_000;
    private static final int SAMPLES_PER_LEVEL = 200;
    private static final double MS_PER_LEVEL = SAMPLES_PER_LEVEL * 1000.0 / PcmFormat.CLASSIC.sampleRateHz();
    /** A repeated pitch period is at most so long; the levels are rounding. */
    private static final double MAX_REPEATED_MS = 15 + 2 * MS_PER_LEVEL;
    /** So long after a concealment its end may be heard: what was decoded ahead, and the cross-fade. */
    private static final int CONCEALED_FRAMES = 6;

    private final MemoryTransport peer = new MemoryTransport();
    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final long[] concealedMs = new long[FRAMES];

    private int framesHeardWhole;
    private double longestBehindMs;
    private double behindMsAtTheEnd;
    private ImpairedTransport network;

    private void say(int number) {
        short[] ramp = new short[PACKET_SAMPLES];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (short) (FIRST_LEVEL + (number * PACKET_SAMPLES + i) / SAMPLES_PER_LEVEL);
        }
        ByteBuffer packet = ByteBuffer.allocate(ClassicPacket.PACKET_BYTES);
        ClassicPacket.putSequence(packet, number);
        PcmCodec.encode(ramp, packet, ClassicPacket.HEADER_BYTES);
        peer.deliver(packet.array());
    }

    private static double saidAtMs(short sample) {
        return (sample - FIRST_LEVEL) * MS_PER_LEVEL;
    }

    private void listen(Impairment impairment, long seed) {
        network = new ImpairedTransport(peer, impairment, seed, clock);
        MediaContext context =
                new MediaContext(PcmFormat.CLASSIC, new EventBus(), counters, new MediaSignals(() -> {}), clock);
        ArrivalQueue arrivals = new ArrivalQueue(64, ClassicPacket.PAYLOAD_BYTES);
        ReceivePipeline receive = new ReceivePipeline(context);
        NegotiatedMedia media = ClassicMedia.create(context, arrivals);
        receive.use(media);
        DatagramReader reader = new DatagramReader(network, ClassicPacket.MAX_DATAGRAM_BYTES, receive, clock);
        FakeSink speaker = new FakeSink(FRAMES, number -> {
            concealedMs[number] = counters.get(Counter.CONCEALED_MS);
            clock.advanceMs(FRAME_MS);
            if (number % 2 == 0) {
                say(number / 2);
            }
            reader.run();
        });
        PlayoutPipeline playout = new PlayoutPipeline(
                context, arrivals, new TestTone(PcmFormat.CLASSIC), Gain.ofSpeaker(), speaker, FarEnd.IGNORED);
        playout.use(media);
        playout.run();
        judge(speaker);
    }

    private static boolean isSilent(short[] frame) {
        for (short sample : frame) {
            if (sample != 0) {
                return false;
            }
        }
        return true;
    }

    private void judge(FakeSink speaker) {
        double lastMs = 0;
        for (int tick = 0; tick < FRAMES - 1; tick++) {
            short[] heard = speaker.heard().get(tick);
            boolean nothingMadeUp = concealedMs[tick + 1] == concealedMs[Math.max(0, tick - CONCEALED_FRAMES)];
            boolean fadingOut = isSilent(speaker.heard().get(tick + 1));
            // After the silence of a long gap the first frame fades in from the concealment.
            boolean fadingIn = concealedMs[tick] > 0 && isSilent(speaker.heard().get(tick - 1));
            if (heard[0] == 0 || fadingOut || fadingIn || !nothingMadeUp) {
                continue;
            }
            framesHeardWhole++;
            for (short sample : heard) {
                double saidMs = saidAtMs(sample);
                assertThat(saidMs)
                        .as("never back in time, at %d ms", tick * FRAME_MS)
                        .isGreaterThanOrEqualTo(lastMs - MAX_REPEATED_MS);
                lastMs = Math.max(lastMs, saidMs);
            }
            behindMsAtTheEnd = tick * FRAME_MS - saidAtMs(heard[0]);
            longestBehindMs = Math.max(longestBehindMs, behindMsAtTheEnd);
        }
        long expected = counters.get(Counter.PACKETS_EXPECTED);
        assertThat(expected).as("every packet's turn came").isBetween(PACKETS - 20L, (long) PACKETS);
        assertThat(counters.get(Counter.PACKETS_PLAYED)
                        + counters.get(Counter.PACKETS_RECOVERED)
                        + counters.get(Counter.PACKETS_CONCEALED)
                        + counters.get(Counter.PACKETS_DISCARDED))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldConcealTenPercentLossAndSixtyMillisecondsOfJitter(long seed) {
        listen(Impairment.NONE.withLoss(0.10).withDelay(5, 60), seed);

        long lost = network.lost();
        assertThat(lost).isBetween(450L, 750L);
        assertThat(counters.get(Counter.PACKETS_LOST)).as("known as lost").isBetween(lost - 10, lost + 10);
        assertThat(counters.get(Counter.PACKETS_REORDERED)).isPositive();
        assertThat(counters.get(Counter.PACKETS_CONCEALED))
                .as("what is lost and little more")
                .isBetween(lost - 20, lost + PACKETS / 20);
        assertThat(counters.get(Counter.PACKETS_LATE)).as("2 % at most").isLessThan(PACKETS / 50);
        assertThat(framesHeardWhole).isGreaterThan(FRAMES / 2);
        assertThat(longestBehindMs)
                .as("65 ms under way, the delay that covers them, and a margin")
                .isLessThanOrEqualTo(220);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldSurviveBurstsOfLossWithoutAddingDelay(long seed) {
        listen(Impairment.NONE.withBursts(0.01, 12).withDelay(5, 5), seed);

        assertThat(network.lost()).isGreaterThan(200);
        assertThat(behindMsAtTheEnd).isLessThanOrEqualTo(100);
        assertThat(longestBehindMs).isLessThanOrEqualTo(300);
        assertThat(counters.get(Counter.PACKETS_CONCEALED)).isLessThanOrEqualTo(network.lost());
    }

    @Test
    void shouldHearEachFrameOnceWhenTheNetworkDoublesThem() {
        listen(Impairment.NONE.withDuplicates(0.5).withDelay(5, 0), 1);

        assertThat(counters.get(Counter.PACKETS_DUPLICATE)).isBetween(network.duplicated() - 1, network.duplicated());
        assertThat(counters.get(Counter.CONCEALED_MS)).isZero();
        assertThat(counters.get(Counter.PACKETS_LOST)).isZero();
        assertThat(framesHeardWhole).isGreaterThan(FRAMES - 20);
    }

    @Test
    void shouldChangeNothingWhenTheNetworkIsGood() {
        listen(Impairment.NONE, 1);

        assertThat(framesHeardWhole).as("after the delay of 40 ms").isEqualTo(FRAMES - 1 - 4);
        assertThat(longestBehindMs).isBetween(40.0, 40 + MS_PER_LEVEL);
        assertThat(counters.get(Counter.STRETCH_REMOVED_MS) + counters.get(Counter.STRETCH_ADDED_MS))
                .isZero();
    }
}
