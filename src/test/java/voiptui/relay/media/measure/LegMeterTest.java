package voiptui.relay.media.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.rtp.BigEndian;
import voiptui.rtp.ClassicPacket;
import voiptui.rtp.RtpPacket;
import voiptui.time.NanoClock;

class LegMeterTest {

    /** The shortest datagram that the relay takes. */
    private static final int MIN_DATAGRAM_BYTES = ClassicPacket.HEADER_BYTES + 1;

    private static final long FRAME_NS = 20 * NanoClock.NS_PER_MS;
    private static final int OPUS = 111;
    private static final int RED = 112;
    private static final int RTX = 113;
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;

    private final LegMeter meter = new LegMeter();
    private final LegMeter peer = new LegMeter();

    private static ByteBuffer rtp(int type, int sequence, int ssrc) {
        ByteBuffer packet = ByteBuffer.allocate(60);
        RtpPacket.writeHeader(packet, false, type, sequence, sequence * 960, ssrc);
        return packet;
    }

    private static void rtp(LegMeter meter, int type, int sequence, int ssrc) {
        meter.onPacket(rtp(type, sequence, ssrc), sequence * FRAME_NS, null);
    }

    private static ByteBuffer classic(int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(ClassicPacket.PACKET_BYTES);
        ClassicPacket.putSequence(packet, sequence);
        return packet;
    }

    private static ByteBuffer report(int type, int ssrc, int lost) {
        int at = type == SENDER_REPORT ? 28 : 8;
        ByteBuffer packet = ByteBuffer.allocate(at + 24);
        packet.put(0, (byte) 0x81).put(1, (byte) type);
        BigEndian.put16(packet, 2, packet.capacity() / 4 - 1);
        BigEndian.put32(packet, at, ssrc);
        BigEndian.put24(packet, at + 5, lost);
        return packet;
    }

    /** The blocks of SRTCP are encrypted: whatever they look like, they say nothing, but the packets are still counted. */
    @Test
    void shouldTakeNothingFromEncryptedReports() {
        rtp(peer, OPUS, 1, 7);
        Random random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            ByteBuffer secured = ByteBuffer.allocate(72 + random.nextInt(60));
            random.nextBytes(secured.array());
            secured.put(0, (byte) 0x81).put(1, (byte) (i % 2 == 0 ? SENDER_REPORT : RECEIVER_REPORT));
            meter.onPacket(secured, i * FRAME_NS, peer);
        }
        rtp(meter, OPUS, 1, 9);

        assertThat(meter.forwarded()).isEqualTo(-1);
        assertThat(meter.expected()).isEqualTo(1);
    }

    @Test
    void shouldCountNoHandshakeAsMedia() {
        for (int first = 20; first <= 63; first++) {
            for (int bytes = MIN_DATAGRAM_BYTES; bytes <= 1_200; bytes += 23) {
                meter.onPacket(ByteBuffer.allocate(bytes).put(0, (byte) first), 0, peer);
            }
        }

        assertThat(meter.expected()).isZero();
    }

    @Test
    void shouldCountLossFromRtpNumbersAcrossTheWrap() {
        for (int i = 0; i < 1_000; i++) {
            if (i % 10 != 5) {
                rtp(meter, i % 2 == 0 ? OPUS : RED, 65_000 + i, 7);
            }
        }
        assertThat(meter.expected()).isEqualTo(1_000);
        assertThat(meter.lost()).isEqualTo(100);
    }

    @Test
    void shouldCountLossFromClassicNumbers() {
        for (int i = 0; i < 100; i++) {
            if (i != 50) {
                meter.onPacket(classic(i), i * FRAME_NS, null);
            }
        }
        meter.onPacket(classic(ClassicPacket.EOT_SEQUENCE), 100 * FRAME_NS, null);
        assertThat(meter.expected()).isEqualTo(100);
        assertThat(meter.lost()).isEqualTo(1);
    }

    @Test
    void shouldNotCountRetransmissionsReportsAndOtherDatagrams() {
        rtp(meter, OPUS, 1, 7);
        rtp(meter, RTX, 900, 8);
        meter.onPacket(report(RECEIVER_REPORT, 9, 5), 0, peer);
        meter.onPacket(ByteBuffer.wrap(new byte[] {0, 0, 0, 9, 1}), 0, null);
        meter.onPacket(ByteBuffer.wrap(new byte[] {(byte) 0x80, OPUS, 0, 1, 2}), 0, null);
        rtp(meter, OPUS, 2, 7);
        assertThat(meter.expected()).isEqualTo(2);
        assertThat(meter.lost()).isZero();
    }

    @Test
    void shouldGoOnWithANewSource() {
        rtp(meter, OPUS, 1, 7);
        rtp(meter, OPUS, 3, 7);
        rtp(meter, OPUS, 40_000, 8);
        rtp(meter, OPUS, 40_001, 8);
        assertThat(meter.expected()).isEqualTo(5);
        assertThat(meter.lost()).isEqualTo(1);
    }

    @Test
    void shouldMeasureJitter() {
        for (int i = 0; i < 1_000; i++) {
            meter.onPacket(rtp(OPUS, i, 7), i * FRAME_NS + i % 2 * 5 * NanoClock.NS_PER_MS, null);
        }
        assertThat(meter.jitterUs()).isCloseTo(5_000, within(50L));
    }

    @Test
    void shouldSplitTheLossThatAPhoneReportsBetweenTheTwoLegs() {
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 5) {
                rtp(peer, OPUS, i, 7);
            }
        }
        assertThat(meter.forwarded()).as("nothing reported").isEqualTo(-1);
        meter.onPacket(report(RECEIVER_REPORT, 99, 50), 0, peer);
        assertThat(meter.forwarded()).as("a report about somebody else").isEqualTo(-1);

        meter.onPacket(report(SENDER_REPORT, 7, 14), 0, peer);
        assertThat(meter.forwarded()).isEqualTo(90);
        assertThat(meter.forwardedLost()).isEqualTo(4);
        meter.onPacket(report(RECEIVER_REPORT, 7, 3), 0, peer);
        assertThat(meter.forwardedLost()).as("less than the relay missed").isZero();
        meter.onPacket(report(RECEIVER_REPORT, 7, 0x7fffff), 0, peer);
        assertThat(meter.forwardedLost()).as("more than there were").isEqualTo(90);
    }

    @Test
    void shouldSurviveAnyBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[MIN_DATAGRAM_BYTES + random.nextInt(60)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (0x80 | bytes[0] & 0x3f);
            meter.onPacket(ByteBuffer.wrap(bytes), i * FRAME_NS, peer);
            peer.onPacket(ByteBuffer.wrap(bytes), i * FRAME_NS, meter);
            assertThat(meter.lost()).isBetween(0L, meter.expected());
        }
    }
}
