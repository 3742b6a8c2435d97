package voiptui.audio;

import voiptui.time.PacketTime;

/**
 * Format of mono audio in signed 16-bit samples, divided into frames of equal length.
 *
 * @param sampleRateHz samples per second
 * @param frameSamples samples in one frame
 */
public record PcmFormat(int sampleRateHz, int frameSamples) {

    /** The format of the classic protocol: 20 ms frames of 882 samples at 44.1 kHz. */
    public static final PcmFormat CLASSIC = atRate(44_100);

    /** The format of Opus, and of all devices in v2 calls: 20 ms frames of 960 samples at 48 kHz. */
    public static final PcmFormat OPUS = atRate(48_000);

    /** Bytes per sample. */
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
                    "invalid audio format: " + sampleRateHz + " Hz, " + frameSamples + " samples");
        }
    }

    /** Returns the format whose frame is one media packet. */
    private static PcmFormat atRate(int sampleRateHz) {
        return new PcmFormat(sampleRateHz, sampleRateHz / PacketTime.PACKETS_PER_SECOND);
    }

    /** Returns the duration of a frame in milliseconds, rounded. */
    public int frameMs() {
        return (int) ((frameSamples * 1000L + sampleRateHz / 2) / sampleRateHz);
    }

    /** Returns the duration of a frame in nanoseconds, rounded down. */
    public long frameNs() {
        return frameSamples * 1_000_000_000L / sampleRateHz;
    }

    /** Returns the size of a frame in bytes. */
    public int frameBytes() {
        return frameSamples * BYTES_PER_SAMPLE;
    }

    /** Returns the number of samples in {@code ms} milliseconds, rounded down. */
    public int samplesOf(int ms) {
        return (int) (ms * (long) sampleRateHz / 1000);
    }
}
