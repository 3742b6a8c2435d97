package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
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
import voiptui.media.record.RecordingTap;
import voiptui.net.DatagramReader;
import voiptui.rtp.ClassicPacket;
import voiptui.testkit.FakeSink;
import voiptui.testkit.ImpairedTransport;
import voiptui.testkit.ImpairedTransport.Impairment;
import voiptui.testkit.ManualClock;
import voiptui.testkit.MemoryTransport;
import voiptui.time.PacketTime;

/**
 * The receiving half of a call, all of it, behind a bad network; the time is computed. Each frame's samples are its number,
 * so that what is heard tells when it was said.
 */
class ImpairedCallTest {

    private static final int FRAME_MS = PacketTime.MS;
    private static final int FRAMES = 6000; // two minutes

    private final MemoryTransport peer = new MemoryTransport();
    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final short[] frame = new short[PcmFormat.CLASSIC.frameSamples()];

    private int framesHeardWhole;
    private int longestBehindFrames;
    private ImpairedTransport network;

    private void say(int number) {
        Arrays.fill(frame, (short) (number + 1000));
        ByteBuffer packet = ByteBuffer.allocate(ClassicPacket.PACKET_BYTES);
        ClassicPacket.putSequence(packet, number);
        PcmCodec.encode(frame, packet, ClassicPacket.HEADER_BYTES);
        peer.deliver(packet.array());
    }

    private FakeSink listen(Impairment impairment, long seed) {
        network = new ImpairedTransport(peer, impairment, seed, clock);
        MediaContext context =
                new MediaContext(PcmFormat.CLASSIC, new EventBus(), counters, new MediaSignals(() -> {}), clock);
        ArrivalQueue arrivals = new ArrivalQueue(64, ClassicPacket.PAYLOAD_BYTES);
        ReceivePipeline receive = new ReceivePipeline(context);
        NegotiatedMedia media = ClassicMedia.create(context, arrivals);
        receive.use(media);
        DatagramReader reader = new DatagramReader(network, ClassicPacket.MAX_DATAGRAM_BYTES, receive, clock);
        PlayoutPipeline[] playout = {null};
        FakeSink speaker = new FakeSink(FRAMES, number -> {
            clock.advanceMs(FRAME_MS);
            say(number);
            reader.run();
        });
        playout[0] = new PlayoutPipeline(
                context, arrivals, new RecordingTap(), new TestTone(PcmFormat.CLASSIC), Gain.ofSpeaker(), speaker);
        playout[0].use(media);
        playout[0].run();
        int last = 0;
        for (int tick = 0; tick < FRAMES; tick++) {
            short[] heard = speaker.heard().get(tick);
            // Behind the cross-fade that follows a loss; a made-up or blended frame is not the same all through.
            boolean whole = heard[400] != 0 && heard[400] == heard[600] && heard[400] == heard[881];
            if (whole) {
                int number = heard[400] - 1000;
                assertThat(number).as("never back in time").isGreaterThanOrEqualTo(last);
                last = number;
                framesHeardWhole++;
                longestBehindFrames = Math.max(longestBehindFrames, tick - number);
            }
        }
        return speaker;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldConcealTenPercentLossAndSixtyMillisecondsOfJitter(long seed) {
        listen(Impairment.NONE.withLoss(0.10).withDelay(5, 60), seed);

        long lost = network.lost();
        assertThat(lost).isBetween(450L, 750L);
        assertThat(counters.get(Counter.PACKETS_LOST)).as("known as lost").isBetween(lost - 10, lost + 10);
        assertThat(counters.get(Counter.PACKETS_REORDERED)).isPositive();
        assertThat(counters.get(Counter.CONCEALED_MS) / FRAME_MS)
                .as("what is lost and little more")
                .isBetween(lost - 20, lost + FRAMES / 20);
        assertThat(counters.get(Counter.PACKETS_LATE)).as("2 % at most").isLessThan(FRAMES / 50);
        assertThat(framesHeardWhole).isGreaterThan(FRAMES * 3 / 5);
        assertThat(longestBehindFrames * FRAME_MS)
                .as("65 ms under way, the delay that covers them, and a margin")
                .isLessThanOrEqualTo(220);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldSurviveBurstsOfLossWithoutAddingDelay(long seed) {
        listen(Impairment.NONE.withBursts(0.01, 12).withDelay(5, 5), seed);

        assertThat(network.lost()).isGreaterThan(200);
        assertThat(longestBehindFrames * FRAME_MS).isLessThanOrEqualTo(100);
        assertThat(counters.get(Counter.CONCEALED_MS) / FRAME_MS).isLessThanOrEqualTo(network.lost());
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

        assertThat(framesHeardWhole).isEqualTo(FRAMES - 3);
        assertThat(longestBehindFrames).isEqualTo(3);
    }
}
