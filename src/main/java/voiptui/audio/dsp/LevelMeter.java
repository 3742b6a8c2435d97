package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * Measures peak and RMS level since the last {@link #reset}, in dBFS. Allocates nothing.
 *
 * <p>Full scale is a sample of magnitude 32768, so a full-scale sine has a peak of 0 dBFS and an RMS of -3 dBFS. Owned by
 * the thread that adds frames.
 */
public final class LevelMeter {

    /** The level of digital silence; the lowest level of 16-bit audio is -90.3 dBFS, a single 1. */
    public static final double FLOOR_DBFS = -96.0;

    private int peak;
    private long sumOfSquares;
    private long samples;

    /** Adds a frame, the whole array. */
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

    /** Returns the peak level in dBFS; {@link #FLOOR_DBFS} for digital silence or no frame at all. */
    public double peakDbfs() {
        return dbfs(peak / (double) PcmFormat.FULL_SCALE);
    }

    /** Returns the RMS level in dBFS; {@link #FLOOR_DBFS} for digital silence or no frame at all. */
    public double rmsDbfs() {
        return samples == 0 ? FLOOR_DBFS : dbfs(Math.sqrt(sumOfSquares / (double) samples) / PcmFormat.FULL_SCALE);
    }

    /** Starts a new measurement. */
    public void reset() {
        peak = 0;
        sumOfSquares = 0;
        samples = 0;
    }

    private static double dbfs(double ratio) {
        return ratio <= 0 ? FLOOR_DBFS : Math.max(FLOOR_DBFS, 20 * Math.log10(ratio));
    }
}
