package voiptui.audio.device;

import javax.sound.sampled.AudioFormat;
import voiptui.audio.PcmFormat;

/** Converts a {@link PcmFormat} to what a Java Sound line is opened with. */
final class LineFormat {

    private LineFormat() {}

    /** Returns {@code format} as signed 16-bit little-endian mono. */
    static AudioFormat of(PcmFormat format) {
        return new AudioFormat(format.sampleRateHz(), 16, 1, true, false);
    }

    /** Returns the length in bytes of {@code ms} milliseconds of audio. */
    static int bytesOf(int ms, PcmFormat format) {
        return format.samplesOf(ms) * PcmFormat.BYTES_PER_SAMPLE;
    }
}
