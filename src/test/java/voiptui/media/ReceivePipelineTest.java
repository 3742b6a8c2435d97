package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.PcmFormat;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.jitter.ArrivalQueue;
import voiptui.media.stream.MediaContext;
import voiptui.media.stream.MediaSignals;
import voiptui.net.DatagramReader;
import voiptui.net.DatagramTransport;
import voiptui.rtp.ClassicPacket;
import voiptui.testkit.Allocation;
import voiptui.testkit.Arrivals;
import voiptui.testkit.ClassicPeer;
import voiptui.testkit.ManualClock;
import voiptui.testkit.MemoryTransport;

/** Classic packets. Runs the network thread's work in the test's own thread: it ends when the transport is empty. */
class ReceivePipelineTest {

    private final MemoryTransport transport = new MemoryTransport();
    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final MediaSignals signals = new MediaSignals(() -> {});
    private final MediaContext context = new MediaContext(PcmFormat.CLASSIC, new EventBus(), counters, signals, clock);
    private final ArrivalQueue arrivals = new ArrivalQueue(64, ClassicPacket.PAYLOAD_BYTES);
    private ReceivePipeline pipeline = new ReceivePipeline(context);

    private Runnable reader(DatagramTransport from) {
        return new DatagramReader(from, ClassicPacket.MAX_DATAGRAM_BYTES, pipeline, clock);
    }

    @BeforeEach
    void negotiateClassicPackets() {
        pipeline.use(ClassicMedia.create(context, arrivals));
    }

    private void receive(byte[]... datagrams) {
        for (byte[] datagram : datagrams) {
            clock.advanceMs(20);
            transport.deliver(datagram);
            reader(transport).run();
        }
    }

    private int queued() {
        return Arrivals.of(arrivals).size();
    }

    private void assertCounts(long received, long lost, long duplicate, long reordered, long malformed) {
        assertThat(new long[] {
                    counters.get(Counter.PACKETS_RECEIVED),
                    counters.get(Counter.PACKETS_LOST),
                    counters.get(Counter.PACKETS_DUPLICATE),
                    counters.get(Counter.PACKETS_REORDERED),
                    counters.get(Counter.PACKETS_MALFORMED)
                })
                .as("received, lost, duplicate, reordered, malformed")
                .containsExactly(received, lost, duplicate, reordered, malformed);
    }

    @Test
    void shouldQueuePayloadsUnchanged() {
        byte[] first = ClassicPeer.packet(0);
        receive(first, ClassicPeer.packet(1));
        List<Arrivals.Packet> packets = Arrivals.of(arrivals);

        assertThat(packets).hasSize(2);
        assertThat(packets.get(0).payload()).isEqualTo(Arrays.copyOfRange(first, 4, 1768));
        assertThat(packets.get(1).timestamp() - packets.get(0).timestamp()).isEqualTo(1);
        assertCounts(2, 0, 0, 0, 0);
        MediaSignals.Raised raised = signals.take();
        assertThat(raised.heard()).isTrue();
        assertThat(raised.heardAtNs()).isEqualTo(clock.nanoTime());
        assertThat(raised.peerRestarted()).isFalse();
    }

    @Test
    void shouldCountLossReorderingAndDuplicates() {
        receive(ClassicPeer.packet(0), ClassicPeer.packet(3), ClassicPeer.packet(2), ClassicPeer.packet(2));

        assertCounts(3, 1, 1, 1, 0);
        assertThat(queued()).as("the copy goes nowhere").isEqualTo(3);
        assertThat(pipeline.jitterMs()).isPositive();
    }

    @Test
    void shouldNotQueueAnEndOfTransmission() {
        receive(ClassicPeer.packet(0), ClassicPeer.endOfTransmission());

        assertThat(signals.take().endOfTransmission()).isTrue();
        assertCounts(1, 0, 0, 0, 0);
        assertThat(queued()).isEqualTo(1);
    }

    @Test
    void shouldNotHearAPeerThatOnlyHangsUp() {
        receive(ClassicPeer.endOfTransmission());

        assertThat(signals.take().heard()).isFalse();
    }

