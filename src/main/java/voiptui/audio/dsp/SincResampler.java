package voiptui.audio.dsp;

import java.io.IOException;
import java.util.Arrays;

/**
 * Converts a stream to another sample rate ({@link SincFilter}). The filter's delay is compensated: output sample 0 is input
 * sample 0.
 *
 * <p>A sine of 1 kHz converted from 48 to 44.1 kHz has a signal-to-noise ratio of 85 dB (held by a test). The JDK's resampler
 * reaches 22 dB by default and 40 dB with {@code interpolation=sinc}, because it keeps its position in a {@code float}.
 * Owned by one thread.
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
    /** Distance of the next output sample from {@link #position}, in 1/outputRateHz of an input sample. */
    private long fraction;

    private boolean inputEnded;
    /** Where {@link #position} must stop; known when the input has ended. */
    private int end = Integer.MAX_VALUE;

    /** Creates a resampler that reads {@code input} as needed. */
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

    /** Drops input samples that are no longer needed and reads more; after the end of the input, silence. */
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
