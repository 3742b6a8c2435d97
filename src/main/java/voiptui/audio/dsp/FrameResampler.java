package voiptui.audio.dsp;

import voiptui.audio.PcmFormat;

/**
 * Changes the sample rate of frames: as much time goes out as came in, frame by frame, with the state of the filter kept
 * from one to the next ({@link SincFilter}).
 *
 * <p>What goes out is late by the reach of the filter, less than a millisecond between 44.1 and 48 kHz. Allocates nothing
 * after construction. Owned by the thread that calls it.
 */
public final class FrameResampler {

    private final int inputRateHz;
    private final int outputRateHz;
    private final int inputSamples;
    private final SincFilter filter;
    /** What earlier frames left that is still needed, then the frame. */
    private final float[] window;

    private final int history;

    /**
     * Starts with silence behind it.
     *
     * @throws IllegalArgumentException when the frames of the two formats do not last equally long
     */
    public FrameResampler(PcmFormat from, PcmFormat to) {
        if ((long) from.frameSamples() * to.sampleRateHz() != (long) to.frameSamples() * from.sampleRateHz()) {
            throw new IllegalArgumentException("frames of different lengths: " + from + ", " + to);
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
     * @param in a frame of the one format
     * @param out receives one of the other
     */
    public void convert(short[] in, short[] out) {
        System.arraycopy(window, inputSamples, window, 0, history);
        for (int i = 0; i < inputSamples; i++) {
            window[history + i] = in[i];
        }
        // The frames last equally long: each begins where an output sample falls on an input sample.
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
