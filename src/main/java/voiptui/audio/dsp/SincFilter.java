package voiptui.audio.dsp;

/**
 * The filter that changes a sample rate: an output sample is the sum of the input around its moment, weighted with a
 * Kaiser-windowed sinc. Sound above the lower of the two rates' halves is filtered out.
 *
 * <p>Source: Julius O. Smith, Digital Audio Resampling Home Page, ccrma.stanford.edu/~jos/resample. Immutable, and shared
 * by whoever likes to; allocates nothing after construction.
 */
final class SincFilter {

    /** Zero crossings of the sinc on either side of its middle: the length of the filter. */
    private static final int ZERO_CROSSINGS = 32;
    /** How finely the filter is tabulated between two input samples; in between, linearly. */
    private static final int PHASES = 512;
    /** Shape of the Kaiser window: about 90 dB of stop-band attenuation. */
    private static final double KAISER_BETA = 9;

    private static final double KAISER_PEAK = besselI0(KAISER_BETA);
    /** Where the pass band ends, as a part of half the lower rate. */
    private static final double PASS_BAND = 0.95;

    private final int outputRateHz;
    /** Taps on either side of the output sample. */
    private final int reach;
    /** {@code weights[phase][tap]}, one phase more than {@link #PHASES} to interpolate towards. */
    private final float[][] weights;

    /** Tabulates the filter for these two rates. */
    SincFilter(int inputRateHz, int outputRateHz) {
        this.outputRateHz = outputRateHz;
        double cutoff = PASS_BAND * Math.min(1, outputRateHz / (double) inputRateHz);
        this.reach = (int) Math.ceil(ZERO_CROSSINGS / cutoff);
        this.weights = tabulate(cutoff, reach);
    }

    /** Input samples that an output sample needs on either side: {@code reach - 1} before, {@code reach} after. */
    int reach() {
        return reach;
    }

    private static float[][] tabulate(double cutoff, int reach) {
        float[][] weights = new float[PHASES + 1][2 * reach];
        for (int phase = 0; phase <= PHASES; phase++) {
            double sum = 0;
            for (int tap = 0; tap < 2 * reach; tap++) {
                double distance = tap - (reach - 1) - phase / (double) PHASES;
                double weight = sinc(cutoff * distance) * kaiser(distance / reach);
                weights[phase][tap] = (float) weight;
                sum += weight;
            }
            for (int tap = 0; tap < 2 * reach; tap++) {
                weights[phase][tap] /= (float) sum;
            }
        }
        return weights;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x)) / KAISER_PEAK;
    }

    /** Modified Bessel function of the first kind, order 0, by its power series. */
    private static double besselI0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    /**
     * The sound at one moment.
     *
     * @param input the samples around it
     * @param position index of the sample at or before the moment
     * @param fraction how far the moment is past that, in 1/outputRateHz of an input sample
     */
    float at(float[] input, int position, long fraction) {
        double phase = fraction * (double) PHASES / outputRateHz;
        int whole = (int) phase;
        float part = (float) (phase - whole);
        float[] lower = weights[whole];
        float[] upper = weights[whole + 1];
        int first = position - reach + 1;
        float low = 0;
        float high = 0;
        for (int tap = 0; tap < lower.length; tap++) {
            float sample = input[first + tap];
            low += sample * lower[tap];
            high += sample * upper[tap];
        }
        return low + part * (high - low);
    }
}
