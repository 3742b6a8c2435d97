package voiptui.audio;

import java.io.IOException;
import java.util.Arrays;

/**
 * Changes the sample rate of a stream: each output sample is the sum of the input around it, weighted with a
 * Kaiser-windowed sinc. Sound above the lower of the two rates' halves is filtered out. The delay of the filter is made
 * good, so that output sample 0 is input sample 0.
 *
 * <p>A sine of 1 kHz from 48 kHz to 44.1 kHz comes out 85 dB above everything that should not be there (a test holds it to
 * that). The JDK's own resampler reaches 22 dB as it comes and 40 dB with {@code interpolation=sinc}, because it keeps its
 * position in a {@code float}.
 *
 * <p>Source: Julius O. Smith, Digital Audio Resampling Home Page, ccrma.stanford.edu/~jos/resample.
 */
final class SincResampler implements MonoStream {

    /** Zero crossings of the sinc on either side of its middle: the length of the filter. */
    private static final int ZERO_CROSSINGS = 32;
    /** How finely the filter is tabulated between two input samples; in between, linearly. */
    private static final int PHASES = 512;
    /** Shape of the Kaiser window: about 90 dB of stop-band attenuation. */
    private static final double KAISER_BETA = 9;
    private static final double KAISER_PEAK = besselI0(KAISER_BETA);
    /** Where the pass band ends, as a part of half the lower rate. */
    private static final double PASS_BAND = 0.95;

    private final MonoStream input;
    private final int inputRateHz;
    private final int outputRateHz;
    /** Taps on either side of the output sample. */
    private final int reach;
    /** {@code weights[phase][tap]}, one phase more than {@link #PHASES} to interpolate towards. */
    private final float[][] weights;
    private final float[] window;
    private int filled;
    /** Index in {@link #window} of the input sample at or before the next output sample. */
    private int position;
    /** How far the next output sample is past {@link #position}, in 1/outputRateHz of an input sample. */
    private long fraction;
    private boolean inputEnded;
    /** Output samples may be made while {@link #position} is before this; known when the input has ended. */
    private int end = Integer.MAX_VALUE;

    SincResampler(MonoStream input, int inputRateHz, int outputRateHz) {
        this.input = input;
        this.inputRateHz = inputRateHz;
        this.outputRateHz = outputRateHz;
        double cutoff = PASS_BAND * Math.min(1, outputRateHz / (double) inputRateHz);
        this.reach = (int) Math.ceil(ZERO_CROSSINGS / cutoff);
        this.weights = tabulate(cutoff, reach);
        this.window = new float[Math.max(8192, 4 * reach)];
        this.position = reach;
        this.filled = reach;
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

    @Override
    public int read(float[] samples, int offset, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (position + reach >= filled) {
                fill();
            }
            if (position >= end) {
                return i;
            }
            samples[offset + i] = interpolate();
            fraction += inputRateHz;
            position += (int) (fraction / outputRateHz);
            fraction %= outputRateHz;
        }
        return count;
    }

    private float interpolate() {
        double phase = fraction * (double) PHASES / outputRateHz;
        int whole = (int) phase;
        float part = (float) (phase - whole);
        float[] lower = weights[whole];
        float[] upper = weights[whole + 1];
        int first = position - reach + 1;
        float low = 0;
        float high = 0;
        for (int tap = 0; tap < lower.length; tap++) {
            float sample = window[first + tap];
            low += sample * lower[tap];
            high += sample * upper[tap];
        }
        return low + part * (high - low);
    }

    /** Drops the input that no output needs any more and reads on; past the end, silence. */
    private void fill() throws IOException {
        int drop = Math.min(position - reach + 1, filled);
        System.arraycopy(window, drop, window, 0, filled - drop);
        filled -= drop;
        position -= drop;
        if (end != Integer.MAX_VALUE) {
            end -= drop;
        }
        int room = window.length - filled;
        int got = inputEnded ? 0 : input.read(window, filled, room);
        if (got < room) {
            if (!inputEnded) {
                inputEnded = true;
                end = filled + got;
            }
            Arrays.fill(window, filled + got, window.length, 0);
        }
        filled = window.length;
    }
}
