package voiptui.testkit;

import java.util.List;
import java.util.Random;

/** Sound made for tests, and measures of it. */
public final class Sounds {

    private Sounds() {}

    /** Returns the samples of all frames in order. */
    public static short[] join(List<short[]> frames) {
        short[] samples =
                new short[frames.stream().mapToInt(frame -> frame.length).sum()];
        int at = 0;
        for (short[] frame : frames) {
            System.arraycopy(frame, 0, samples, at, frame.length);
            at += frame.length;
        }
        return samples;
    }

    /** A sine of {@code amplitude}, sample {@code from} to {@code from + count}. */
    public static short[] sine(double hz, double amplitude, int sampleRateHz, int from, int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * (from + i) / sampleRateHz));
        }
        return samples;
    }

    /**
     * Something like a vowel: a voice of about 120 Hz that wanders, its harmonics weakening upwards, and some breath.
     * Highest magnitude about {@code amplitude}.
     */
    public static short[] vowel(double amplitude, int sampleRateHz, int count, long seed) {
        Random random = new Random(seed);
        short[] samples = new short[count];
        double phase = 0;
        for (int i = 0; i < count; i++) {
            double hz = 120 + 8 * Math.sin(2 * Math.PI * 1.5 * i / sampleRateHz);
            phase += 2 * Math.PI * hz / sampleRateHz;
            double sum = 0;
            for (int harmonic = 1; harmonic <= 12; harmonic++) {
                sum += Math.sin(harmonic * phase) / (harmonic * harmonic);
            }
            samples[i] = (short) (amplitude * (0.75 * sum + 0.002 * random.nextGaussian()));
        }
        return samples;
    }

    /** The largest step from one sample to the next in {@code samples[from..to)}. */
    public static int largestStep(short[] samples, int from, int to) {
        int largest = 0;
        for (int i = Math.max(1, from); i < to; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest;
    }

    /** The largest step in all of them. */
    public static int largestStep(short[] samples) {
        return largestStep(samples, 0, samples.length);
    }

    /** The highest magnitude in {@code samples[from..to)}. */
    public static int peak(short[] samples, int from, int to) {
        int peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        return peak;
    }
}
