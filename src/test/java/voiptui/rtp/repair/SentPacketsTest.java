package voiptui.rtp.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static voiptui.time.NanoClock.NS_PER_MS;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.rtp.RtpPacket;
import voiptui.testkit.Allocation;
import voiptui.testkit.Golden;

/** {@link SentPackets} and {@link RtxPacket}. */
class SentPacketsTest {

    private static final byte[] GOLDEN = Golden.hex("repair-packet.hex").get("rtx");
    private static final int OPUS = 111;
    private static final int RED = 63;
    private static final int OPUS_RTX = 108;
    private static final int RED_RTX = 109;
    private static final int US = 0xdeadbeef;
    private static final int RTX_SSRC = 0xcafebabe;
    private static final int PAYLOAD = 100;
    private static final int PACKET = RtpPacket.HEADER_BYTES + PAYLOAD;
    private static final long FRAME_NS = 20 * NS_PER_MS;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(2000);
    private final RtpPacket view = new RtpPacket();
    private long nowNs = -123 * NS_PER_MS;

    private static SentPackets store(double share) {
        return new SentPackets(64, PAYLOAD, share);
    }

    private static RtxPacket rtx(SentPackets sent) {
        RtxPacket rtx = new RtxPacket(sent, RTX_SSRC, 7);
        rtx.map(OPUS, OPUS_RTX);
        rtx.map(RED, RED_RTX);
        return rtx;
    }

    private void send(SentPackets sent, int payloadType, int sequence, int bytes) {
        packet.clear().position(3);
        RtpPacket.writeHeader(packet, sequence % 2 == 0, payloadType, sequence, sequence * 960, US);
        for (int i = 0; i < bytes; i++) {
            packet.put(3 + RtpPacket.HEADER_BYTES + i, (byte) (sequence + i));
        }
        packet.limit(3 + RtpPacket.HEADER_BYTES + bytes);
        sent.onSent(packet, nowNs);
        assertThat(packet.position()).isEqualTo(3);
        nowNs += FRAME_NS;
    }

    private void send(SentPackets sent, int sequence) {
        send(sent, OPUS, sequence, PAYLOAD);
    }

    @Test
    void shouldBuildARetransmissionAsInTheRfc() {
        SentPackets sent = store(1);
        packet.clear();
        RtpPacket.writeHeader(packet, true, OPUS, 0x1234, 0x00010203, US);
        packet.putInt(12, 0xc1c2c3c4).limit(16);
        sent.onSent(packet, nowNs);
        for (int i = 1; i < 5; i++) {
            send(sent, 0x1234 + i);
        }

        ByteBuffer built = rtx(sent).build(0x1234, false, nowNs);

        byte[] bytes = new byte[built.remaining()];
        built.get(bytes);
        assertThat(bytes).isEqualTo(GOLDEN);
    }

    @Test
    void shouldReadARetransmissionAsInTheRfc() {
        ByteBuffer datagram = ByteBuffer.wrap(GOLDEN);
        assertThat(view.parse(datagram)).isTrue();
        assertThat(view.payloadType()).isEqualTo(OPUS_RTX);
        assertThat(view.ssrc()).isEqualTo(RTX_SSRC);
        assertThat(RtxPacket.originalSequence(datagram, view)).isEqualTo(0x1234);
        assertThat(datagram.slice(RtxPacket.originalPayloadAt(view), RtxPacket.originalPayloadBytes(view)))
                .isEqualTo(ByteBuffer.wrap(GOLDEN, 14, 4));
    }

    @Test
    void shouldNotTakeAShortPacketForARetransmission() {
        for (int payload = 0; payload < 4; payload++) {
            ByteBuffer datagram = ByteBuffer.wrap(Arrays.copyOf(GOLDEN, 12 + payload));
            assertThat(view.parse(datagram)).isTrue();
            assertThat(RtxPacket.originalSequence(datagram, view)).isEqualTo(payload < 2 ? -1 : 0x1234);
            assertThat(RtxPacket.originalPayloadBytes(view)).isEqualTo(payload - 2);
        }
    }

