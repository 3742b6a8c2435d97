package voiptui.media;

/**
 * How the sound of a call is to be treated. All times in frames of {@value #FRAME_MS} ms or in milliseconds.
 *
 * @param jitterBufferFrames the most packets that wait to be played
 * @param prefillMs the playout delay to aim at
 * @param silenceThreshold the level, as a fraction of full scale, below which the microphone counts as silent
 */
public record MediaConfig(int jitterBufferFrames, int prefillMs, double silenceThreshold) {

    /** How long the sound of a packet lasts, whatever it is coded with. */
    public static final int FRAME_MS = 20;

    /** The playout delay to aim at, in frames: {@link #prefillMs} rounded up, at least one. */
    public int prefillFrames() {
        return Math.max(1, (prefillMs + FRAME_MS - 1) / FRAME_MS);
    }
}
