package voiptui.audio.dsp;

import java.io.IOException;
import java.util.Arrays;

/**
 * Changes the sample rate of a stream that is read ({@link SincFilter}). The delay of the filter is made good, so that
 * output sample 0 is input sample 0.
 *
 * <p>A sine of 1 kHz from 48 kHz to 44.1 kHz comes out 85 dB above everything that should not be there (a test holds it to
 * that). The JDK's own resampler reaches 22 dB as it comes and 40 dB with {@code interpolation=sinc}, because it keeps its
 * position in a {@code float}.
 */
public final class SincResampler implements MonoStream {

    private final MonoStream input;
    private final int inputRateHz;
    private final int outputRateHz;
    private final SincFilter filter;
    private final int reach;
    private final float[] window;
    private int filled;
    /** Index in {@link #window} of the input sample at or before the next output sample. */
    private int position;
    /** How far the next output sample is past {@link #position}, in 1/outputRateHz of an input sample. */
    private long fraction;

    private boolean inputEnded;
    /** Output samples may be made while {@link #position} is before this; known when the input has ended. */
    private int end = Integer.MAX_VALUE;

    public SincResampler(MonoStream input, int inputRateHz, int outputRateHz) {
        this.input = input;
        this.inputRateHz = inputRateHz;
        this.outputRateHz = outputRateHz;
        this.filter = new SincFilter(inputRateHz, outputRateHz);
        this.reach = filter.reach();
        this.window = new float[Math.max(8192, 4 * reach)];
        this.position = reach;
        this.filled = reach;
    }

    @Override
    public int read(float[] samples, int offset, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (position + reach >= filled) {
                fill();
            }
            if (position >= end) {
                return i;
            }
            samples[offset + i] = filter.at(window, position, fraction);
            fraction += inputRateHz;
            position += (int) (fraction / outputRateHz);
            fraction %= outputRateHz;
        }
        return count;
    }

    /** Drops the input that no output needs any more and reads on; past the end, silence. */
    private void fill() throws IOException {
        int drop = Math.min(position - reach + 1, filled);
        System.arraycopy(window, drop, window, 0, filled - drop);
        filled -= drop;
        position -= drop;
        if (end != Integer.MAX_VALUE) {
            end -= drop;
        }
        int room = window.length - filled;
        int got = inputEnded ? 0 : input.read(window, filled, room);
        if (got < room) {
            if (!inputEnded) {
                inputEnded = true;
                end = filled + got;
            }
            Arrays.fill(window, filled + got, window.length, 0);
        }
        filled = window.length;
    }
}
