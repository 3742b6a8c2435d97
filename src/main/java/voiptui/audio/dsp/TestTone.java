package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * Mixes one second of a quiet tone into what the user hears: {@value #HZ} Hz, {@value #LEVEL_DBFS} dBFS peak, faded in and
 * out.
 *
 * <p>Any thread may call {@link #play}; {@link #mixInto} belongs to the playout thread and allocates nothing.
 */
public final class TestTone {

    static final double HZ = 440;
    static final double LEVEL_DBFS = -18;
    static final int LENGTH_MS = 1000;
    private static final int FADE_MS = 50;
    private static final double AMPLITUDE = (PcmFormat.FULL_SCALE - 1) * Math.pow(10, LEVEL_DBFS / 20);

    /** What happened to the tone in a frame. */
    public enum Change {
        /** Nothing. */
        NONE,
        /** The tone started in this frame. */
        BEGAN,
        /** The tone ended in this frame. */
        ENDED
    }

    private final int lengthSamples;
    private final int fadeSamples;
    private final double radiansPerSample;
    private volatile boolean requested;
    private boolean playing;
    private int at;

    /** Creates a tone in {@code format}. */
    public TestTone(PcmFormat format) {
        this.lengthSamples = format.samplesOf(LENGTH_MS);
        this.fadeSamples = format.samplesOf(FADE_MS);
        this.radiansPerSample = 2 * Math.PI * HZ / format.sampleRateHz();
    }

    /** Starts the tone with the next frame; does nothing while it plays. */
    public void play() {
        requested = true;
    }

    /** Adds the tone to the whole array if it is playing; clips at full scale. */
    public Change mixInto(short[] frame) {
        if (!playing && !requested) {
            return Change.NONE;
        }
        boolean begins = !playing;
        playing = true;
        requested = false;
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
