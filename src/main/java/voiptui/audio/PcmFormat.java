package voiptui.audio;

import voiptui.time.PacketTime;

/**
 * Mono sound of signed 16-bit samples, cut into frames of equal length.
 *
 * @param sampleRateHz samples per second
 * @param frameSamples samples in one frame
 */
public record PcmFormat(int sampleRateHz, int frameSamples) {

    /** What the classic protocol carries: 20 ms frames of 882 samples at 44.1 kHz. */
    public static final PcmFormat CLASSIC = atRate(44_100);

    /** What Opus works on, and all devices of calls of the second protocol: 20 ms frames of 960 samples at 48 kHz. */
    public static final PcmFormat OPUS = atRate(48_000);

    /** Bytes in one sample. */
    public static final int BYTES_PER_SAMPLE = 2;

    /** Largest magnitude of a sample, the 0 dB of dBFS. */
    public static final int FULL_SCALE = 32_768;

    /**
     * Checks that both parts are positive.
     *
     * @throws IllegalArgumentException otherwise
     */
    public PcmFormat {
        if (sampleRateHz <= 0 || frameSamples <= 0) {
            throw new IllegalArgumentException(
                    "not a sound format: " + sampleRateHz + " Hz, " + frameSamples + " samples");
        }
    }

    /** A format whose frame is one media packet. */
    private static PcmFormat atRate(int sampleRateHz) {
        return new PcmFormat(sampleRateHz, sampleRateHz / PacketTime.PACKETS_PER_SECOND);
    }

    /** Length of a frame, rounded to whole milliseconds. */
    public int frameMs() {
        return (int) ((frameSamples * 1000L + sampleRateHz / 2) / sampleRateHz);
    }

    /** Length of a frame in nanoseconds, rounded down. */
    public long frameNs() {
        return frameSamples * 1_000_000_000L / sampleRateHz;
    }

    /** Length of a frame as 16-bit samples, in bytes. */
    public int frameBytes() {
        return frameSamples * BYTES_PER_SAMPLE;
    }

    /** How many samples last {@code ms} milliseconds, rounded down. */
    public int samplesOf(int ms) {
        return (int) (ms * (long) sampleRateHz / 1000);
    }
}
