package voiptui.audio.wav;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts a RIFF file together chunk by chunk, right or wrong. */
final class RiffBytes {

    static final byte[] GUID = {0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    RiffBytes() {
        this("RIFF");
    }

    RiffBytes(String kind) {
        this.order = kind.equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        text(kind).number(0xFFFF_FFFFL, 4).text("WAVE");
    }

    RiffBytes text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    RiffBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    RiffBytes number(long value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[order == ByteOrder.LITTLE_ENDIAN ? i : size - 1 - i] = (byte) (value >> 8 * i);
        }
        return raw(bytes);
    }

    /** Adds a chunk as it should be, padded. */
    RiffBytes chunk(String name, byte[] content) {
        chunk(name, content.length, content);
        return content.length % 2 == 0 ? this : raw(new byte[1]);
    }

    /** Adds a chunk whose header says {@code size}, without padding. */
    RiffBytes chunk(String name, long size, byte[] content) {
        return text(name).number(size, 4).raw(content);
    }

    /** Adds a format chunk of 16 bytes. */
    RiffBytes format(int tag, int bits, int channels, int rateHz) {
        return format(tag, bits, channels, rateHz, (bits + 7) / 8 * channels, new byte[0]);
    }

    RiffBytes format(int tag, int bits, int channels, int rateHz, int blockBytes, byte[] extension) {
        text("fmt ").number(16 + extension.length, 4);
        number(tag, 2).number(channels, 2).number(rateHz, 4).number((long) rateHz * blockBytes, 4);
        return number(blockBytes, 2).number(bits, 2).raw(extension);
    }

    /** Adds an extensible format chunk with {@code surplus} bytes more than it needs. */
    RiffBytes extensible(int subFormat, int bits, int validBits, int channels, int rateHz, int surplus) {
        text("fmt ").number(40 + surplus, 4);
        number(0xFFFE, 2).number(channels, 2).number(rateHz, 4);
        number((long) rateHz * bits / 8 * channels, 4)
                .number(bits / 8 * channels, 2)
                .number(bits, 2);
        number(22 + surplus, 2).number(validBits, 2).number(0, 4).number(subFormat, 4);
        if (order == ByteOrder.BIG_ENDIAN) {
            number(0, 2).number(0x10, 2).raw(Arrays.copyOfRange(GUID, 4, 12));
        } else {
            raw(GUID);
        }
        return raw(new byte[surplus]);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] shorts(ByteOrder order, int... samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(order);
        for (int sample : samples) {
            bytes.putShort((short) sample);
        }
        return bytes.array();
    }
}
