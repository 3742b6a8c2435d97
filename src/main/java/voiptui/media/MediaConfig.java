package voiptui.media;

import voiptui.time.PacketTime;

/**
 * Audio settings of a call.
 *
 * @param jitterBufferFrames capacity of the jitter buffer, in frames of {@value PacketTime#MS} ms
 * @param prefillMs target playout delay, in milliseconds
 * @param silenceThreshold level below which the microphone counts as silent, as a fraction of full scale
 */
public record MediaConfig(int jitterBufferFrames, int prefillMs, double silenceThreshold) {

    /** Returns the target playout delay in frames: {@link #prefillMs} rounded up, at least one. */
    public int prefillFrames() {
        return Math.max(1, (prefillMs + PacketTime.MS - 1) / PacketTime.MS);
    }
}
