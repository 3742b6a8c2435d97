package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * Converts frames to another sample rate ({@link SincFilter}). Output frames last as long as input frames; the filter's
 * state carries over from frame to frame.
 *
 * <p>Delays by half the length of the filter, 1.3 ms between 44.1 and 48 kHz. Allocates nothing after
 * construction. Owned by the thread that calls it.
 */
public final class FrameResampler {

    private final int inputRateHz;
    private final int outputRateHz;
    private final int inputSamples;
    private final SincFilter filter;
    /** The last {@link #history} samples of earlier frames, then the current frame. */
    private final float[] window;

    private final int history;

    /**
     * Creates a converter whose past is silence.
     *
     * @throws IllegalArgumentException when frames of the two formats differ in duration
     */
    public FrameResampler(PcmFormat from, PcmFormat to) {
        if ((long) from.frameSamples() * to.sampleRateHz() != (long) to.frameSamples() * from.sampleRateHz()) {
            throw new IllegalArgumentException("frames differ in duration: " + from + ", " + to);
        }
        this.inputRateHz = from.sampleRateHz();
        this.outputRateHz = to.sampleRateHz();
        this.inputSamples = from.frameSamples();
        this.filter = new SincFilter(inputRateHz, outputRateHz);
        this.history = 2 * filter.reach() - 1;
        this.window = new float[history + inputSamples];
    }

    /**
     * Converts a frame.
     *
     * @param in a frame of the input format
     * @param out receives a frame of the output format
     */
    public void convert(short[] in, short[] out) {
        System.arraycopy(window, inputSamples, window, 0, history);
        for (int i = 0; i < inputSamples; i++) {
            window[history + i] = in[i];
        }
        // Frames have equal duration, so the first output sample of each falls on its first input sample.
        int position = filter.reach() - 1;
        long fraction = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = Saturation.toSample(filter.at(window, position, fraction));
            fraction += inputRateHz;
            position += (int) (fraction / outputRateHz);
            fraction %= outputRateHz;
        }
    }
}
