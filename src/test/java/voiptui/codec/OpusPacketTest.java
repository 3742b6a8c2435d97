package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwjgl.util.opus.Opus;
import voiptui.testkit.Programs;

/** The rules of RFC 6716, 3.4; the TOC byte is 3.1. */
class OpusPacketTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SILK 10 ms, 00 01, 480",
        "SILK 60 ms, 18 01 02, 2880",
        "hybrid 20 ms, 78 01, 960",
        "CELT 2.5 ms, 80 01, 120",
        "CELT 20 ms, f8 01, 960",
        "an empty frame, 78, 960",
        "two equal frames, 79 01 02 03 04, 1920",
        "two frames, 7a 01 02 03 04, 1920",
        "six frames of 20 ms, 7b 06 01 02 03 04 05 06, 5760",
        "three frames of variable length, 7b 83 01 02 0a 0b 0b 0c, 2880",
        "padded, 7b 41 02 01 00 00, 960",
    })
    void shouldCountSamples(String what, String hex, int samples) {
        byte[] payload = bytes(hex);

        assertThat(OpusPacket.samples(payload, payload.length)).as(what).isEqualTo(samples);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "R1: no TOC byte, ''",
        "R3: two equal frames of odd total, 79 01 02 03",
        "R4: a length beyond the packet, 7a 05 01 02",
        "R4: half of a long length, 7a fc",
        "R5: no count, 7b",
        "R5: a count of none, 7b 00 01 02",
        "R5: more than 120 ms, 7b 07 01 02 03 04 05 06 07",
        "R6: frames of equal length that do not fit, 7b 02 01 02 03",
        "R6: padding beyond the packet, 7b 41 05 01",
        "R6: endless padding, 7b 41 ff",
        "R7: lengths beyond the packet, 7b 83 09 09 01",
    })
    void shouldRejectMalformedPackets(String what, String hex) {
        byte[] payload = bytes(hex);

        assertThat(OpusPacket.samples(payload, payload.length)).as(what).isEqualTo(OpusPacket.MALFORMED);
    }

    @Test
    void shouldRejectFramesLongerThanTheFormatAllows() {
        byte[] payload = new byte[1 + OpusPacket.MAX_FRAME_BYTES + 1];
        payload[0] = 0x78;

        assertThat(OpusPacket.samples(payload, payload.length - 1)).isEqualTo(960);
        assertThat(OpusPacket.samples(payload, payload.length)).as("R2").isEqualTo(OpusPacket.MALFORMED);
    }

    /** Never accepts what libopus would reject, and the other way round. */
    @Test
    void shouldAgreeWithLibopus() {
        Programs.requireNatives(Path.of("target/classes"));
        LibOpus.load();
        ByteBuffer direct = ByteBuffer.allocateDirect(64);
        ShortBuffer sizes =
                ByteBuffer.allocateDirect(2 * 48).order(ByteOrder.nativeOrder()).asShortBuffer();
        byte[] payload = new byte[64];
        Random random = new Random(5);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(payload);
            if (i % 2 == 0) {
                payload[0] |= 0x03;
                payload[1] = (byte) (payload[1] & 0xc0 | random.nextInt(8));
                payload[2] = (byte) random.nextInt(12);
                payload[3] = (byte) random.nextInt(12);
            }
            int bytes = 1 + random.nextInt(63);
            direct.clear().put(0, payload).limit(bytes);
            int frames = Opus.opus_packet_parse(direct, null, null, sizes, null);
            int expected =
                    frames < 0 ? OpusPacket.MALFORMED : frames * Opus.opus_packet_get_samples_per_frame(direct, 48_000);
            assertThat(OpusPacket.samples(payload, bytes))
                    .as("%s, %d bytes", HexFormat.of().formatHex(payload), bytes)
                    .isEqualTo(expected);
            accepted += frames > 0 ? 1 : 0;
        }
        assertThat(accepted).isBetween(20_000, 180_000);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "none, 78 01 02, 3",
        "not even a flag for it, 7b 01 02, 3",
        "three bytes, 7b 41 03 01 00 00 00, 4",
        "256 bytes would be more than there is; one of 0, 7b 41 00 01, 4",
    })
    void shouldTellWherePaddingBegins(String what, String hex, int start) {
        byte[] payload = bytes(hex);

        assertThat(OpusPacket.paddingStart(payload, payload.length)).as(what).isEqualTo(start);
    }

    @Test
    void shouldTellWhereLongPaddingBegins() {
        byte[] payload = new byte[4 + 10 + 260];
        payload[0] = 0x7b;
        payload[1] = 0x41;
        payload[2] = (byte) 255;
        payload[3] = 6;

        assertThat(OpusPacket.samples(payload, payload.length)).isEqualTo(960);
        assertThat(OpusPacket.paddingStart(payload, payload.length)).isEqualTo(14);
    }

    /** The flags are RFC 6716, 4.2.3. */
    @Test
    void shouldFindInBandFecWhereLibopusDoes() {
        LibOpusTest.load();
        ByteBuffer direct = ByteBuffer.allocateDirect(64);
        byte[] payload = new byte[64];
        Random random = new Random(6);
        int found = 0;
        int tried = 0;
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(payload);
            payload[1] = (byte) (payload[1] & 0xc0 | random.nextInt(8));
            payload[2] &= 0x1f;
            payload[3] &= 0x1f;
            int bytes = 1 + random.nextInt(63);
            if (OpusPacket.samples(payload, bytes) > 0) {
                direct.clear().put(0, payload).limit(bytes);
                boolean expected = Opus.opus_packet_has_lbrr(direct) > 0;
                assertThat(OpusPacket.hasFec(payload, bytes))
                        .as("%s, %d bytes", HexFormat.of().formatHex(payload), bytes)
                        .isEqualTo(expected);
                found += expected ? 1 : 0;
                tried++;
            }
        }
        assertThat(found).isBetween(tried / 10, tried / 2);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex.strip());
    }
}
