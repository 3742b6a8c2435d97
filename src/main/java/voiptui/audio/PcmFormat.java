package voiptui.audio;

/**
 * Format of mono audio in signed 16-bit samples, divided into the frames that devices, files and processing pass on: {@value #FRAME_MS} ms
 * each, whatever the length of a media packet is.
 *
 * @param sampleRateHz samples per second
 * @param frameSamples samples in one frame
 */
public record PcmFormat(int sampleRateHz, int frameSamples) {

    /** Milliseconds of audio in a frame. */
    public static final int FRAME_MS = 10;

    /** The format of the classic protocol: 44.1 kHz. */
    public static final PcmFormat CLASSIC = atRate(44_100);

    /** The format of Opus, and of all devices in v2 calls: 48 kHz. */
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

    /** Returns the format with a sample rate in hertz that is a multiple of 100. */
    public static PcmFormat atRate(int sampleRateHz) {
        return new PcmFormat(sampleRateHz, sampleRateHz * FRAME_MS / 1000);
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
