package voiptui.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static voiptui.time.NanoClock.NS_PER_MS;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Allocation;
import voiptui.testkit.Golden;

/** From {@link LossDetector} through a loss report (RFC 3611, 4.1) to {@link ReportedLosses}. */
class LossReportTest {

    private static final byte[] GOLDEN = Golden.hex("repair-packet.hex").get("loss-rle");
    private static final int US = 0xdeadbeef;
    private static final int PEER = 0x12345678;
    private static final long FRAME_NS = 20 * NS_PER_MS;

    /** Writes down a fate per packet. */
    private static final class Fates implements LossDetector.Listener {
        final StringBuilder all = new StringBuilder();

        @Override
        public void onReceived(long nowNs) {
            all.append('x');
        }

        @Override
        public void onLost(int packets, long nowNs) {
            all.append(".".repeat(packets));
        }

        @Override
        public void onDiscarded(long nowNs) {
            all.append('x');
        }
    }

    private static final class Told implements RtcpListener {
        final StringBuilder all = new StringBuilder();
        final ReportedLosses losses;
        int first = -1;
        int sender;
        int mediaSsrc;

        Told(LossDetector.Listener listener) {
            losses = new ReportedLosses(listener);
        }

        @Override
        public void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {}

        @Override
        public void onReportBlock(int reporter, ReportBlock block) {}

        @Override
        public void onCname(int ssrc, ByteBuffer datagram, int at, int bytes) {}

        @Override
        public void onBye(int ssrc) {}

        @Override
        public void onPacketReported(int sender, int mediaSsrc, int sequence, boolean received) {
            first = first < 0 ? sequence : first;
            this.sender = sender;
            this.mediaSsrc = mediaSsrc;
            all.append(received ? 'x' : '.');
            losses.onPacketReported(sequence, received, 0);
        }
    }

    private final Fates heard = new Fates();
    private final LossDetector detector = new LossDetector(60, heard);
    private final Fates reported = new Fates();
    private final Told told = new Told(reported);
    private final ByteBuffer packet = ByteBuffer.allocate(RtcpWriter.MAX_BYTES);

    private void feed(int firstSequence, String pattern) {
        long nowNs = 0;
        for (int i = 0; i < pattern.length(); i++) {
            nowNs = i * FRAME_NS;
            if (pattern.charAt(i) == 'x') {
                detector.onPacket(i, firstSequence + i, false, nowNs);
            }
        }
        detector.onTick(nowNs + 60 * NS_PER_MS);
    }

    private byte[] report(int packets) {
        packet.clear();
        RtcpWriter.receiverReport(packet, US, null);
        RtcpWriter.cname(packet, US, "abcd".getBytes(StandardCharsets.US_ASCII));
        RtcpWriter.losses(packet, US, PEER, detector, packets);
        byte[] bytes = new byte[packet.flip().remaining()];
        packet.get(bytes);
        return bytes;
    }

    private void read(byte[] bytes) {
        assertThat(RtcpReader.read(ByteBuffer.wrap(bytes), told)).isTrue();
        told.losses.onReportEnd(0);
    }

    @Test
    void shouldWriteAndReadLossesAsInTheRfc() {
        feed(65_530, "xxxxxxxxxxxxxxxxx..xxx.xxxxx");
        assertThat(report(480)).isEqualTo(GOLDEN);

        read(GOLDEN);
        assertThat(told.all).hasToString("xxxxxxxxxxxxxxxxx..xxx.xxxxx");
        assertThat(told.first).isEqualTo(65_530);
        assertThat(told.sender).isEqualTo(US);
        assertThat(told.mediaSsrc).isEqualTo(PEER);
        assertThat(reported.all).hasToString("xxxxxxxxxxxxxxxxx..xxx.xxxxx");
    }

    @Test
    void shouldReportNothingBeforeTheFirstPacket() {
        assertThat(report(100)).hasSize(24);
    }

    @Test
    void shouldReportTheLastPacketsOnly() {
        feed(0, "x.".repeat(100) + "x".repeat(200));
        read(report(210));
        assertThat(told.all).hasToString("x.x.x.x.x." + "x".repeat(200));
        assertThat(told.first).isEqualTo(190);
    }

