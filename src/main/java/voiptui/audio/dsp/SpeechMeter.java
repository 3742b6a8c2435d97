package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * Tells whether somebody who speaks into a microphone is heard well, from peak levels over {@value #STEP_MS} ms. Allocates nothing once
 * created. Owned by the thread that adds frames.
 */
public final class SpeechMeter {

    /** How long a step is, in milliseconds. */
    public static final int STEP_MS = 100;

    /** A microphone whose peak stays below this is silent: muted, or the wrong one. */
    public static final double SILENT_DBFS = -70;

    /** Speech is louder than this, from a microphone that is not far away. */
    private static final double SPEECH_DBFS = -45;
    /** How much of that is heard in a few words, in milliseconds. */
    private static final int ENOUGH_SPEECH_MS = 500;
    /** A step that is as loud as this is distorted, or about to be. */
    private static final double TOO_LOUD_DBFS = -1;
    /** A knock against the microphone is shorter than this, in milliseconds. */
    private static final int TOO_LOUD_MS = 300;

    private final int framesPerStep;
    private final LevelMeter step = new LevelMeter();
    private int frames;
    private double stepDbfs = LevelMeter.FLOOR_DBFS;
    private double peakDbfs = LevelMeter.FLOOR_DBFS;
    private int heardMs;
    private int speechMs;
    private int tooLoudMs;

    /** Creates a meter that has heard nothing yet. */
    public SpeechMeter(PcmFormat format) {
        this.framesPerStep = STEP_MS / format.frameMs();
    }

    /** Adds a frame, the whole array; returns whether it ends a step. */
    public boolean add(short[] frame) {
        step.add(frame);
        if (++frames < framesPerStep) {
            return false;
        }
        stepDbfs = step.peakDbfs();
        peakDbfs = Math.max(peakDbfs, stepDbfs);
        heardMs += STEP_MS;
        speechMs += stepDbfs > SPEECH_DBFS ? STEP_MS : 0;
        tooLoudMs += stepDbfs > TOO_LOUD_DBFS ? STEP_MS : 0;
        step.reset();
        frames = 0;
        return true;
    }

    /** Returns the peak of the last step, in dBFS. */
    public double stepDbfs() {
        return stepDbfs;
    }

    /** Returns the peak of all steps, in dBFS. */
    public double peakDbfs() {
        return peakDbfs;
    }

    /** Returns how long it has listened, in whole steps, in milliseconds. */
    public int heardMs() {
        return heardMs;
    }

    /** Returns whether nothing was heard at all. */
    public boolean isSilent() {
        return peakDbfs <= SILENT_DBFS;
    }

    /** Returns whether it was loud for long enough to be speech. */
    public boolean hasSpeech() {
        return speechMs >= ENOUGH_SPEECH_MS;
    }

    /** Returns whether it was at full scale, or close to it, more than for a moment. */
    public boolean isTooLoud() {
        return tooLoudMs >= TOO_LOUD_MS;
    }
}
