package voiptui.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.rtp.RtpPacket;
import voiptui.rtp.rtcp.VoipMetrics.Concealment;
import voiptui.rtp.rtcp.VoipMetrics.Delays;
import voiptui.rtp.rtcp.VoipMetrics.JitterBuffer;
import voiptui.rtp.rtcp.VoipMetrics.Levels;
import voiptui.rtp.rtcp.VoipMetrics.Losses;
import voiptui.rtp.rtcp.VoipMetrics.Quality;
import voiptui.rtp.rtcp.VoipMetrics.Receiver;
import voiptui.testkit.Allocation;
import voiptui.testkit.Golden;

/** Generic NACK (RFC 4585) and VoIP metrics (RFC 3611). */
class RtcpFeedbackTest {

    private static final Map<String, byte[]> GOLDEN = Golden.hex("repair-packet.hex");
    private static final int US = 0xdeadbeef;
    private static final int PEER = 0x12345678;
    private static final VoipMetrics METRICS = new VoipMetrics(
            PEER,
            new Losses(1 / 8.0, 1 / 32.0, 0.5, 1 / 256.0, 240, 3000, 16),
            new Delays(60, 90, 40, 100, 500),
            new Levels(-25, -70, VoipMetrics.UNAVAILABLE),
            new Quality(82, VoipMetrics.UNAVAILABLE, 4.1, 3.8),
            new Receiver(Concealment.ENHANCED, JitterBuffer.ADAPTIVE, 5));

    private static final class Told implements RtcpListener {
        final List<Integer> nacks = new ArrayList<>();
        final List<VoipMetrics> metrics = new ArrayList<>();
        int sender;
        int mediaSsrc;

        @Override
        public void onNack(int sender, int mediaSsrc, int sequence) {
            this.sender = sender;
            this.mediaSsrc = mediaSsrc;
            nacks.add(sequence);
        }

        @Override
        public void onVoipMetrics(int sender, VoipMetrics told) {
            this.sender = sender;
            metrics.add(told);
        }
    }

    private static Told read(byte[] datagram) {
        Told told = new Told();
        assertThat(RtcpReader.read(ByteBuffer.wrap(datagram), told)).isTrue();
        return told;
    }