    @Test
    void shouldNumberRetransmissionsAndMapPayloadTypes() {
        SentPackets sent = store(1);
        for (int i = 65_530; i < 65_550; i++) {
            send(sent, i % 2 == 0 ? OPUS : RED, i, 50);
        }
        RtxPacket rtx = rtx(sent);
        for (int i = 0; i < 10; i++) {
            int original = 65_532 + i;
            ByteBuffer built = rtx.build(original & 0xffff, false, nowNs);
            assertThat(view.parse(built)).isTrue();
            assertThat(view.sequence()).isEqualTo(7 + i);
            assertThat(view.payloadType()).isEqualTo(i % 2 == 0 ? OPUS_RTX : RED_RTX);
            assertThat(view.marked()).isEqualTo(i % 2 == 0);
            assertThat(view.timestamp()).isEqualTo(original * 960);
            assertThat(RtxPacket.originalSequence(built, view)).isEqualTo(original & 0xffff);
            assertThat(built.get(RtxPacket.originalPayloadAt(view) + 49)).isEqualTo((byte) (original + 49));
            assertThat(RtxPacket.originalPayloadBytes(view)).isEqualTo(50);
        }
    }

    @Test
    void shouldNotResendAPayloadTypeThatIsNotMapped() {
        SentPackets sent = store(1);
        send(sent, 11, 1, 50);
        send(sent, 11, 2, 50);
        assertThat(rtx(sent).build(1, false, nowNs)).isNull();
    }

    @Test
    void shouldKeepTheLastPackets() {
        SentPackets sent = store(100);
        RtxPacket rtx = rtx(sent);
        assertThat(rtx.build(0, false, nowNs)).as("nothing sent").isNull();
        for (int i = 0; i < 100; i++) {
            send(sent, i);
        }
        for (int i = -10; i < 120; i++) {
            assertThat(rtx.build(i, false, nowNs) != null).as("packet %d", i).isEqualTo(i >= 36 && i < 100);
        }
        assertThat(rtx.refused()).isZero();
    }

    @Test
    void shouldNotKeepWhatIsTooLongOrTooShort() {
        SentPackets sent = store(1);
        send(sent, 1);
        send(sent, OPUS, 2, PAYLOAD + 1);
        packet.clear().limit(11);
        sent.onSent(packet, nowNs);
        assertThat(rtx(sent).build(2, false, nowNs)).isNull();
        assertThat(rtx(sent).build(0, false, nowNs)).isNull();
    }

    @Test
    void shouldResendAPacketThreeTimes() {
        SentPackets sent = store(1);
        RtxPacket rtx = rtx(sent);
        for (int i = 0; i < 50; i++) {
            send(sent, i);
        }
        int resent = 0;
        for (int i = 0; i < 10; i++) {
            resent += rtx.build(49, false, nowNs) == null ? 0 : 1;
            nowNs += SentPackets.MIN_GAP_MS * NS_PER_MS;
        }
        assertThat(resent).isEqualTo(SentPackets.MAX_RESENDS);
        assertThat(rtx.refused()).isEqualTo(7);

        // The next packet in the same slot has three resends of its own.
        for (int i = 50; i < 49 + 65; i++) {
            send(sent, i);
        }
        assertThat(rtx.build(49 + 64, false, nowNs)).isNotNull();
    }

    @Test
    void shouldResendAPacketAfterAGapOnly() {
        SentPackets sent = store(1);
        RtxPacket rtx = rtx(sent);
        for (int i = 0; i < 50; i++) {
            send(sent, i);
        }
        assertThat(rtx.build(49, false, nowNs)).isNotNull();
        nowNs += SentPackets.MIN_GAP_MS * NS_PER_MS - 1;
        assertThat(rtx.build(49, false, nowNs)).isNull();
        nowNs += 1;
        assertThat(rtx.build(49, false, nowNs)).isNotNull();
    }

