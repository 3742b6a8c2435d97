package voiptui.rtp.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.testkit.Allocation;
import voiptui.testkit.Golden;

class RedPayloadTest {

    private static final byte[] GOLDEN = Golden.hex("repair-packet.hex").get("red");
    private static final int RED = 63;
    private static final int OPUS = 111;

    private final RedWriter writer = new RedWriter();
    private final RedPayload red = new RedPayload(RED);

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private static byte[] block(ByteBuffer datagram, RedPayload red, int block) {
        byte[] content = new byte[red.bytes(block)];
        datagram.get(red.at(block), content);
        return content;
    }

    private int parse(byte[] payload) {
        return red.parse(ByteBuffer.wrap(payload), 0, payload.length);
    }

    @Test
    void shouldWriteAsInTheRfc() {
        ByteBuffer history = bytes(0xb1, 0xb2, 0xa1, 0xa2, 0xa3);
        ByteBuffer packet = ByteBuffer.allocateDirect(100).position(50);
        assertThat(writer.addCopy(OPUS, 1920, history, 2, 3)).isTrue();
        assertThat(writer.addCopy(OPUS, 960, history, 0, 2)).isTrue();
        assertThat(writer.copies()).isEqualTo(2);
        assertThat(writer.payloadBytes(4)).isEqualTo(GOLDEN.length);

        assertThat(writer.write(packet, 12, OPUS, bytes(0, 0xc1, 0xc2, 0xc3, 0xc4), 1, 4))
                .isEqualTo(GOLDEN.length);

        byte[] written = new byte[GOLDEN.length];
        packet.get(12, written);
        assertThat(written).isEqualTo(GOLDEN);
        assertThat(packet.position()).isEqualTo(50);
    }

    @Test
    void shouldReadAsInTheRfc() {
        ByteBuffer datagram = ByteBuffer.allocate(GOLDEN.length + 20).put(12, GOLDEN);

        assertThat(red.parse(datagram, 12, GOLDEN.length)).isEqualTo(3);
        assertThat(red.blocks()).isEqualTo(3);
        assertThat(red.payloadType(0)).isEqualTo(OPUS);
        assertThat(red.timestampOffset(0)).isEqualTo(1920);
        assertThat(block(datagram, red, 0)).containsExactly(0xa1, 0xa2, 0xa3);
        assertThat(red.timestampOffset(1)).isEqualTo(960);
        assertThat(block(datagram, red, 1)).containsExactly(0xb1, 0xb2);
        assertThat(red.payloadType(2)).isEqualTo(OPUS);
        assertThat(red.timestampOffset(2)).isZero();
        assertThat(block(datagram, red, 2)).containsExactly(0xc1, 0xc2, 0xc3, 0xc4);
    }

    @Test
    void shouldWriteAndReadAPrimaryAlone() {
        ByteBuffer packet = ByteBuffer.allocate(2000);
        ByteBuffer primary = ByteBuffer.allocate(1275);

        assertThat(writer.write(packet, 0, OPUS, primary, 0, 1275)).isEqualTo(1276);
        assertThat(red.parse(packet, 0, 1276)).isEqualTo(1);
        assertThat(red.bytes(0)).isEqualTo(1275);
    }

    @ParameterizedTest(name = "{0} units older, {1} bytes: {2}")
    @CsvSource({
        "16383, 1023, true",
        "1, 1, true",
        "16384, 10, false",
        "0, 10, false",
        "-960, 10, false",
        "960, 1024, false",
        "960, 0, false",
    })
    void shouldRefuseWhatCannotBeACopy(int offset, int length, boolean possible) {
        ByteBuffer source = ByteBuffer.allocate(2000);

        assertThat(writer.addCopy(OPUS, offset, source, 0, length)).isEqualTo(possible);

        assertThat(writer.copies()).isEqualTo(possible ? 1 : 0);
        int written = writer.write(ByteBuffer.allocate(2000), 0, OPUS, source, 0, 10);
        assertThat(written).isEqualTo(possible ? 4 + length + 1 + 10 : 1 + 10);
    }

