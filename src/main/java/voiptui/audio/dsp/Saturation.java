package voiptui.audio.dsp;

/** Converts to 16-bit samples with saturation. */
final class Saturation {

    private Saturation() {}

    /** Returns {@code value} rounded to the nearest sample and clipped at full scale. */
    static short toSample(double value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(value)));
    }
}
