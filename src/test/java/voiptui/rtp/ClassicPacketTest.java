package voiptui.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.audio.PcmFormat;
import voiptui.testkit.Golden;
import voiptui.time.PacketTime;

class ClassicPacketTest {

    private static final Map<String, byte[]> GOLDEN = Golden.hex("classic-packet.hex");

    @ParameterizedTest
    @CsvSource({"media, 16909060", "first, 0", "wrap, 4294967295", "end-of-transmission, 99999999"})
    void shouldReadTheSequenceNumberBigEndian(String section, long sequence) {
        assertThat(ClassicPacket.sequence(ByteBuffer.wrap(GOLDEN.get(section)))).isEqualTo((int) sequence);
    }

    @ParameterizedTest
    @CsvSource({"media, 16909060", "first, 0", "wrap, 4294967295", "end-of-transmission, 99999999"})
    void shouldWriteTheSequenceNumberBigEndian(String section, long sequence) {
        ByteBuffer packet = ByteBuffer.wrap(GOLDEN.get(section).clone());
        for (int at = 0; at < ClassicPacket.HEADER_BYTES; at++) {
            packet.put(at, (byte) 0x55);
        }

        ClassicPacket.putSequence(packet, (int) sequence);

        assertThat(packet.array()).isEqualTo(GOLDEN.get(section));
    }

    @Test
    void shouldWorkBetweenPositionAndLimitWithoutMovingThem() {
        byte[] golden = GOLDEN.get("media");
        ByteBuffer around = ByteBuffer.allocate(golden.length + 20).position(7).limit(7 + golden.length);
        around.put(7, golden);

        assertThat(ClassicPacket.isMedia(around)).isTrue();
        assertThat(ClassicPacket.sequence(around)).isEqualTo(0x01020304);
        ClassicPacket.putSequence(around, ClassicPacket.EOT_SEQUENCE);
        assertThat(ClassicPacket.isEndOfTransmission(around)).isFalse();
        assertThat(around.position()).isEqualTo(7);
        assertThat(around.limit()).isEqualTo(7 + golden.length);
        assertThat(around.get(6)).isZero();
    }

    @Test
    void shouldHaveTheLengthsOfTheOriginalPrograms() {
        assertThat(ClassicPacket.PACKET_BYTES).isEqualTo(1768);
        assertThat(GOLDEN.get("media")).hasSize(ClassicPacket.PACKET_BYTES);
        assertThat(PcmFormat.CLASSIC.samplesOf(PacketTime.MS)).isEqualTo(882);
        assertThat(PacketTime.MS).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 1767, 1769, 2200})
    void shouldRefuseAnyOtherLength(int length) {
        ByteBuffer datagram = ByteBuffer.allocate(length);
        if (length >= ClassicPacket.HEADER_BYTES) {
            ClassicPacket.putSequence(datagram, ClassicPacket.EOT_SEQUENCE);
        }

        assertThat(ClassicPacket.isMedia(datagram)).isFalse();
        assertThat(ClassicPacket.isEndOfTransmission(datagram)).isFalse();
    }

    @Test
    void shouldRecognizeEndOfTransmission() {
        byte[] golden = GOLDEN.get("end-of-transmission");
        assertThat(ClassicPacket.isEndOfTransmission(ByteBuffer.wrap(golden))).isTrue();

        byte[] withSound = golden.clone();
        withSound[withSound.length - 1] = 1;
        assertThat(ClassicPacket.isEndOfTransmission(ByteBuffer.wrap(withSound)))
                .isFalse();
        assertThat(ClassicPacket.isEndOfTransmission(ByteBuffer.wrap(GOLDEN.get("first"))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "99999997, 99999998", "99999998, 100000000", "4294967295, 0"})
    void shouldWrapSequenceNumbersAndSkipEndOfTransmission(long sequence, long next) {
        assertThat(ClassicPacket.nextSequence((int) sequence)).isEqualTo((int) next);
    }
}
