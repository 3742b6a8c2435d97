package voiptui.audio.dsp;

/**
 * Amplifies or attenuates frames within a range of dB.
 *
 * <p>At 0 dB samples pass through unchanged. Samples beyond full scale are clipped. A change is spread over one frame, so
 * that it does not click. Any thread may call {@link #change}, one at a time; {@link #apply} belongs to the audio thread
 * and allocates nothing.
 */
public final class Gain {

    private final double minDb;
    private final double maxDb;
    private double gainDb;
    private volatile double targetFactor = 1;
    private double factor = 1;

    /** Creates a gain of 0 dB that stays between {@code minDb} and {@code maxDb}. */
    public Gain(double minDb, double maxDb) {
        this.minDb = minDb;
        this.maxDb = maxDb;
    }

    /** Returns a gain for a microphone: -30 to +30 dB. */
    public static Gain ofMicrophone() {
        return new Gain(-30, 30);
    }

    /** Returns a gain for a speaker: -42 to +21 dB, whole steps of 3 dB, so that 0 dB is reached again from either end. */
    public static Gain ofSpeaker() {
        return new Gain(-42, 21);
    }

    /**
     * Changes the gain by {@code stepDb} within its range; NaN changes nothing.
     *
     * @return the new gain in dB, rounded to hundredths
     */
    public double change(double stepDb) {
        if (!Double.isNaN(stepDb)) {
            double changedDb = Math.max(minDb, Math.min(maxDb, gainDb + stepDb));
            // Rounded, so that steps up and down add up to exactly 0 dB, at which samples are not touched.
            gainDb = Math.rint(changedDb * 100) / 100;
            targetFactor = Math.pow(10, gainDb / 20);
        }
        return gainDb;
    }

    /** Applies the gain in place to the whole array. */
    public void apply(short[] frame) {
        double to = targetFactor;
        if (to == 1 && factor == 1) {
            return;
        }
        double from = factor;
        double perSample = (to - from) / frame.length;
        for (int i = 0; i < frame.length; i++) {
            frame[i] = Saturation.toSample(frame[i] * (from + perSample * (i + 1)));
        }
        factor = to;
    }
}
