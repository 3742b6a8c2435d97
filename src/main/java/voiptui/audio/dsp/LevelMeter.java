package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * How loud sound was since the last {@link #reset}, in dB relative to full scale. Allocates nothing.
 *
 * <p>Full scale is a sample of magnitude 32768, so a sine that just fits has a peak of 0 dBFS and an RMS of -3 dBFS.
 * Owned by the thread that adds frames.
 */
public final class LevelMeter {

    /** What digital silence reads as: 16 bits reach no lower than -90.3 dBFS, which is a single 1. */
    public static final double FLOOR_DBFS = -96.0;

    private int peak;
    private long sumOfSquares;
    private long samples;

    /** Counts a frame in, the whole array. */
    public void add(short[] frame) {
        int highest = peak;
        long squares = 0;
        for (short sample : frame) {
            highest = Math.max(highest, Math.abs(sample));
            squares += sample * sample;
        }
        peak = highest;
        sumOfSquares += squares;
        samples += frame.length;
    }

    /** The highest magnitude, in dBFS; {@link #FLOOR_DBFS} for digital silence or no sound at all. */
    public double peakDbfs() {
        return dbfs(peak / (double) PcmFormat.FULL_SCALE);
    }

    /** The root mean square, in dBFS; {@link #FLOOR_DBFS} for digital silence or no sound at all. */
    public double rmsDbfs() {
        return samples == 0 ? FLOOR_DBFS : dbfs(Math.sqrt(sumOfSquares / (double) samples) / PcmFormat.FULL_SCALE);
    }

    /** Forgets everything counted so far. */
    public void reset() {
        peak = 0;
        sumOfSquares = 0;
        samples = 0;
    }

    private static double dbfs(double ratio) {
        return ratio <= 0 ? FLOOR_DBFS : Math.max(FLOOR_DBFS, 20 * Math.log10(ratio));
    }
}
