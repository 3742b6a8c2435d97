package voiptui.media;

/**
 * Audio settings of a call.
 *
 * @param jitterBufferFrames capacity of the jitter buffer, in frames of {@value #FRAME_MS} ms
 * @param prefillMs target playout delay, in milliseconds
 * @param silenceThreshold level below which the microphone counts as silent, as a fraction of full scale
 */
public record MediaConfig(int jitterBufferFrames, int prefillMs, double silenceThreshold) {

    /** Duration of the audio in a packet, in milliseconds, with every codec. */
    public static final int FRAME_MS = 20;

    /** Returns the target playout delay in frames: {@link #prefillMs} rounded up, at least one. */
    public int prefillFrames() {
        return Math.max(1, (prefillMs + FRAME_MS - 1) / FRAME_MS);
    }
}