    @Test
    void shouldStartANewStreamAfterTheEnd() {
        receive(ClassicPeer.packet(700), ClassicPeer.endOfTransmission());
        clock.advanceMs(200);
        receive(ClassicPeer.packet(0), ClassicPeer.packet(1));

        assertThat(signals.take().peerRestarted()).isTrue();
        assertCounts(3, 0, 0, 0, 0);
    }

    @Test
    void shouldNotStartANewStreamWithAPacketReorderedPastTheEnd() {
        receive(ClassicPeer.packet(700), ClassicPeer.packet(702), ClassicPeer.endOfTransmission());
        signals.take();
        receive(ClassicPeer.packet(701));

        assertThat(signals.take().heard()).as("a ghost of a call").isFalse();
        assertThat(counters.get(Counter.PACKETS_AFTER_END)).isEqualTo(1);
    }

    @Test
    void shouldSignalThatThePeerRestarted() {
        for (int i = 0; i < 200; i++) {
            receive(ClassicPeer.packet(i));
        }
        assertThat(signals.take().peerRestarted()).isFalse();
        receive(ClassicPeer.packet(0), ClassicPeer.packet(1));

        assertThat(signals.take().peerRestarted()).isTrue();
        assertThat(counters.get(Counter.PACKETS_LOST)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 1767, 1769, 2200, 5000})
    void shouldCountAndDropMalformedPackets(int length) {
        receive(ClassicPeer.packet(0), new byte[length], ClassicPeer.packet(1));

        assertCounts(2, 0, 0, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldSurviveNoiseAndKeepTheCall(long seed) {
        Random random = new Random(seed);
        int malformed = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = new byte[random.nextInt(2000)];
            random.nextBytes(noise);
            if (noise.length != ClassicPacket.PACKET_BYTES) {
                malformed++;
                transport.deliver(noise);
            }
            if (i % 100 == 0) {
                receive(ClassicPeer.packet(i / 100));
                queued();
            }
        }
        reader(transport).run();

        assertCounts(100, 0, 0, 0, malformed);
    }

    @Test
    void shouldCountAndDropPacketsBeforeNegotiation() {
        pipeline = new ReceivePipeline(context);
        receive(ClassicPeer.packet(0));

        assertThat(counters.get(Counter.PACKETS_UNEXPECTED)).isEqualTo(1);
        assertThat(signals.take().heard()).isFalse();
        assertThat(pipeline.jitterMs()).isZero();
    }

    @Test
    void shouldSignalRefusedDatagrams() {
        transport.deliverCode(DatagramTransport.REFUSED);
        receive(ClassicPeer.packet(0));

        assertThat(signals.take().refused()).isTrue();
        assertThat(signals.take().refused()).as("once").isFalse();
        assertThat(counters.get(Counter.PACKETS_RECEIVED)).isEqualTo(1);
    }

    @Test
    void shouldCountPacketsThatFindTheQueueFull() {
        for (int i = 0; i < 100; i++) {
            receive(ClassicPeer.packet(i));
        }

        assertThat(counters.get(Counter.PACKETS_QUEUE_FULL)).isEqualTo(100 - 64);
        assertThat(counters.get(Counter.PACKETS_RECEIVED)).isEqualTo(100);
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        long[] bytes = new long[2];
        DatagramTransport endless = new DatagramTransport() {
            private int sequence;
            private final ByteBuffer packet = ByteBuffer.allocateDirect(ClassicPacket.PACKET_BYTES);

            @Override
            public int receive(ByteBuffer buffer) {
                if (sequence == 10_000) {
                    bytes[0] = Allocation.bytes();
                } else if (sequence == 20_000) {
                    bytes[1] = Allocation.bytes();
                    return CLOSED;
                }
                clock.advanceMs(20);
                packet.clear();
                ClassicPacket.putSequence(packet, sequence++ * 2); // each second one is lost
                buffer.put(packet);
                return ClassicPacket.PACKET_BYTES;
            }

            @Override
            public int send(ByteBuffer datagram) {
                return CLOSED;
            }

            @Override
            public int localPort() {
                return 1;
            }

            @Override
            public void close() {
                // nothing to close
            }
        };
        reader(endless).run();

        assertThat(bytes[1] - bytes[0]).as("bytes for 10,000 packets").isLessThan(1000);
    }
}
