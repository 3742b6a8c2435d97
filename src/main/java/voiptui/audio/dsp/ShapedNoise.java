package voiptui.audio.dsp;

import java.util.Arrays;

/**
 * Noise with the level and the coarse spectrum of a sound: white noise through the all-pole filter that linear prediction finds
 * in the sound (Makhoul, "Linear prediction: a tutorial review", Proceedings of the IEEE 63, 1975).
 *
 * <p>The same seed and sounds give the same noise. Owned by one thread. Allocates nothing after construction.
 */
public final class ShapedNoise {

    private static final int BLOCK_MS = 20;
    private static final int ORDER = 16;
    /** White noise added to what is analysed, so that the filter stays stable: -50 dB. */
    private static final double CONDITIONING = 1e-5;
    /** Standard deviation of the sum of four uniform numbers from 0 to 65,535. */
    private static final double UNIFORM_DEVIATION = 65_536 / Math.sqrt(3);

    private final double[] window;
    private final double[] block;
    private final double[] correlation = new double[ORDER + 1];
    private final double[] coefficients = new double[ORDER];
    private final double[] swap = new double[ORDER];
    /** The last values, newest first. */
    private final double[] past = new double[ORDER];

    private double excitation;
    private long random;

    /**
     * Creates a generator of silence.
     *
     * @param rateHz samples per second
     * @param seed any number
     */
    public ShapedNoise(int rateHz, long seed) {
        int samples = rateHz * BLOCK_MS / 1000;
        window = new double[samples];
        block = new double[samples];
        double power = 0;
        for (int i = 0; i < samples; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / samples);
            power += window[i] * window[i];
        }
        for (int i = 0; i < samples; i++) {
            window[i] /= Math.sqrt(power);
        }
        random = seed * 0x9E3779B97F4A7C15L | 1;
    }

    /** Returns the samples that {@link #learn} takes: 20 ms. */
    public int blockSamples() {
        return window.length;
    }

    /**
     * Takes over the level and spectrum of a sound.
     *
     * @param audio has {@link #blockSamples} samples from {@code from} on
     * @param weight how much of what was learned before is replaced, from 0 to 1
     */
    public void learn(short[] audio, int from, double weight) {
        for (int i = 0; i < block.length; i++) {
            block[i] = audio[from + i] * window[i];
        }
        for (int lag = 0; lag <= ORDER; lag++) {
            double sum = 0;
            for (int i = lag; i < block.length; i++) {
                sum += block[i] * block[i - lag];
            }
            correlation[lag] += (sum - correlation[lag]) * weight;
        }
        predict();
    }

    /** Returns the level, as RMS in steps of a 16-bit sample. */
    public double level() {
        return Math.sqrt(correlation[0]);
    }

    /** Finds the filter by the Levinson-Durbin recursion. */
    private void predict() {
        Arrays.fill(coefficients, 0);
        double error = correlation[0] * (1 + CONDITIONING);
        for (int order = 0; order < ORDER && error > 0; order++) {
            double reflection = correlation[order + 1];
            for (int i = 0; i < order; i++) {
                reflection -= coefficients[i] * correlation[order - i];
            }
            reflection /= error;
            System.arraycopy(coefficients, 0, swap, 0, order);
            for (int i = 0; i < order; i++) {
                coefficients[i] -= reflection * swap[order - 1 - i];
            }
            coefficients[order] = reflection;
            error *= 1 - reflection * reflection;
        }
        excitation = Math.sqrt(Math.max(0, error));
    }

    /** Returns the next sample, not limited to 16 bits. */
    public double next() {
        double value = excitation * white();
        for (int i = 0; i < ORDER; i++) {
            value += coefficients[i] * past[i];
        }
        System.arraycopy(past, 0, past, 1, ORDER - 1);
        past[0] = value;
        return value;
    }

    /** Returns a number of about normal distribution, variance 1 (xorshift: Marsaglia, Journal of Statistical Software 8, 2003). */
    private double white() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        long sum = (random & 0xffff) + (random >>> 16 & 0xffff) + (random >>> 32 & 0xffff) + (random >>> 48);
        return (sum - 2 * 65_535) / UNIFORM_DEVIATION;
    }
}
