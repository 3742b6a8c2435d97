package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * Tells when the input has been too quiet to be speech for too long: a muted headset, a wrong device.
 *
 * <p>Time is counted in frames, so that it needs no clock and a stalled device is not taken for a silent one. Allocates
 * nothing. Owned by the thread that adds frames.
 */
public final class SilenceDetector {

    /** Below this peak, as a part of full scale, a frame counts as silent unless the user says otherwise. */
    public static final double USUAL_THRESHOLD = 0.01;

    /** How long the input may be silent before it is worth a warning, in milliseconds. */
    public static final long USUAL_PATIENCE_MS = 2_000;

    /** What a frame changed. */
    public enum Change {
        /** Nothing. */
        NONE,
        /** With this frame the input has been silent for as long as it may. */
        BECAME_SILENT,
        /** This frame can be heard, after a silence that had been reported. */
        HEARD_AGAIN
    }

    private final int thresholdSample;
    private final long patienceSamples;
    private final int sampleRateHz;
    private long silentSamples;
    private long reportedSilentSamples;
    private boolean silent;

    /** With {@code threshold} as a part of full scale, from 0 to 1, and the usual patience. */
    public SilenceDetector(PcmFormat format, double threshold) {
        this(format, threshold, USUAL_PATIENCE_MS);
    }

    /**
     * As above, with a patience of {@code patienceMs} milliseconds.
     *
     * @throws IllegalArgumentException when the threshold is no part of full scale or the patience is negative
     */
    public SilenceDetector(PcmFormat format, double threshold, long patienceMs) {
        if (!(threshold >= 0 && threshold <= 1) || patienceMs < 0) {
            throw new IllegalArgumentException("silence threshold " + threshold + ", patience " + patienceMs + " ms");
        }
        this.thresholdSample = (int) Math.ceil(threshold * PcmFormat.FULL_SCALE);
        this.sampleRateHz = format.sampleRateHz();
        this.patienceSamples = patienceMs * sampleRateHz / 1000;
    }

    /** Counts a frame in, the whole array, and tells what it changed. */
    public Change onFrame(short[] frame) {
        if (isHeard(frame)) {
            reportedSilentSamples = silentSamples;
            silentSamples = 0;
            boolean wasSilent = silent;
            silent = false;
            return wasSilent ? Change.HEARD_AGAIN : Change.NONE;
        }
        silentSamples += frame.length;
        reportedSilentSamples = silentSamples;
        if (!silent && silentSamples >= patienceSamples) {
            silent = true;
            return Change.BECAME_SILENT;
        }
        return Change.NONE;
    }

    private boolean isHeard(short[] frame) {
        for (short sample : frame) {
            if (Math.abs(sample) >= thresholdSample) {
                return true;
            }
        }
        return false;
    }

    /** Whether the input is silent now, and was for longer than it may. */
    public boolean isSilent() {
        return silent;
    }

    /**
     * Length of the present silence in milliseconds; right after {@link Change#HEARD_AGAIN} that of the one that just
     * ended.
     */
    public long silentForMs() {
        return reportedSilentSamples * 1000 / sampleRateHz;
    }
}
