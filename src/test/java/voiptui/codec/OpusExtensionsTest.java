package voiptui.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.opus.Opus;

/** Extensions are draft-ietf-mlcodec-opus-extension-05, section 3; deep redundancy has ID 126, a D and its version first. */
class OpusExtensionsTest {

    /** Returns a packet of as many frames of one byte, with {@code extensions} for its padding. */
    private static byte[] packet(int frames, String extensions) {
        byte[] padding = HexFormat.ofDelimiter(" ").parseHex(extensions.strip());
        ByteBuffer packet = ByteBuffer.allocate(3 + frames + padding.length);
        packet.put((byte) 0x7b).put((byte) (0x40 | frames)).put((byte) padding.length);
        for (int frame = 0; frame < frames; frame++) {
            packet.put((byte) frame);
        }
        return packet.put(padding).array();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "to the end, 1, fc 44 0c 01 02 03",
        "with a length, 1, fd 05 44 0c 01 02 03",
        "with a length and padding after it, 1, fd 05 44 0c 01 02 03 00 00 00",
        "after bytes of padding, 1, 01 01 01 fc 44 0c 01",
        "after a short extension without payload, 1, 06 fc 44 0c 01",
        "after a short extension with payload, 1, 07 99 fc 44 0c 01",
        "after a long extension, 1, 47 02 aa bb fc 44 0c 01",
        "of the second frame, 2, 02 fc 44 0c 01",
        "of the third frame, 3, 03 02 fc 44 0c 01",
    })
    void shouldFindDeepRedundancy(String what, int frames, String extensions) {
        byte[] packet = packet(frames, extensions);

        assertThat(OpusPacket.samples(packet, packet.length)).isEqualTo(frames * 960);
        assertThat(OpusExtensions.hasDred(packet, packet.length)).as(what).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "plain padding, 1, 00 00 00 00",
        "nothing after the version, 1, fc 44 0c",
        "after the end, 1, 00 fc 44 0c 01",
        "another extension, 1, f8 44 0c 01 02",
        "a length beyond the padding, 1, fd 06 44 0c 01 02 03",
        "a length that never ends, 1, fd ff ff",
        "no length, 1, fd",
        "a long length cut off, 1, fd ff 01 44 0c",
        "malformed after it, 1, fd 05 44 0c 01 02 03 fd 09",
        "a short extension cut off, 1, fd 05 44 0c 01 02 03 07",
        "of a second frame that is not there, 1, 02 fc 44 0c 01",
        "of a third frame that is not there, 2, 03 02 fc 44 0c 01",
        "of frame 256, 1, 03 ff 03 01 fc 44 0c 01",
        "repeated extensions, 2, fd 05 44 0c 01 02 03 04 01 02",
    })
    void shouldRefuse(String what, int frames, String extensions) {
        byte[] packet = packet(frames, extensions);

        assertThat(OpusPacket.samples(packet, packet.length)).isEqualTo(frames * 960);
        assertThat(OpusExtensions.hasDred(packet, packet.length)).as(what).isFalse();
    }

    @Test
    void shouldFindNothingWithoutPadding() {
        byte[] packet = HexFormat.of().parseHex("78fc440c010203");

        assertThat(OpusExtensions.hasDred(packet, packet.length)).isFalse();
    }

    /** Finds whatever libopus finds, except where extensions are repeated. */
    @Test
    void shouldAgreeWithLibopus() {
        LibOpusTest.load();
        ByteBuffer state = LibOpus.direct(Opus.opus_dred_decoder_get_size());
        ByteBuffer dred = LibOpus.direct(Opus.opus_dred_get_size());
        IntBuffer end =
                ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder()).asIntBuffer();
        assertThat(Opus.opus_dred_decoder_init(MemoryUtil.memAddress(state))).isZero();
        ByteBuffer direct = ByteBuffer.allocateDirect(128);
        byte[] redundancy = HexFormat.of().parseHex("fc440c9a337c05f19c763efff1b76d25f33c553c21");
        int[] leads = {0x00, 0x01, 0x02, 0x03, 0x06, 0x07, 0x47, 0xfd, 0xfc};
        Random random = new Random(11);
        int found = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] extensions = new byte[random.nextInt(6) + redundancy.length];
            random.nextBytes(extensions);
            int lead = extensions.length - redundancy.length;
            for (int at = 0; at < lead; at++) {
                extensions[at] =
                        (byte) (random.nextBoolean() ? leads[random.nextInt(leads.length)] : random.nextInt(4));
            }
            System.arraycopy(redundancy, 0, extensions, lead, redundancy.length);
            byte[] packet =
                    packet(1 + random.nextInt(3), HexFormat.ofDelimiter(" ").formatHex(extensions));
            direct.clear().put(0, packet).limit(packet.length);
            int reach = Opus.opus_dred_parse(
                    MemoryUtil.memAddress(state), MemoryUtil.memAddress(dred), direct, 48_000, 48_000, end, true);
            boolean repeats = false;
            for (int at = 0; at < lead; at++) {
                repeats |= extensions[at] >> 1 == 2;
            }
            if (reach > 0 && !repeats) {
                assertThat(OpusExtensions.hasDred(packet, packet.length))
                        .as(Arrays.toString(packet))
                        .isTrue();
                found++;
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }
}
