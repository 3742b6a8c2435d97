package voiptui.audio.dsp;

/**
 * Makes sound louder or quieter by so many dB, and tells where that ends.
 *
 * <p>At 0 dB the samples pass through unchanged. What gets too loud is cut off at full scale. A change is spread over one
 * frame, so that it does not click. {@link #change} may come from any thread, one at a time; {@link #apply} belongs to the
 * audio thread, and allocates nothing.
 */
public final class Gain {

    private final double lowestDb;
    private final double highestDb;
    private double gainDb;
    private volatile double wantedFactor = 1;
    private double factor = 1;

    /** Begins with 0 dB, and stays from {@code lowestDb} to {@code highestDb}. */
    public Gain(double lowestDb, double highestDb) {
        this.lowestDb = lowestDb;
        this.highestDb = highestDb;
    }

    /** For a microphone: from -30 to +30 dB. */
    public static Gain ofMicrophone() {
        return new Gain(-30, 30);
    }

    /** For a speaker: from -40 to +20 dB. */
    public static Gain ofSpeaker() {
        return new Gain(-40, 20);
    }

    /**
     * Goes {@code stepDb} up, or down where it is negative, as far as there is room; what is no number changes nothing.
     *
     * @return the gain from now on, in dB, to a hundredth
     */
    public double change(double stepDb) {
        if (!Double.isNaN(stepDb)) {
            double changedDb = Math.max(lowestDb, Math.min(highestDb, gainDb + stepDb));
            // Rounded, so that steps up and down end at exactly 0 dB again, where nothing is touched.
            gainDb = Math.rint(changedDb * 100) / 100;
            wantedFactor = Math.pow(10, gainDb / 20);
        }
        return gainDb;
    }

    /** Changes the frame, the whole array, in its place. */
    public void apply(short[] frame) {
        double to = wantedFactor;
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
