package voiptui.audio.device;

import javax.sound.sampled.AudioFormat;
import voiptui.audio.PcmFormat;

/** A {@link PcmFormat} in the terms of Java Sound's lines. */
final class LineFormat {

    private LineFormat() {}

    /** {@code format} as a line is opened with. */
    static AudioFormat of(PcmFormat format) {
        return new AudioFormat(format.sampleRateHz(), 16, 1, true, false);
    }

    /** {@code ms} of sound in {@code format}, in bytes. */
    static int bytesOf(int ms, PcmFormat format) {
        return format.samplesOf(ms) * PcmFormat.BYTES_PER_SAMPLE;
    }
}
