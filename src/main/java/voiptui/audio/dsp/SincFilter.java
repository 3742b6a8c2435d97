package voiptui.audio.dsp;

import java.math.BigInteger;

/**
 * The interpolation filter of a sample rate converter: an output sample is the sum of the input samples around it, weighted
 * with a Kaiser-windowed sinc.
 *
 * <p>Up to 0.907 of half the lower rate (20 kHz of 44.1 kHz) the gain is 0 dB within 0.1 dB; from half the lower rate on, what would be
 * mirrored back (alias) is attenuated by more than 80 dB. Both are held by tests.
 *
 * <p>Source: Julius O. Smith, Digital Audio Resampling Home Page, ccrma.stanford.edu/~jos/resample. Immutable; any thread.
 * Allocates nothing after construction.
 */
final class SincFilter {

    /** Zero crossings of the sinc on either side of its center: the length of the filter. */
    private static final int ZERO_CROSSINGS = 56;
    /** Most table entries between two input samples; where rates need more, values in between are interpolated linearly. */
    private static final int MAX_PHASES = 512;
    /** Shape of the Kaiser window: about 86 dB of stop-band attenuation. */
    private static final double KAISER_BETA = 8.5;

    private static final double KAISER_PEAK = besselI0(KAISER_BETA);
    /** Frequency at which half of the amplitude passes, as a fraction of half the lower rate. */
    private static final double CUTOFF = 0.9535;

    private final int outputRateHz;
    /** Taps on either side of the output sample. */
    private final int reach;
    /** Table entries between two input samples. */
    private final int phases;
    /** Whether every output sample falls on a table entry. */
    private final boolean exact;
    /** {@code weights[phase][tap]}, one phase more than {@link #phases} to interpolate towards. */
    private final float[][] weights;

    /** Tabulates the filter for two sample rates. */
    SincFilter(int inputRateHz, int outputRateHz) {
        this.outputRateHz = outputRateHz;
        double cutoff = CUTOFF * Math.min(1, outputRateHz / (double) inputRateHz);
        this.reach = (int) Math.ceil(ZERO_CROSSINGS / cutoff);
        int positions = outputRateHz
                / BigInteger.valueOf(inputRateHz)
                        .gcd(BigInteger.valueOf(outputRateHz))
                        .intValue();
        this.exact = positions <= MAX_PHASES;
        this.phases = exact ? positions : MAX_PHASES;
        this.weights = tabulate(cutoff, reach, phases);
    }

    /** Returns how many input samples an output sample needs: {@code reach - 1} before it, {@code reach} after it. */
    int reach() {
        return reach;
    }

    private static float[][] tabulate(double cutoff, int reach, int phases) {
        float[][] weights = new float[phases + 1][2 * reach];
        for (int phase = 0; phase <= phases; phase++) {
            double sum = 0;
            for (int tap = 0; tap < 2 * reach; tap++) {
                double distance = tap - (reach - 1) - phase / (double) phases;
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
     * Interpolates one output sample.
     *
     * @param input the input samples
     * @param position index of the input sample at or before the output sample
     * @param fraction distance of the output sample from that, in 1/outputRateHz of an input sample
     */
    float at(float[] input, int position, long fraction) {
        if (exact) {
            return sum(weights[(int) (fraction * phases / outputRateHz)], input, position - reach + 1);
        }
        double phase = fraction * (double) phases / outputRateHz;
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

    private static float sum(float[] weights, float[] input, int first) {
        float sum = 0;
        for (int tap = 0; tap < weights.length; tap++) {
            sum += input[first + tap] * weights[tap];
        }
        return sum;
    }
}