    @Test
    void shouldRefuseMoreThanFourCopiesUntilCleared() {
        ByteBuffer source = ByteBuffer.allocate(10);
        for (int i = 0; i < RedWriter.MAX_COPIES; i++) {
            assertThat(writer.addCopy(OPUS, 960, source, 0, 10)).isTrue();
        }
        assertThat(writer.addCopy(OPUS, 960, source, 0, 10)).isFalse();

        writer.clear();
        assertThat(writer.addCopy(OPUS, 960, source, 0, 10)).isTrue();
        assertThat(writer.copies()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAPayloadThatIsCutShort() {
        for (int length = 0; length < GOLDEN.length; length++) {
            int blocks = red.parse(ByteBuffer.wrap(GOLDEN), 0, length);
            // The primary takes what is left; headers and copies must be there.
            assertThat(blocks).as("%d bytes", length).isEqualTo(length >= 9 + 5 ? 3 : 0);
            assertThat(red.blocks()).isEqualTo(blocks);
        }
    }

    @Test
    void shouldRefuseAPayloadOutsideTheDatagram() {
        ByteBuffer datagram = ByteBuffer.wrap(GOLDEN);
        assertThat(red.parse(datagram, -1, 5)).isZero();
        assertThat(red.parse(datagram, 0, -5)).isZero();
        assertThat(red.parse(datagram, 1, GOLDEN.length)).isZero();
        assertThat(red.parse(datagram, Integer.MAX_VALUE, Integer.MAX_VALUE)).isZero();
    }

    @Test
    void shouldRefuseRedInsideRed() {
        byte[] nested = GOLDEN.clone();
        nested[8] = RED;
        assertThat(parse(nested)).isZero();
        nested = GOLDEN.clone();
        nested[0] = (byte) (0x80 | RED);
        assertThat(parse(nested)).isZero();
    }

    @Test
    void shouldAcceptEightBlocksAndNoMore() {
        for (int copies = 0; copies < 12; copies++) {
            byte[] payload = new byte[4 * copies + 1];
            for (int i = 0; i < copies; i++) {
                payload[4 * i] = (byte) (0x80 | OPUS);
            }
            payload[4 * copies] = OPUS;
            assertThat(parse(payload)).isEqualTo(copies < RedPayload.MAX_BLOCKS ? copies + 1 : 0);
        }
    }

    /** Whatever is written is read as it was. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldReadWhatWasWritten(long seed) {
        Random random = new Random(seed);
        ByteBuffer source = ByteBuffer.allocateDirect(1500);
        ByteBuffer packet = ByteBuffer.allocate(8000);
        for (int i = 0; i < 1500; i++) {
            source.put(i, (byte) random.nextInt());
        }
        for (int round = 0; round < 20_000; round++) {
            writer.clear();
            int copies = random.nextInt(RedWriter.MAX_COPIES + 1);
            int[] offsets = new int[copies];
            int[] froms = new int[copies];
            int[] lengths = new int[copies];
            for (int i = 0; i < copies; i++) {
                offsets[i] = 1 + random.nextInt(RedPayload.MAX_OFFSET);
                froms[i] = random.nextInt(400);
                lengths[i] = 1 + random.nextInt(RedPayload.MAX_COPY_BYTES);
                assertThat(writer.addCopy(i, offsets[i], source, froms[i], lengths[i]))
                        .isTrue();
            }
            int primary = random.nextInt(1276);
            int at = random.nextInt(100);
            int length = writer.write(packet, at, OPUS, source, 7, primary);

            assertThat(red.parse(packet, at, length)).isEqualTo(copies + 1);
            for (int i = 0; i < copies; i++) {
                assertThat(red.payloadType(i)).isEqualTo(i);
                assertThat(red.timestampOffset(i)).isEqualTo(offsets[i]);
                assertThat(packet.slice(red.at(i), red.bytes(i))).isEqualTo(source.slice(froms[i], lengths[i]));
            }
            assertThat(packet.slice(red.at(copies), red.bytes(copies))).isEqualTo(source.slice(7, primary));
        }
    }

    /** Whatever comes, blocks lie one after the other within the payload, up to its end. */
    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void shouldKeepWithinThePayloadForNoise(long seed) {
        Random random = new Random(seed);
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] noise;
            if (round % 2 == 0) {
                noise = GOLDEN.clone();
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    noise[random.nextInt(noise.length)] = (byte) random.nextInt();
                }
                noise = Arrays.copyOf(noise, random.nextInt(2 * noise.length));
            } else {
                noise = new byte[random.nextInt(60)];
                random.nextBytes(noise);
            }
            int at = noise.length == 0 ? 0 : random.nextInt(noise.length);
            ByteBuffer datagram = ByteBuffer.wrap(noise);
            int blocks = red.parse(datagram, at, noise.length - at);
            assertThat(blocks).isBetween(0, RedPayload.MAX_BLOCKS);
            valid += blocks > 0 ? 1 : 0;
            for (int i = 0, next = -1; i < blocks; i++) {
                assertThat(red.at(i)).isGreaterThan(at);
                assertThat(next == -1 || red.at(i) == next).isTrue();
                next = red.at(i) + red.bytes(i);
                assertThat(red.bytes(i)).isNotNegative();
                assertThat(i < blocks - 1 ? next <= noise.length : next == noise.length)
                        .isTrue();
                assertThat(red.payloadType(i)).isBetween(0, 127).isNotEqualTo(RED);
                assertThat(red.timestampOffset(i)).isBetween(0, RedPayload.MAX_OFFSET);
            }
        }
        assertThat(valid).as("some of it is still RED").isBetween(20_000, 180_000);
    }

    @Test
    void shouldNotAllocate() {
        ByteBuffer source = ByteBuffer.allocateDirect(100);
        ByteBuffer packet = ByteBuffer.allocateDirect(500);
        assertThat(Allocation.bytesPerRun(20_000, 1_000, () -> {
                    writer.clear();
                    writer.addCopy(OPUS, 960, source, 0, 80);
                    red.parse(packet, 0, writer.write(packet, 0, OPUS, source, 0, 80));
                }))
                .isLessThan(1);
    }
}
