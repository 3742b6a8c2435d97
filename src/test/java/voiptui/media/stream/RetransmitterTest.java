package voiptui.media.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.audio.PcmFormat;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.rtp.PayloadFormat;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.repair.RtxPacket;
import voiptui.rtp.repair.SentPackets;
import voiptui.testkit.ManualClock;

class RetransmitterTest {

    private static final int SSRC = 7;
    private static final int RTX_SSRC = 8;
    private static final int PAYLOAD_BYTES = 80;

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final MediaContext context =
            new MediaContext(PcmFormat.OPUS, new EventBus(), counters, new MediaSignals(() -> {}), clock);
    private final SentPackets kept = new SentPackets(64, 200, 0.5);
    private final List<ByteBuffer> resent = new ArrayList<>();
    private boolean networkRefuses;
    private final Retransmitter retransmitter =
            new Retransmitter(context, kept, PayloadFormat.OPUS, RTX_SSRC, 65_535, packet -> {
                if (networkRefuses) {
                    return -1;
                }
                ByteBuffer copy = ByteBuffer.allocate(packet.remaining()).put(packet.duplicate());
                resent.add(copy.flip());
                return copy.remaining();
            });

    @BeforeEach
    void send() {
        for (int sequence = 100; sequence < 200; sequence++) {
            int payloadType = sequence % 2 == 0 ? 111 : PayloadFormat.RED_PAYLOAD_TYPE;
            ByteBuffer packet = ByteBuffer.allocate(200);
            RtpPacket.writeHeader(packet, false, payloadType, sequence, sequence * 960, SSRC);
            packet.put(RtpPacket.HEADER_BYTES, (byte) sequence);
            kept.onSent(packet.position(0).limit(RtpPacket.HEADER_BYTES + PAYLOAD_BYTES), clock.nanoTime());
            clock.advanceMs(20);
        }
    }

    private static RtpPacket parsed(ByteBuffer packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.parse(packet)).isTrue();
        return view;
    }

    @Test
    void shouldSendAPacketAgainInAStreamOfItsOwn() {
        retransmitter.onNack(198, false);
        retransmitter.onNack(199, false);

        assertThat(counters.get(Counter.RETRANSMISSIONS_SENT)).isEqualTo(2);
        assertThat(counters.get(Counter.SENT_BYTES))
                .isEqualTo(2 * 28 + resent.get(0).remaining() + resent.get(1).remaining());
        RtpPacket first = parsed(resent.get(0));
        assertThat(first.ssrc()).isEqualTo(RTX_SSRC);
        assertThat(first.sequence()).isEqualTo(65_535);
        assertThat(first.payloadType()).isEqualTo(PayloadFormat.RTX_PAYLOAD_TYPE);
        assertThat(first.timestamp()).isEqualTo(198 * 960);
        assertThat(RtxPacket.originalSequence(resent.get(0), first)).isEqualTo(198);
        assertThat(RtxPacket.originalPayloadBytes(first)).isEqualTo(PAYLOAD_BYTES);
        assertThat(resent.get(0).get(RtxPacket.originalPayloadAt(first))).isEqualTo((byte) 198);
        RtpPacket second = parsed(resent.get(1));
        assertThat(second.sequence()).isZero();
        assertThat(second.payloadType()).isEqualTo(PayloadFormat.RED_RTX_PAYLOAD_TYPE);
    }

    @Test
    void shouldRefuseWhatIsNotKept() {
        retransmitter.onNack(200, false);
        retransmitter.onNack(101, false);

        assertThat(resent).isEmpty();
        assertThat(counters.get(Counter.RETRANSMISSIONS_REFUSED)).isEqualTo(2);
    }

    @Test
    void shouldNotBeMadeToFloodThePeer() {
        for (int round = 0; round < 1_000; round++) {
            retransmitter.onNack(199, false);
        }
        assertThat(resent).as("at once").hasSize(1);
        for (int round = 0; round < 10; round++) {
            clock.advanceMs(25);
            retransmitter.onNack(199, false);
        }

        assertThat(resent).hasSize(SentPackets.MAX_RESENDS);
        assertThat(counters.get(Counter.RETRANSMISSIONS_REFUSED)).isEqualTo(1_010 - SentPackets.MAX_RESENDS);
    }

    @Test
    void shouldNotCountWhatTheNetworkRefuses() {
        networkRefuses = true;
        retransmitter.onNack(199, false);

        assertThat(counters.get(Counter.RETRANSMISSIONS_SENT)).isZero();
        assertThat(counters.get(Counter.RETRANSMISSIONS_REFUSED)).isZero();
    }
}
