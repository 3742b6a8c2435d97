package voiptui.audio.wav.format;

import java.nio.ByteOrder;

/**
 * Decodes one sample of a WAV file to a number from -1 to 1: integers of 8 bits (unsigned) or 16 to 64 (signed), floats of 32 or
 * 64 bits, or G.711. Immutable; any thread.
 */
@FunctionalInterface
interface SampleDecoder {

    /** Decodes the sample at {@code bytes[at]}; full scale is 1, which floats may exceed. */
    float decode(byte[] bytes, int at);

    /** Returns the decoder for a format whose samples stand one after the other. */
    static SampleDecoder of(WavFormat format) {
        int size = format.sampleBytes();
        boolean little = format.order() == ByteOrder.LITTLE_ENDIAN;
        return switch (format.encoding()) {
            case A_LAW -> G711.A_LAW;
            case MU_LAW -> G711.MU_LAW;
            case FLOAT ->
                size == 4
                        ? (bytes, at) -> finite(Float.intBitsToFloat((int) integerAt(bytes, at, 4, little)))
                        : (bytes, at) -> finite((float) Double.longBitsToDouble(integerAt(bytes, at, 8, little)));
            default -> size == 1 ? SampleDecoder::unsigned : integers(size, little);
        };
    }

    private static float unsigned(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) - 128) / 128f;
    }

    private static SampleDecoder integers(int size, boolean little) {
        float fullScale = (float) Math.pow(2, 8 * size - 1);
        return (bytes, at) -> integerAt(bytes, at, size, little) / fullScale;
    }

    /** Returns the signed integer in {@code size} bytes. */
    private static long integerAt(byte[] bytes, int at, int size, boolean little) {
        long value = little ? bytes[at + size - 1] : bytes[at];
        for (int i = 1; i < size; i++) {
            value = value << 8 | bytes[little ? at + size - 1 - i : at + i] & 0xFF;
        }
        return value;
    }

    private static float finite(float value) {
        return Float.isFinite(value) ? value : 0;
    }
}
