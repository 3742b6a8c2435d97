package voiptui.audio.dsp;

import org.jspecify.annotations.Nullable;
import voiptui.audio.PcmFormat;

/**
 * Detects that a microphone does not work: a muted headset, a wrong device.
 *
 * <p>Without a threshold it reports a microphone once: when it gives digital silence for {@value #DEAD_MS} ms, or when it has
 * given nothing as loud as speech within {@value #UNHEARD_MS} ms. Pauses of speech are not reported, even where the system replaces
 * background noise with digital silence, since that is after the one report at the latest. With a threshold it reports each time that
 * the level stays below it for {@value #DEAD_MS} ms.
 *
 * <p>Counts time in frames, so that it needs no clock and a stalled device does not count as silent. Allocates nothing.
 * Owned by the thread that adds frames.
 */
public final class SilenceDetector {

    /** Peak level from which a frame may be speech, as a fraction of full scale: -40 dBFS. */
    public static final double SPEECH_LEVEL = 0.01;

    /** Time below the threshold, or of digital silence, before it is reported, in milliseconds. */
    public static final long DEAD_MS = 2_000;

    /** Time without speech from the start before it is reported, in milliseconds. */
    public static final long UNHEARD_MS = 10_000;

    /** Largest sample of digital silence: one, as dither may leave it. */
    private static final int DEAD_PEAK = 1;

    /** What a frame changed. */
    public enum Change {
        /** Nothing. */
        NONE,
        /** With this frame the time of silence is reached. */
        BECAME_SILENT,
        /** This frame is not silent, after a silence that was reported. */
        HEARD_AGAIN
    }

    private final boolean everyTime;
    private final int speechPeak;
    private final long deadSamples;
    private final long unheardSamples;
    private final int sampleRateHz;
    /** Length of the current digital silence; with a threshold, of the time below it. */
    private long silentSamples;
    /** Time without speech from the start; no longer counted once speech was heard. */
    private long unheard;

    private boolean heard;
    private boolean reported;
    private long reportedSilentSamples;
    /** Whether a silence is reported that has not ended. */
    private boolean silent;
    /** Whether it ends with speech only, rather than with any sound. */
    private boolean untilSpeech;

    /**
     * Creates a detector.
     *
     * @param threshold level from 0 to 1 of full scale below which the input is silent; null to report only what is no pause of speech
     * @throws IllegalArgumentException when the threshold is not from 0 to 1
     */
    public SilenceDetector(PcmFormat format, @Nullable Double threshold) {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("invalid silence threshold " + threshold);
        }
        this.everyTime = threshold != null;
        this.speechPeak = (int) Math.ceil((threshold == null ? SPEECH_LEVEL : threshold) * PcmFormat.FULL_SCALE);
        this.sampleRateHz = format.sampleRateHz();
        this.deadSamples = DEAD_MS * sampleRateHz / 1000;
        this.unheardSamples = UNHEARD_MS * sampleRateHz / 1000;
    }

    /** Adds a frame of the microphone, the whole array, and returns what it changed. */
    public Change onFrame(short[] frame) {
        int peak = peakOf(frame);
        boolean speech = peak >= speechPeak;
        boolean sound = everyTime ? speech : peak > DEAD_PEAK;
        silentSamples = sound ? 0 : silentSamples + frame.length;
        heard |= speech;
        unheard += heard ? 0 : frame.length;
        if (silent) {
            return whileSilent(frame, untilSpeech ? speech : sound);
        }
        if (everyTime || !reported) {
            if (silentSamples > 0 && silentSamples >= deadSamples) {
                return report(silentSamples, false);
            }
            if (!everyTime && !heard && unheard >= unheardSamples) {
                return report(unheard, true);
            }
        }
        return Change.NONE;
    }

    /** Judges anew from the next frame on: another microphone is in use, or none. */
    public void restart() {
        silentSamples = 0;
        unheard = 0;
        heard = false;
        reported = false;
        silent = false;
    }

    private Change report(long samples, boolean endsWithSpeech) {
        silent = true;
        reported = true;
        untilSpeech = endsWithSpeech;
        reportedSilentSamples = samples;
        return Change.BECAME_SILENT;
    }

    private Change whileSilent(short[] frame, boolean over) {
        if (over) {
            silent = false;
            return Change.HEARD_AGAIN;
        }
        reportedSilentSamples += frame.length;
        return Change.NONE;
    }

    private static int peakOf(short[] frame) {
        int peak = 0;
        for (short sample : frame) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    /** Returns whether a silence is reported that has not ended. */
    public boolean isSilent() {
        return silent;
    }

    /**
     * Returns the length of the reported silence in milliseconds; right after {@link Change#HEARD_AGAIN}, of the silence that
     * just ended.
     */
    public long silentForMs() {
        return reportedSilentSamples * 1000 / sampleRateHz;
    }
}
