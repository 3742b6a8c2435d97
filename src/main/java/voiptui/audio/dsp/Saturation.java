package voiptui.audio.dsp;

/** Where 16 bits end. */
final class Saturation {

    private Saturation() {}

    /** The sample next to {@code value}, cut off at full scale. */
    static short toSample(double value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(value)));
    }
}
