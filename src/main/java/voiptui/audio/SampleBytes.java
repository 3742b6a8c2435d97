package voiptui.audio;

/** Converts samples to and from signed 16-bit little-endian bytes, as in WAV files and Java Sound lines. Allocates nothing. */
public final class SampleBytes {

    private SampleBytes() {}

    /** Writes the first {@code count} of {@code samples} to {@code bytes} from {@code offset} on. */
    public static void encode(short[] samples, int count, byte[] bytes, int offset) {
        for (int i = 0, at = offset; i < count; i++, at += PcmFormat.BYTES_PER_SAMPLE) {
            bytes[at] = (byte) samples[i];
            bytes[at + 1] = (byte) (samples[i] >> 8);
        }
    }

    /** Reads {@code count} samples from {@code bytes} into the front of {@code samples}. */
    public static void decode(byte[] bytes, short[] samples, int count) {
        for (int i = 0, at = 0; i < count; i++, at += PcmFormat.BYTES_PER_SAMPLE) {
            samples[i] = (short) (bytes[at] & 0xFF | bytes[at + 1] << 8);
        }
    }
}