    /** In any second, a flood of NACKs makes us send no more than the share of what was sent in the second before. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1})
    void shouldNotBeFlooded(double share) {
        SentPackets sent = store(share);
        RtxPacket rtx = rtx(sent);
        int seconds = 20;
        int[] resentPerFrame = new int[seconds * 50];
        int[] sentPerFrame = new int[seconds * 50];
        long resent = 0;
        Random random = new Random(1);
        for (int frame = 0; frame < sentPerFrame.length; frame++) {
            boolean silent = frame / 50 % 4 == 3;
            if (silent) {
                nowNs += FRAME_NS;
            } else {
                int bytes = random.nextInt(PAYLOAD + 1);
                send(sent, OPUS, frame, bytes);
                sentPerFrame[frame] = RtpPacket.LOWER_LAYER_BYTES + RtpPacket.HEADER_BYTES + bytes;
            }
            for (int nack = 0; nack < 200; nack++) {
                ByteBuffer built = rtx.build(frame - nack % 64, false, nowNs);
                resentPerFrame[frame] += built == null ? 0 : RtpPacket.LOWER_LAYER_BYTES + built.remaining();
            }
            resent += resentPerFrame[frame];
            // Any second that ends here, against what was sent in the second and a bucket before.
            int lastSecond = 0;
            int sentBefore = 0;
            for (int i = Math.max(0, frame - 49); i <= frame; i++) {
                lastSecond += resentPerFrame[i];
            }
            for (int i = Math.max(0, frame - 106); i <= frame; i++) {
                sentBefore += sentPerFrame[i];
            }
            assertThat(lastSecond).isLessThanOrEqualTo((int) (share * sentBefore));
        }
        long all = Arrays.stream(sentPerFrame).sum();
        assertThat(resent).as("resent of %d", all).isBetween((long) (all * share * 0.5), (long) (all * share * 1.1));
    }

    /** A flood of requests for all that is kept: hardly more than the bit rate allows while speech begins, never more than the share of what was sent. */
    @Test
    void shouldNotBeFloodedByRequestsForOldPackets() {
        int maxBitRateBps = 64_000;
        SentPackets sent = SentPackets.ofHistory(1 << 20, PAYLOAD, 0.5, maxBitRateBps);
        RtxPacket rtx = rtx(sent);
        int[] bytesPerFrame = new int[3_000];
        long all = 0;
        long resent = 0;
        for (int frame = 0; frame < bytesPerFrame.length; frame++) {
            boolean pause = frame >= 2_000;
            if (pause) {
                nowNs += FRAME_NS;
            } else {
                send(sent, frame);
                bytesPerFrame[frame] = RtpPacket.LOWER_LAYER_BYTES + PACKET;
                all += bytesPerFrame[frame];
            }
            for (int nack = 0; nack < 2_000; nack++) {
                ByteBuffer built = rtx.build(Math.max(0, frame - 20 - nack), true, nowNs);
                if (built != null) {
                    bytesPerFrame[frame] += RtpPacket.LOWER_LAYER_BYTES + built.remaining();
                    resent += RtpPacket.LOWER_LAYER_BYTES + built.remaining();
                }
            }
            int lastSecond = 0;
            for (int i = Math.max(0, frame - 49); i <= frame; i++) {
                lastSecond += bytesPerFrame[i];
            }
            assertThat(lastSecond).isLessThanOrEqualTo(maxBitRateBps / 8 * 120 / 100);
            assertThat(resent).isLessThanOrEqualTo(all / 2);
        }
        assertThat(resent).as("much is resent, also in the pause").isGreaterThan(all / 4);
    }

    @Test
    void shouldResendOldPacketsForThirtySecondsOnly() {
        SentPackets sent = SentPackets.ofHistory(1 << 20, PAYLOAD, 0.5, 96_000);
        RtxPacket rtx = rtx(sent);
        for (int i = 0; i < 1_600; i++) {
            send(sent, i);
        }
        assertThat(rtx.build(1_595, true, nowNs)).as("not old").isNull();
        assertThat(rtx.build(1_580, true, nowNs)).isNotNull();
        assertThat(rtx.build(1_595, false, nowNs)).isNotNull();
        assertThat(rtx.build(101, true, nowNs)).isNotNull();
        assertThat(rtx.build(99, true, nowNs)).as("older than 30 s").isNull();
        nowNs += SentPackets.MIN_OLD_GAP_MS * NS_PER_MS - 1;
        assertThat(rtx.build(1_580, true, nowNs)).as("too soon").isNull();
        nowNs += 1;
        assertThat(rtx.build(1_580, true, nowNs)).isNotNull();
    }

