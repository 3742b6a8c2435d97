package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * Detects that the input has been too quiet for speech for too long: a muted headset, a wrong device.
 *
 * <p>Counts time in frames, so that it needs no clock and a stalled device does not count as silent. Allocates nothing.
 * Owned by the thread that adds frames.
 */
public final class SilenceDetector {

    /** Default peak level below which a frame counts as silent, as a fraction of full scale. */
    public static final double USUAL_THRESHOLD = 0.01;

    /** Default time of silence before a warning, in milliseconds. */
    public static final long USUAL_PATIENCE_MS = 2_000;

    /** What a frame changed. */
    public enum Change {
        /** Nothing. */
        NONE,
        /** With this frame the time of silence is reached. */
        BECAME_SILENT,
        /** This frame is not silent, after a silence that was reported. */
        HEARD_AGAIN
    }

    private final int thresholdSample;
    private final long patienceSamples;
    private final int sampleRateHz;
    private long silentSamples;
    private long reportedSilentSamples;
    private boolean silent;

    /** Creates a detector with a threshold from 0 to 1 of full scale and the default time of silence. */
    public SilenceDetector(PcmFormat format, double threshold) {
        this(format, threshold, USUAL_PATIENCE_MS);
    }

    /**
     * As above, with a time of silence of {@code patienceMs} milliseconds.
     *
     * @throws IllegalArgumentException when the threshold is not from 0 to 1, or the time is negative
     */
    public SilenceDetector(PcmFormat format, double threshold, long patienceMs) {
        if (!(threshold >= 0 && threshold <= 1) || patienceMs < 0) {
            throw new IllegalArgumentException(
                    "invalid silence threshold " + threshold + " or time " + patienceMs + " ms");
        }
        this.thresholdSample = (int) Math.ceil(threshold * PcmFormat.FULL_SCALE);
        this.sampleRateHz = format.sampleRateHz();
        this.patienceSamples = patienceMs * sampleRateHz / 1000;
    }

    /** Adds a frame, the whole array, and returns what it changed. */
    public Change onFrame(short[] frame) {
        if (isAudible(frame)) {
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

    private boolean isAudible(short[] frame) {
        for (short sample : frame) {
            if (Math.abs(sample) >= thresholdSample) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the input has been silent for at least the time of silence. */
    public boolean isSilent() {
        return silent;
    }

    /**
     * Returns the length of the current silence in milliseconds; right after {@link Change#HEARD_AGAIN}, of the silence that
     * just ended.
     */
    public long silentForMs() {
        return reportedSilentSamples * 1000 / sampleRateHz;
    }
}
