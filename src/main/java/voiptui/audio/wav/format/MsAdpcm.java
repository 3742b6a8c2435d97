package voiptui.audio.wav.format;

/**
 * Decodes blocks of Microsoft ADPCM: per channel a predictor, a step size and two samples, then four bits per sample, channel by
 * channel, the upper half of a byte first.
 *
 * <p>Source: Microsoft, New Multimedia Data Types and Data Techniques, "Microsoft ADPCM Algorithm". Owned by one thread.
 */
final class MsAdpcm extends Adpcm {

    private static final int HEADER_BYTES = 7;
    private static final int HEADER_FRAMES = 2;
    private static final int MIN_STEP = 16;
    /** Keeps the step size of damaged files within an int. */
    private static final int MAX_STEP = Integer.MAX_VALUE / 768;

    private static final int[] STEP_FACTORS = {
        230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230
    };

    private final int[] coefficients;
    private int previous;
    private int beforePrevious;
    private int stepSize;

    MsAdpcm(WavFormat format) {
        super(format);
        this.coefficients = format.coefficients();
    }

    /** Returns how many samples per channel a block of {@code bytes} bytes holds; 0 if it is too short for its header. */
    static int framesIn(int bytes, int channels) {
        int data = bytes - HEADER_BYTES * channels;
        return data < 0 ? 0 : HEADER_FRAMES + 2 * data / channels;
    }

    @Override
    int framesOf(int bytes, int channels) {
        return framesIn(bytes, channels);
    }

    @Override
    void addChannel(byte[] block, int channel, int channels, int frames, float[] sums) {
        int predictor = Math.min(coefficients.length / 2 - 1, block[channel] & 0xFF);
        stepSize = sampleAt(block, channels + 2 * channel);
        previous = sampleAt(block, 3 * channels + 2 * channel);
        beforePrevious = sampleAt(block, 5 * channels + 2 * channel);
        sums[0] += beforePrevious;
        if (frames > 1) {
            sums[1] += previous;
        }
        for (int frame = HEADER_FRAMES; frame < frames; frame++) {
            int half = (frame - HEADER_FRAMES) * channels + channel;
            int pair = block[HEADER_BYTES * channels + half / 2];
            step(half % 2 == 0 ? pair >> 4 & 0xF : pair & 0xF, predictor);
            sums[frame] += previous;
        }
    }

    private void step(int code, int predictor) {
        int predicted =
                (previous * coefficients[2 * predictor] + beforePrevious * coefficients[2 * predictor + 1]) / 256;
        int difference = (code < 8 ? code : code - 16) * stepSize;
        beforePrevious = previous;
        previous = clip(predicted + difference);
        stepSize = Math.max(MIN_STEP, Math.min(MAX_STEP, STEP_FACTORS[code] * stepSize / 256));
    }
}