    private static byte[] written(Consumer<ByteBuffer> writing) {
        ByteBuffer packet = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES);
        RtcpWriter.receiverReport(packet, US, null);
        RtcpWriter.cname(packet, US, "abcd".getBytes(StandardCharsets.US_ASCII));
        writing.accept(packet);
        byte[] bytes = new byte[packet.flip().remaining()];
        packet.get(bytes);
        return bytes;
    }

    private static byte[] nack(int... sequences) {
        return written(packet -> RtcpWriter.nack(packet, US, PEER, sequences, sequences.length));
    }

    @Test
    void shouldWriteAndReadANackAsInTheRfc() {
        assertThat(nack(65534, 65535, 0, 14, 100)).isEqualTo(GOLDEN.get("nack"));

        Told told = read(GOLDEN.get("nack"));
        assertThat(told.nacks).containsExactly(65534, 65535, 0, 14, 100);
        assertThat(told.sender).isEqualTo(US);
        assertThat(told.mediaSsrc).isEqualTo(PEER);
    }

    @Test
    void shouldWriteNothingForNoLoss() {
        assertThat(nack()).isEqualTo(written(packet -> {}));
    }

    @Test
    void shouldNameAsManyPacketsAsItemsHaveRoom() {
        int[] farApart = IntStream.range(0, 40).map(i -> 100 * i).toArray();
        int[] named = new int[1];
        byte[] packet = written(into -> named[0] = RtcpWriter.nack(into, US, PEER, farApart, farApart.length));

        assertThat(named[0]).isEqualTo(RtcpWriter.MAX_NACK_ITEMS);
        assertThat(read(packet).nacks)
                .isEqualTo(IntStream.range(0, 16).map(i -> 100 * i).boxed().toList());
    }

    /** Whatever is lost, it is named once, in order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldReadTheLossesThatWereWritten(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            int sequence = random.nextInt(0x10000);
            int[] lost = new int[random.nextInt(60)];
            for (int i = 0; i < lost.length; i++) {
                sequence += 1 + random.nextInt(round % 3 == 0 ? 2 : 30);
                lost[i] = sequence & 0xffff;
            }
            int[] named = new int[1];
            byte[] packet = written(into -> named[0] = RtcpWriter.nack(into, US, PEER, lost, lost.length));

            assertThat(read(packet).nacks)
                    .isEqualTo(Arrays.stream(lost, 0, named[0]).boxed().toList());
        }
    }

    /** The longest datagram of nothing but losses asks for a bounded number. */
    @Test
    void shouldBoundTheLossesOfADatagram() {
        ByteBuffer packet = ByteBuffer.allocate(RtpPacket.MAX_DATAGRAM_BYTES);
        RtcpWriter.receiverReport(packet, US, null);
        int at = packet.position();
        int words = (packet.remaining() - 4) / 4;
        packet.putInt(0x81cd_0000 | words).putInt(US).putInt(PEER);
        while (packet.remaining() >= 4) {
            packet.putInt(0x0000_ffff);
        }
        assertThat(at).isEqualTo(8);

        assertThat(read(packet.array()).nacks).hasSize(RtcpReader.MAX_NACKS);
    }

    @Test
    void shouldBoundTheLossesOfADatagramOfManyNacks() {
        ByteBuffer packet = ByteBuffer.allocate(8 + 20 * 16 + 16);
        RtcpWriter.receiverReport(packet, US, null);
        while (packet.hasRemaining()) {
            packet.putInt(0x81cd_0003).putInt(US).putInt(PEER).putInt(0x0000_ffff);
        }
        assertThat(read(packet.array()).nacks).hasSize(RtcpReader.MAX_NACKS);
    }

    @Test
    void shouldSkipOtherFeedbackAndShortNacks() {
        byte[] other = GOLDEN.get("nack").clone();
        other[24] = (byte) 0x83;
        assertThat(read(other).nacks).isEmpty();

        ByteBuffer tooShort = ByteBuffer.allocate(16);
        RtcpWriter.receiverReport(tooShort, US, null);
        tooShort.putInt(0x81cd_0001).putInt(US);
        assertThat(read(tooShort.array()).nacks).isEmpty();
    }

    /** A packet of reduced size has no report in front (RFC 5506), which both sides would have to agree on. */
    @Test
    void shouldRefuseFeedbackWithoutAReport() {
        byte[] golden = GOLDEN.get("nack");
        byte[] alone = Arrays.copyOfRange(golden, 24, golden.length);
        assertThat(RtcpReader.read(ByteBuffer.wrap(alone), new Told())).isFalse();
    }

    @Test
    void shouldWriteAndReadVoipMetricsAsInTheRfc() {
        assertThat(written(packet -> RtcpWriter.voipMetrics(packet, US, METRICS)))
                .isEqualTo(GOLDEN.get("voip-metrics"));

        Told told = read(GOLDEN.get("voip-metrics"));
        assertThat(told.metrics).containsExactly(METRICS);
        assertThat(told.sender).isEqualTo(US);
    }

    @Test
    void shouldTellWhatIsUnknown() {
        VoipMetrics unknown = new VoipMetrics(
                PEER,
                Losses.NONE,
                new Delays(0, 0, 0, 0, 0),
                Levels.UNKNOWN,
                Quality.UNKNOWN,
                new Receiver(Concealment.UNSPECIFIED, JitterBuffer.UNKNOWN, 0));
        byte[] packet = written(into -> RtcpWriter.voipMetrics(into, US, unknown));

        assertThat(read(packet).metrics).containsExactly(unknown);
        assertThat(Arrays.copyOfRange(packet, packet.length - 16, packet.length))
                .as("levels and Gmin, ratings, configuration, lengths")
                .containsExactly(127, 127, 127, 16, 127, 127, 127, 127, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shouldLimitValuesOutOfRange() {
        VoipMetrics wild = new VoipMetrics(
                PEER,
                new Losses(1, 2, -1, Double.NaN, 100_000, -5, 0),
                new Delays(70_000, -1, 70_000, 70_000, 70_000),
                new Levels(-500, 500, 500),
                new Quality(300, -3, 99, 0.2),
                new Receiver(Concealment.STANDARD, JitterBuffer.ADAPTIVE, 99));

        assertThat(read(written(into -> RtcpWriter.voipMetrics(into, US, wild))).metrics)
                .containsExactly(new VoipMetrics(
                        PEER,
                        new Losses(255 / 256.0, 255 / 256.0, 0, 0, 65_535, 0, 1),
                        new Delays(65_535, 0, 65_535, 65_535, 65_535),
                        new Levels(-127, 127, 127),
                        new Quality(100, 0, 5, 1),
                        new Receiver(Concealment.STANDARD, JitterBuffer.ADAPTIVE, 15)));
    }

    @Test
    void shouldSkipOtherBlocksOfAnExtendedReport() {
        byte[] golden = GOLDEN.get("voip-metrics");
        ByteBuffer packet = ByteBuffer.allocate(golden.length + 12);
        packet.put(golden, 0, 24).putInt(0x80cf_000d).putInt(US);
        packet.putInt(0x0400_0002).putLong(5); // receiver reference time (RFC 3611, 4.4)
        packet.put(golden, 32, golden.length - 32);

        assertThat(read(packet.array()).metrics).containsExactly(METRICS);
    }

    @Test
    void shouldSkipABlockLongerThanItsReport() {
        byte[] broken = GOLDEN.get("voip-metrics").clone();
        broken[35] = 9;
        assertThat(read(broken).metrics).isEmpty();
        broken[35] = 7;
        assertThat(read(broken).metrics).isEmpty();
    }

    @Test
    void shouldHaveRoomForAllPartsInOnePacket() {
        ByteBuffer packet = ByteBuffer.allocate(RtcpWriter.MAX_BYTES);
        RtcpWriter.senderReport(
                packet, US, new RtcpWriter.SenderInfo(1, 2, 3, 4), new ReportBlock(PEER, 0, 0, 0, 0, 0, 0));
        RtcpWriter.cname(packet, US, new byte[RtcpWriter.MAX_CNAME_BYTES]);
        RtcpWriter.voipMetrics(packet, US, METRICS);
        int[] farApart = IntStream.range(0, 16).map(i -> 100 * i).toArray();
        assertThat(RtcpWriter.nack(packet, US, PEER, farApart, 16)).isEqualTo(16);
        RtcpWriter.bye(packet, US);

        Told told = new Told();
        assertThat(RtcpReader.read(packet.flip(), told)).isTrue();
        assertThat(told.metrics).hasSize(1);
        assertThat(told.nacks).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void shouldNeverThrowForNoise(long seed) {
        Random random = new Random(seed);
        byte[][] seeds = {GOLDEN.get("nack"), GOLDEN.get("voip-metrics")};
        int nacks = 0;
        int metrics = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = seeds[i % 2].clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            Told told = new Told();
            RtcpReader.read(ByteBuffer.wrap(noise, 0, i % 3 == 0 ? random.nextInt(noise.length) : noise.length), told);
            nacks += told.nacks.isEmpty() ? 0 : 1;
            metrics += told.metrics.size();
            assertThat(told.nacks.size()).isLessThanOrEqualTo(RtcpReader.MAX_NACKS);
            for (VoipMetrics each : told.metrics) {
                assertThat(each.quality().rating()).matches(r -> r >= 0 && r <= 100 || r == 127);
                assertThat(each.losses().lossFraction()).isBetween(0.0, 1.0);
                assertThat(each.losses().gmin()).isPositive();
            }
        }
        assertThat(nacks).isGreaterThan(5_000);
        assertThat(metrics).isGreaterThan(5_000);
    }

    @Test
    void shouldNotAllocateForNacks() {
        int[] lost = {1, 2, 5, 100};
        ByteBuffer packet = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES);
        int[] told = new int[1];
        RtcpListener listener = new RtcpListener() {

            @Override
            public void onNack(int sender, int mediaSsrc, int sequence) {
                told[0]++;
            }
        };
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    packet.clear();
                    RtcpWriter.receiverReport(packet, US, null);
                    RtcpWriter.nack(packet, US, PEER, lost, lost.length);
                    RtcpReader.read(packet.flip(), listener);
                }))
                .isLessThan(1);
        assertThat(told[0]).isEqualTo(4 * 21_000);
    }
}
