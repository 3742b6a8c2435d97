package voiptui.audio.wav.format;

/** Decoders of G.711 samples: 8 bits, a sign, an exponent of 3 bits and a mantissa of 4. Source: ITU-T G.711. */
final class G711 {

    /** Decodes an A-law sample. */
    static final SampleDecoder A_LAW = decoder(tabulate(true));

    /** Decodes a mu-law sample. */
    static final SampleDecoder MU_LAW = decoder(tabulate(false));

    private static final float FULL_SCALE = 32_768;
    /** Added to the magnitude of a mu-law sample before it is encoded. */
    private static final int MU_LAW_BIAS = 132;

    private G711() {}

    private static SampleDecoder decoder(float[] table) {
        return (bytes, at) -> table[bytes[at] & 0xFF];
    }

    private static float[] tabulate(boolean aLaw) {
        float[] table = new float[256];
        for (int code = 0; code < table.length; code++) {
            table[code] = (aLaw ? aLaw(code) : muLaw(code)) / FULL_SCALE;
        }
        return table;
    }

    /** Even bits are sent inverted; a set sign bit means a positive sample. */
    private static int aLaw(int code) {
        int bits = code ^ 0x55;
        int exponent = bits >> 4 & 7;
        int mantissa = bits & 0xF;
        int magnitude = exponent == 0 ? mantissa << 4 | 8 : (mantissa << 4 | 0x108) << exponent - 1;
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }

    /** All bits are sent inverted; a set sign bit then means a negative sample. */
    private static int muLaw(int code) {
        int bits = ~code;
        int magnitude = ((bits & 0xF) << 3 | 0x84) << (bits >> 4 & 7);
        return (bits & 0x80) != 0 ? MU_LAW_BIAS - magnitude : magnitude - MU_LAW_BIAS;
    }
}
