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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Golden;

class RtcpTest {

    private static final Map<String, byte[]> GOLDEN = Golden.hex("rtcp-packet.hex");
    private static final int US = 0xdeadbeef;
    private static final RtcpWriter.SenderInfo INFO =
            new RtcpWriter.SenderInfo(0xb710_8000_4000_0000L, 0x0001_0203, 300, 24_000);
    private static final ReportBlock BLOCK =
            new ReportBlock(0x12345678, 64, 13, 0x0001_0005, 480, 0xb705_2000, 0x0005_4000);

    private static final class Told implements RtcpListener {
        final List<Object> all = new ArrayList<>();

        @Override
        public void onSenderReport(int ssrc, RtcpWriter.SenderInfo info) {
            all.add(ssrc);
            all.add(info);
        }

        @Override
        public void onReportBlock(int reporter, ReportBlock block) {
            all.add(reporter);
            all.add(block);
        }

        @Override
        public void onCname(int ssrc, ByteBuffer datagram, int at, int bytes) {
            byte[] name = new byte[bytes];
            datagram.get(at, name);
            all.add("cname " + new String(name, StandardCharsets.UTF_8));
        }

        @Override
        public void onApplication(int ssrc, int name, int data) {
            all.add("application " + Integer.toUnsignedString(name, 16) + " " + data);
        }

        @Override
        public void onBye(int ssrc) {
            all.add("bye " + Integer.toUnsignedString(ssrc, 16));
        }
    }

    private static List<Object> read(byte[] datagram) {
        Told told = new Told();
        assertThat(RtcpReader.read(ByteBuffer.wrap(datagram), told)).isTrue();
        return told.all;
    }

    private static byte[] written(Consumer<ByteBuffer> writing) {
        ByteBuffer packet = ByteBuffer.allocateDirect(RtcpWriter.MAX_BYTES);
        writing.accept(packet);
        byte[] bytes = new byte[packet.flip().remaining()];
        packet.get(bytes);
        return bytes;
    }