    @Test
    void shouldNotReportALostPacketThatCame() {
        feed(0, "xxx.xxx");
        detector.onPacket(3, 3, true, 500 * NS_PER_MS);
        read(report(100));
        assertThat(told.all).hasToString("xxxxxxx");
    }

    /** What the peer heard is what we are told, though reports are lost and the others overlap. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldTellEachPacketOnce(long seed) {
        Random random = new Random(seed);
        double loss = 0.2 * random.nextDouble();
        boolean skipped = false;
        detector.onPacket(0, 60_000, false, 0);
        for (int i = 1; i < 20_000; i++) {
            if (random.nextDouble() > loss || i == 19_999) {
                detector.onPacket(i, 60_000 + i, false, i * FRAME_NS);
            }
            if (i % 100 == 99) {
                byte[] bytes = report(250);
                if (random.nextInt(5) > 0 || skipped) {
                    read(bytes);
                    skipped = false;
                } else {
                    skipped = true;
                }
            } else if (i % 50 == 49) {
                loss = random.nextInt(3) == 0 ? 0 : 0.6 * random.nextDouble();
            }
        }
        detector.onTick(30_000 * FRAME_NS);
        read(report(480));
        assertThat(reported.all).hasToString(heard.all.toString()).hasSize(20_000);
    }

    @Test
    void shouldBeginAgainAfterAJump() {
        ReportedLosses losses = new ReportedLosses(reported);
        losses.onPacketReported(10_000, true, 0);
        losses.onPacketReported(10_001, false, 0);
        losses.onPacketReported(10_000, false, 0);
        losses.onPacketReported(50_000, true, 0);
        losses.onPacketReported(100, true, 0);
        assertThat(reported.all).hasToString("x.xx");
    }

    @Test
    void shouldBoundThePacketsOfADatagram() {
        byte[] wide = GOLDEN.clone();
        wide[40] = 0;
        wide[41] = 0;
        wide[42] = (byte) 0xff;
        wide[43] = (byte) 0xff;
        wide[44] = 0x7f;
        wide[45] = (byte) 0xff;
        read(wide);
        assertThat(told.all).hasSize(RtcpReader.MAX_REPORTED);
    }

    @Test
    void shouldSkipThinnedReports() {
        byte[] thinned = GOLDEN.clone();
        thinned[33] = 1;
        read(thinned);
        assertThat(told.all).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void shouldNeverThrowForNoise(long seed) {
        Random random = new Random(seed);
        int some = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = GOLDEN.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                noise[24 + random.nextInt(noise.length - 24)] = (byte) random.nextInt();
            }
            told.all.setLength(0);
            RtcpReader.read(ByteBuffer.wrap(noise), told);
            assertThat(told.all.length()).isLessThanOrEqualTo(RtcpReader.MAX_REPORTED);
            some += told.all.isEmpty() ? 0 : 1;
            reported.all.setLength(0);
        }
        assertThat(some).isGreaterThan(20_000);
    }

    @Test
    void shouldNotAllocate() {
        feed(0, "xxxx.xxx..xxxx".repeat(20));
        LossWindow window = new LossWindow();
        ReportedLosses losses = new ReportedLosses(window);
        RtcpListener listener = new RtcpListener() {
            @Override
            public void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {}

            @Override
            public void onReportBlock(int reporter, ReportBlock block) {}

            @Override
            public void onCname(int ssrc, ByteBuffer datagram, int at, int bytes) {}

            @Override
            public void onBye(int ssrc) {}

            @Override
            public void onPacketReported(int sender, int mediaSsrc, int sequence, boolean received) {
                losses.onPacketReported(sequence, received, 0);
            }
        };
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    packet.clear();
                    RtcpWriter.receiverReport(packet, US, null);
                    RtcpWriter.losses(packet, US, PEER, detector, 200);
                    RtcpReader.read(packet.flip(), listener);
                }))
                .isLessThan(1);
        assertThat(window.lossFraction(0)).isPositive();
    }
}
