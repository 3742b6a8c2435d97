package voiptui.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Allocation;
import voiptui.testkit.Golden;

class RtpPacketTest {

    private static final Map<String, byte[]> GOLDEN = Golden.hex("rtp-packet.hex");

    private final RtpPacket packet = new RtpPacket();

    @ParameterizedTest
    @CsvSource({
        "opus,       false, 111, 4660,  2309737967, 3735928559, 12, 5",
        "l16,        false, 11,  65535, 882,        1,          12, 1764",
        "everything, true,  111, 1,     2,          3,          32, 3",
        "empty,      false, 111, 2,     0,          3,          12, 0",
    })
    void shouldReadEachField(
            String section,
            boolean marked,
            int payloadType,
            int sequence,
            long timestamp,
            long ssrc,
            int payloadAt,
            int payloadBytes) {
        assertThat(packet.parse(ByteBuffer.wrap(GOLDEN.get(section)))).isTrue();
        assertThat(packet.marked()).isEqualTo(marked);
        assertThat(packet.payloadType()).isEqualTo(payloadType);
        assertThat(packet.sequence()).isEqualTo(sequence);
        assertThat(packet.timestamp()).isEqualTo((int) timestamp);
        assertThat(packet.ssrc()).isEqualTo((int) ssrc);
        assertThat(packet.payloadAt()).isEqualTo(payloadAt);
        assertThat(packet.payloadBytes()).isEqualTo(payloadBytes);
        assertThat(RtpPacket.headerBytes(ByteBuffer.wrap(GOLDEN.get(section)))).isEqualTo(payloadAt);
    }

    @Test
    void shouldWriteAsInTheRfc() {
        byte[] opus = GOLDEN.get("opus");
        ByteBuffer written = ByteBuffer.allocate(40).position(3);
        RtpPacket.writeHeader(written, false, 111, 0x7001234, 0x89abcdef, 0xdeadbeef);
        assertThat(Arrays.copyOfRange(written.array(), 3, 15)).isEqualTo(Arrays.copyOf(opus, 12));
        assertThat(written.position()).isEqualTo(3);

        RtpPacket.writeHeader(written, true, 11, 65_536, 0, 0);
        assertThat(written.get(4)).isEqualTo((byte) 0x8b);
        assertThat(written.getShort(5)).isZero();
    }

    @Test
    void shouldReadBetweenPositionAndLimitWithoutMovingThem() {
        byte[] golden = GOLDEN.get("everything");
        ByteBuffer around =
                ByteBuffer.allocateDirect(golden.length + 20).position(7).limit(7 + golden.length);
        around.put(7, golden);

        assertThat(packet.parse(around)).isTrue();
        assertThat(packet.payloadAt()).isEqualTo(7 + 32);
        assertThat(around.get(packet.payloadAt())).isEqualTo((byte) 0x50);
        assertThat(around.position()).isEqualTo(7);
        assertThat(around.limit()).isEqualTo(7 + golden.length);
    }

    /** A truncated packet is refused, or only its payload is shorter. */
    @ParameterizedTest
    @ValueSource(strings = {"opus", "everything", "empty"})
    void shouldNotReadPastTheEndOfATruncatedPacket(String section) {
        byte[] golden = GOLDEN.get(section);
        for (int length = 0; length < golden.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(golden, 0, length);
            if (packet.parse(cut)) {
                assertThat(packet.payloadAt() + packet.payloadBytes()).isLessThanOrEqualTo(length);
                assertThat(length).isGreaterThanOrEqualTo(12);
            }
        }
        assertThat(packet.parse(ByteBuffer.wrap(golden, 0, 11))).isFalse();
    }

    @ParameterizedTest(name = "{0}: byte {1} becomes {2}")
    @CsvSource({
        "opus, 0, 00", // version 0
        "opus, 0, 40", // version 1
        "opus, 0, C0", // version 3
        "opus, 0, 82", // two contributing sources, but only five bytes left
        "opus, 0, 90", // an extension of 515 words
        "opus, 16, 00", // padding of 0, see below
        "opus, 1, C8", // RTCP
        "empty, 0, A0", // padding without payload
        "everything, 23, FF", // an extension of 255 words
        "everything, 37, 07", // more padding than payload
        "everything, 37, 00", // padding of 0
    })
    void shouldRefuseAnInvalidPacket(String section, int at, String hex) {
        byte[] broken = GOLDEN.get(section).clone();
        broken[at] = (byte) Integer.parseInt(hex, 16);
        if (section.equals("opus") && at == 16) {
            broken[0] = (byte) 0xa0;
        }

        assertThat(packet.parse(ByteBuffer.wrap(broken))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "111, false", "191, false", "192, true", "200, true", "223, true", "224, false"})
    void shouldRecognizeRtcpByTheSecondByte(int second, boolean rtcp) {
        assertThat(RtpPacket.isRtcp(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) second})))
                .isEqualTo(rtcp);
    }

    @Test
    void shouldRefuseATooShortRtcpPacket() {
        assertThat(RtpPacket.isRtcp(ByteBuffer.allocate(1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldNeverThrowForNoise(long seed) {
        Random random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = new byte[random.nextInt(i % 100 == 0 ? 3000 : 60)];
            random.nextBytes(noise);
            if (noise.length > 0 && i % 2 == 0) {
                noise[0] = (byte) (0x80 | noise[0] & 0x3f);
            }
            ByteBuffer datagram = ByteBuffer.wrap(noise);
            if (packet.parse(datagram)) {
                whole++;
                assertThat(packet.payloadBytes()).isNotNegative();
                assertThat(packet.payloadAt() + packet.payloadBytes()).isLessThanOrEqualTo(noise.length);
            }
        }
        assertThat(whole).as("some noise is a packet").isBetween(1000, 60_000);
    }

    @Test
    void shouldAllocateNothing() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(2200);
        datagram.put(0, GOLDEN.get("everything")).limit(38);
        assertThat(Allocation.bytesPerRun(20_000, 10_000, () -> {
                    packet.parse(datagram);
                    RtpPacket.writeHeader(datagram, false, 111, 5, 6, 7);
                    datagram.put(0, (byte) 0xb2);
                }))
                .isLessThan(1);
    }
}