    /** Long packets: as many as fit. */
    @Test
    void shouldKeepAsMuchAsFits() {
        SentPackets sent = SentPackets.ofHistory(50 * PACKET, PAYLOAD, 0.5, 96_000);
        RtxPacket rtx = rtx(sent);
        for (int i = 0; i < 200; i++) {
            send(sent, i);
        }
        assertThat(rtx.build(148, true, nowNs)).isNull();
        assertThat(rtx.build(151, true, nowNs)).isNotNull();
    }

    @Test
    void shouldResendNothingLongAfterTheLastPacket() {
        SentPackets sent = store(1);
        for (int i = 0; i < 50; i++) {
            send(sent, i);
        }
        nowNs += 2000 * NS_PER_MS;
        RtxPacket rtx = rtx(sent);
        assertThat(rtx.build(49, false, nowNs)).isNull();
        assertThat(rtx.refused()).isOne();
    }

    /**
     * A packet that is overwritten while it is read is gone: never does a retransmission mix two packets. The packets are
     * long, so that copying takes a while.
     */
    @Test
    void shouldNeverMixPacketsOfTwoThreads() throws InterruptedException {
        int payload = 50_000;
        SentPackets sent = new SentPackets(1, payload, 1e9);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger newest = new AtomicInteger();
        Thread capture = new Thread(() -> {
            ByteBuffer out = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + payload);
            for (int sequence = 0; !stop.get(); sequence++) {
                out.clear();
                RtpPacket.writeHeader(out, false, OPUS, sequence, sequence, US);
                Arrays.fill(out.array(), RtpPacket.HEADER_BYTES, out.capacity(), (byte) sequence);
                sent.onSent(out, 0);
                newest.set(sequence);
            }
        });
        capture.start();
        RtxPacket rtx = rtx(sent);
        int built = 0;
        try {
            long giveUpNs = System.nanoTime() + 20_000 * NS_PER_MS;
            while (built < 500 && System.nanoTime() < giveUpNs) {
                int original = newest.get() & 0xffff;
                ByteBuffer datagram = rtx.build(original, false, 0);
                if (datagram == null) {
                    continue;
                }
                built++;
                assertThat(datagram.getInt(4) & 0xffff).isEqualTo(original);
                ByteBuffer copy = datagram.slice(RtpPacket.HEADER_BYTES + RtxPacket.OSN_BYTES, payload);
                for (int i = 0; i < payload; i += 50) {
                    if (copy.get(i) != (byte) original) {
                        assertThat(copy.get(i)).as("byte %d", i).isEqualTo((byte) original);
                    }
                }
            }
        } finally {
            stop.set(true);
            capture.join();
        }
        assertThat(built).isPositive();
    }

    @Test
    void shouldRefuseAnImpossibleSize() {
        assertThatThrownBy(() -> new SentPackets(60, PAYLOAD, 1)).hasMessageContaining("60");
        assertThatThrownBy(() -> new SentPackets(Integer.MIN_VALUE, PAYLOAD, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SentPackets(64, PAYLOAD, 0)).hasMessageContaining("positive");
    }

    @Test
    void shouldNotAllocate() {
        SentPackets sent = store(1);
        RtxPacket rtx = rtx(sent);
        int[] sequence = new int[1];
        int[] resent = new int[1];
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    packet.clear();
                    RtpPacket.writeHeader(packet, false, OPUS, sequence[0], sequence[0], US);
                    packet.limit(PACKET);
                    sent.onSent(packet, nowNs);
                    ByteBuffer built = rtx.build(sequence[0] - 5, false, nowNs);
                    resent[0] += built != null ? 1 : 0;
                    sequence[0]++;
                    nowNs += FRAME_NS;
                }))
                .isLessThan(1);
        assertThat(resent[0]).isGreaterThan(10_000);
    }
}
