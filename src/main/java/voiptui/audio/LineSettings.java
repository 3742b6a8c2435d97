package voiptui.audio;

import javax.sound.sampled.AudioFormat;

/**
 * How the buffers of a device's line are used, in milliseconds. They are what the device adds to the delay from mouth to
 * ear, so each is the least that plays without gaps.
 *
 * @param bufferMs length of the line's own buffer
 * @param queueMs most sound that waits in a speaker's line; not more than the buffer
 * @param cushionMs silence put ahead when a speaker starts or has run dry, so that the next frame may be late
 */
record LineSettings(int bufferMs, int queueMs, int cushionMs) {

    /** For microphones. */
    static final LineSettings CAPTURE = new LineSettings(60, 60, 0);

    /** For speakers. */
    static final LineSettings PLAYBACK = new LineSettings(60, 60, 20);

    /** {@code format} as Java Sound writes it. */
    static AudioFormat lineFormat(PcmFormat format) {
        return new AudioFormat(format.sampleRateHz(), 16, 1, true, false);
    }

    /** {@code ms} of sound in {@code format}, in bytes. */
    static int bytesOf(int ms, PcmFormat format) {
        return format.samplesOf(ms) * PcmFormat.BYTES_PER_SAMPLE;
    }
}
