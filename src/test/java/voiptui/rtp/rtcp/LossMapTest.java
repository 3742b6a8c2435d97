package voiptui.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Golden;

/** Reports of received and lost packets (RFC 3611, 4.1). */
class LossMapTest {

    private static final Map<String, byte[]> GOLDEN = Golden.hex("repair-packet.hex");
    private static final int US = 0xdeadbeef;
    private static final int PEER = 0x12345678;
    private static final String PATTERN = "xxxxxxxxxxxxxxxxx..xxx.xxxxx";

    /** Writes down what a datagram reports: a line per map. */
    private static final class Told implements RtcpListener {
        final StringBuilder all = new StringBuilder();

        @Override
        public void onLossMap(int sender, LossMap map) {
            all.append(Integer.toHexString(sender)).append(' ').append(Integer.toHexString(map.ssrc()));
            all.append(' ').append(map.beginSequence()).append(' ');
            for (int i = 0; i < map.packets(); i++) {
                all.append(map.isReceived(i) ? 'x' : '.');
            }
            assertThat(map.packets()).isBetween(1, LossMap.MAX_PACKETS);
        }
    }

    private static String read(byte[] datagram) {
        Told told = new Told();
        assertThat(RtcpReader.read(ByteBuffer.wrap(datagram), told)).isTrue();
        return told.all.toString();
    }

    private static LossMap map(int begin, String pattern) {
        LossMap map = new LossMap();
        map.clear(PEER, begin);
        pattern.chars().forEach(c -> map.add(c == 'x'));
        return map;
    }

    private static byte[] written(LossMap map) {
        ByteBuffer packet = ByteBuffer.allocate(RtcpWriter.MAX_BYTES);
        RtcpWriter.receiverReport(packet, US, null);
        RtcpWriter.cname(packet, US, "abcd".getBytes(StandardCharsets.US_ASCII));
        RtcpWriter.lossMap(packet, US, map);
        byte[] bytes = new byte[packet.flip().remaining()];
        packet.get(bytes);
        return bytes;
    }

    @Test
    void shouldWriteAndReadAsInTheRfc() {
        assertThat(written(map(65_530, PATTERN))).isEqualTo(GOLDEN.get("loss-rle"));
        assertThat(read(GOLDEN.get("loss-rle"))).isEqualTo("deadbeef 12345678 65530 " + PATTERN);
    }

    @Test
    void shouldReadRunsOfOtherImplementations() {
        assertThat(read(GOLDEN.get("loss-rle-runs"))).isEqualTo("deadbeef 12345678 65530 " + PATTERN);
    }

    @Test
    void shouldWriteNothingForAnEmptyMap() {
        assertThat(written(map(5, ""))).hasSize(24);
    }

    @Test
    void shouldTakeNoMoreThanItHolds() {
        LossMap full = map(7, "x".repeat(LossMap.MAX_PACKETS + 10));
        assertThat(full.packets()).isEqualTo(LossMap.MAX_PACKETS);
        assertThat(read(written(full))).isEqualTo("deadbeef 12345678 7 " + "x".repeat(LossMap.MAX_PACKETS));
    }

    @Test
    void shouldTakeNoMoreFromARunThanItHolds() {
        byte[] wide = GOLDEN.get("loss-rle-runs").clone();
        wide[26] = (byte) 0xff;
        wide[28] = 0x7f;
        assertThat(read(wide)).isEqualTo("deadbeef 12345678 65530 " + "x".repeat(LossMap.MAX_PACKETS));
    }

    @Test
    void shouldSkipThinnedReports() {
        byte[] thinned = GOLDEN.get("loss-rle").clone();
        thinned[33] = 1;
        assertThat(read(thinned)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldReadWhatWasWritten(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            int begin = random.nextInt(0x10000);
            StringBuilder pattern = new StringBuilder();
            double loss = random.nextDouble();
            for (int i = random.nextInt(LossMap.MAX_PACKETS) + 1; i > 0; i--) {
                pattern.append(random.nextDouble() < loss ? '.' : 'x');
            }
            assertThat(read(written(map(begin, pattern.toString()))))
                    .isEqualTo("deadbeef 12345678 " + begin + " " + pattern);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void shouldNeverThrowForNoise(long seed) {
        Random random = new Random(seed);
        int some = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = GOLDEN.get(i % 2 == 0 ? "loss-rle" : "loss-rle-runs").clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                noise[8 + random.nextInt(noise.length - 8)] = (byte) random.nextInt();
            }
            Told told = new Told();
            RtcpReader.read(ByteBuffer.wrap(noise, 0, i % 3 == 0 ? random.nextInt(noise.length) : noise.length), told);
            some += told.all.isEmpty() ? 0 : 1;
        }
        assertThat(some).as("some of it is still a report").isGreaterThan(10_000);
    }
}
