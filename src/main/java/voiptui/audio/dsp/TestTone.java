package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * A second of a quiet tone that a user plays to himself: {@value #HZ} Hz, {@value #LEVEL_DBFS} dBFS at its peaks, faded in
 * and out, mixed into whatever else is heard.
 *
 * <p>{@link #play} may come from any thread; {@link #mixInto} belongs to the playout thread, and allocates nothing.
 */
public final class TestTone {

    static final double HZ = 440;
    static final double LEVEL_DBFS = -18;
    static final int LENGTH_MS = 1000;
    private static final int FADE_MS = 50;
    private static final double AMPLITUDE = (PcmFormat.FULL_SCALE - 1) * Math.pow(10, LEVEL_DBFS / 20);

    /** What a frame was for the tone. */
    public enum Change {
        /** Nothing new. */
        NONE,
        /** The tone begins in this frame. */
        BEGAN,
        /** The tone ended in this frame, or before it. */
        ENDED
    }

    private final int lengthSamples;
    private final int fadeSamples;
    private final double radiansPerSample;
    private volatile boolean asked;
    private boolean playing;
    private int at;

    /** A tone for sound of {@code format}. */
    public TestTone(PcmFormat format) {
        this.lengthSamples = format.samplesOf(LENGTH_MS);
        this.fadeSamples = format.samplesOf(FADE_MS);
        this.radiansPerSample = 2 * Math.PI * HZ / format.sampleRateHz();
    }

    /** Begins with the next frame; while it plays, does nothing. */
    public void play() {
        asked = true;
    }

    /** Adds the tone to the frame, the whole array, if it is its time; what gets too loud is cut off at full scale. */
    public Change mixInto(short[] frame) {
        if (!playing && !asked) {
            return Change.NONE;
        }
        boolean begins = !playing;
        playing = true;
        asked = false;
        int count = Math.min(frame.length, lengthSamples - at);
        for (int i = 0; i < count; i++, at++) {
            double fade = Math.min(1, Math.min(at, lengthSamples - at) / (double) fadeSamples);
            frame[i] = Saturation.toSample(frame[i] + AMPLITUDE * fade * Math.sin(radiansPerSample * at));
        }
        if (begins) {
            return Change.BEGAN;
        }
        if (at < lengthSamples) {
            return Change.NONE;
        }
        playing = false;
        at = 0;
        return Change.ENDED;
    }
}