    private static byte[] name(String cname) {
        return cname.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void shouldReadTheApplicationsPacketThatItWrites() {
        byte[] packet = written(to -> {
            RtcpWriter.receiverReport(to, US, null);
            RtcpWriter.cname(to, US, name("abcdefghijk"));
            RtcpWriter.application(to, US, 0x56545354, 5);
        });

        assertThat(read(packet)).containsExactly("cname abcdefghijk", "application 56545354 5");
        byte[] otherSubtype = packet.clone();
        otherSubtype[packet.length - 16] |= 1;
        assertThat(read(otherSubtype)).containsExactly("cname abcdefghijk");
        byte[] withoutData = Arrays.copyOf(packet, packet.length - 4);
        withoutData[packet.length - 13]--;
        assertThat(read(withoutData)).containsExactly("cname abcdefghijk");
    }

    @Test
    void shouldReadASenderReport() {
        assertThat(read(GOLDEN.get("sender-report"))).containsExactly(US, INFO, US, BLOCK, "cname abcdefghijk");
    }

    @Test
    void shouldReadCompoundsOfOtherImplementations() {
        assertThat(read(GOLDEN.get("receiver-report-without-block"))).containsExactly("cname abcdefghijklmnop");
        assertThat(read(GOLDEN.get("bye"))).containsExactly("cname abcd", "bye deadbeef");
        assertThat(read(GOLDEN.get("foreign-parts"))).containsExactly("bye a", "bye b");
        assertThat(read(GOLDEN.get("gain")))
                .containsExactly(US, new ReportBlock(0x12345678, 0, -2, 5, 0, 0, 0), "cname a");
    }

    @Test
    void shouldWriteAsInTheRfc() {
        assertThat(written(packet -> {
                    RtcpWriter.senderReport(packet, US, INFO, BLOCK);
                    RtcpWriter.cname(packet, US, name("abcdefghijk"));
                }))
                .isEqualTo(GOLDEN.get("sender-report"));
        assertThat(written(packet -> {
                    RtcpWriter.receiverReport(packet, US, null);
                    RtcpWriter.cname(packet, US, name("abcdefghijklmnop"));
                }))
                .isEqualTo(GOLDEN.get("receiver-report-without-block"));
        assertThat(written(packet -> {
                    RtcpWriter.receiverReport(packet, US, null);
                    RtcpWriter.cname(packet, US, name("abcd"));
                    RtcpWriter.bye(packet, US);
                }))
                .isEqualTo(GOLDEN.get("bye"));
    }

    @Test
    void shouldWriteAndReadTheLongestName() {
        String longest = "x".repeat(RtcpWriter.MAX_CNAME_BYTES);
        assertThat(read(written(packet -> {
                    RtcpWriter.senderReport(packet, US, INFO, BLOCK);
                    RtcpWriter.cname(packet, US, name(longest));
                    RtcpWriter.bye(packet, US);
                })))
                .containsExactly(US, INFO, US, BLOCK, "cname " + longest, "bye deadbeef");
    }

    @Test
    void shouldReadBetweenPositionAndLimitWithoutMovingThem() {
        byte[] golden = GOLDEN.get("sender-report");
        ByteBuffer around = ByteBuffer.allocate(golden.length + 20).position(5).limit(5 + golden.length);
        around.put(5, golden);
        Told told = new Told();

        assertThat(RtcpReader.read(around, told)).isTrue();
        assertThat(told.all).contains(INFO, BLOCK);
        assertThat(around.position()).isEqualTo(5);
        assertThat(around.limit()).isEqualTo(5 + golden.length);
    }

    @ParameterizedTest(name = "{0}: byte {1} becomes {2}")
    @CsvSource({
        "sender-report, 0, 41", // version 1
        "sender-report, 0, A1", // padding in a packet that is not the last (RFC 3550, A.2)
        "sender-report, 0, 82", // two blocks, with room for one
        "sender-report, 1, CA", // starts with SDES, not with a report
        "sender-report, 3, 0D", // wrong length
        "sender-report, 3, FF",
        "sender-report, 53, 6F", // invalid second packet
        "bye, 24, 82", // BYE of two sources, with room for one
        "foreign-parts, 55, 00", // padding of 0
        "foreign-parts, 55, 03", // padding is not a multiple of 4
        "foreign-parts, 55, 18", // padding covers the header, too
    })
    void shouldIgnoreAnInvalidCompound(String section, int at, String hex) {
        byte[] broken = GOLDEN.get(section).clone();
        broken[at] = (byte) Integer.parseInt(hex, 16);
        Told told = new Told();

        assertThat(RtcpReader.read(ByteBuffer.wrap(broken), told)).isFalse();
        assertThat(told.all).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sender-report", "bye", "foreign-parts"})
    void shouldIgnoreATruncatedCompound(String section) {
        byte[] golden = GOLDEN.get(section);
        for (int length = 0; length < golden.length; length++) {
            Told told = new Told();
            if (RtcpReader.read(ByteBuffer.wrap(golden, 0, length), told)) {
                assertThat(length % 4).isZero();
                assertThat(length).isGreaterThanOrEqualTo(8);
            } else {
                assertThat(told.all).isEmpty();
            }
        }
    }

    /** A name longer than its packet is skipped; the other packets are still read. */
    @Test
    void shouldNotReadANamePastItsPacket() {
        byte[] broken = GOLDEN.get("bye").clone();
        broken[17] = (byte) 200;
        assertThat(read(broken)).containsExactly("bye deadbeef");
        broken[17] = 7;
        assertThat(read(broken)).containsExactly("bye deadbeef");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldNeverThrowForNoise(long seed) {
        Random random = new Random(seed);
        byte[][] seeds = GOLDEN.values().toArray(byte[][]::new);
        int valid = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] noise;
            if (i % 2 == 0) {
                noise = seeds[random.nextInt(seeds.length)].clone();
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    noise[random.nextInt(noise.length)] = (byte) random.nextInt();
                }
                noise = Arrays.copyOf(noise, i % 4 == 0 ? noise.length : 4 * random.nextInt(noise.length / 4 + 8));
            } else {
                noise = new byte[random.nextInt(i % 100 == 1 ? 3000 : 100)];
                random.nextBytes(noise);
            }
            valid += RtcpReader.read(ByteBuffer.wrap(noise), new Told()) ? 1 : 0;
        }
        assertThat(valid).as("some of it is still RTCP").isBetween(5_000, 60_000);
    }
}
