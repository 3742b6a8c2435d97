package voiptui.audio.wav;

import javax.sound.sampled.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one sample of a WAV file to a number from -1 to 1: little-endian integers of 8 (unsigned), 16, 24 or 32 bits, or
 * floats of 32 or 64 bits.
 *
 * <p>Replaces the JDK's converter, which wraps floats beyond full scale to the other sign (1.2 becomes -0.8).
 */
enum SampleDecoder {
    UNSIGNED_8(1) {
        @Override
        float decode(byte[] bytes, int at) {
            return ((bytes[at] & 0xFF) - 128) / 128f;
        }
    },
    SIGNED_16(2) {
        @Override
        float decode(byte[] bytes, int at) {
            return (bytes[at] & 0xFF | bytes[at + 1] << 8) / 32_768f;
        }
    },
    SIGNED_24(3) {
        @Override
        float decode(byte[] bytes, int at) {
            return (bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] << 16) / 8_388_608f;
        }
    },
    SIGNED_32(4) {
        @Override
        float decode(byte[] bytes, int at) {
            return intAt(bytes, at) / 2_147_483_648f;
        }
    },
    FLOAT_32(4) {
        @Override
        float decode(byte[] bytes, int at) {
            return finite(Float.intBitsToFloat(intAt(bytes, at)));
        }
    },
    FLOAT_64(8) {
        @Override
        float decode(byte[] bytes, int at) {
            long bits = intAt(bytes, at) & 0xFFFF_FFFFL | (long) intAt(bytes, at + 4) << 32;
            return finite((float) Double.longBitsToDouble(bits));
        }
    };

    private final int sampleBytes;

    SampleDecoder(int sampleBytes) {
        this.sampleBytes = sampleBytes;
    }

    /** Returns the decoder for {@code format}; null when the format is not supported. */
    static @Nullable SampleDecoder of(AudioFormat format) {
        int bits = format.getSampleSizeInBits();
        AudioFormat.Encoding encoding = format.getEncoding();
        if (AudioFormat.Encoding.PCM_UNSIGNED.equals(encoding) && bits == 8) {
            return UNSIGNED_8;
        }
        if (AudioFormat.Encoding.PCM_SIGNED.equals(encoding)) {
            return switch (bits) {
                case 16 -> SIGNED_16;
                case 24 -> SIGNED_24;
                case 32 -> SIGNED_32;
                default -> null;
            };
        }
        if (AudioFormat.Encoding.PCM_FLOAT.equals(encoding)) {
            return bits == 32 ? FLOAT_32 : bits == 64 ? FLOAT_64 : null;
        }
        return null;
    }

    /** Returns the size of a sample in bytes. */
    int sampleBytes() {
        return sampleBytes;
    }

    /** Decodes the sample at {@code bytes[at]}; full scale is 1, which floats may exceed. */
    abstract float decode(byte[] bytes, int at);

    private static int intAt(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }

    private static float finite(float value) {
        return Float.isFinite(value) ? value : 0;
    }
}
