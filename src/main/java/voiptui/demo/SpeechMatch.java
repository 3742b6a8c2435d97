package voiptui.demo;

/**
 * Finds what was said in what was heard: the place where both are most alike, and how much.
 *
 * <p>The measure is the normalized cross-correlation: 1 for the same up to loudness, 0 for nothing in common. First coarse,
 * on every {@value #COARSE_STEP}th sample of both smoothed, then to the sample.
 *
 * @param likeness the correlation at the best place, from -1 to 1; 0 when either is silent or too short
 * @param offsetSamples where in {@code heard} the first sample of {@code said} is
 */
public record SpeechMatch(double likeness, int offsetSamples) {

    private static final int COARSE_STEP = 16;

    /** Looks for {@code said} in {@code heard}; both at the same rate. */
    public static SpeechMatch find(short[] said, short[] heard) {
        if (said.length == 0 || heard.length < said.length) {
            return new SpeechMatch(0, 0);
        }
        int coarse = best(smooth(said), smooth(heard), 0, Integer.MAX_VALUE).offsetSamples * COARSE_STEP;
        return best(said, heard, coarse - 2 * COARSE_STEP, coarse + 2 * COARSE_STEP);
    }

    private static SpeechMatch best(short[] said, short[] heard, int from, int to) {
        double saidEnergy = energy(said, 0, said.length);
        int first = Math.max(0, from);
        int last = Math.min(heard.length - said.length, to);
        double heardEnergy = first <= last ? energy(heard, first, said.length) : 0;
        SpeechMatch best = new SpeechMatch(0, 0);
        for (int offset = first; offset <= last; offset++) {
            double score = saidEnergy == 0 || heardEnergy <= 0 ? 0
                    : product(said, heard, offset) / Math.sqrt(saidEnergy * heardEnergy);
            if (score > best.likeness) {
                best = new SpeechMatch(score, offset);
            }
            if (offset < last) {
                heardEnergy += square(heard[offset + said.length]) - square(heard[offset]);
            }
        }
        return best;
    }

    private static double product(short[] said, short[] heard, int offset) {
        long sum = 0;
        for (int i = 0; i < said.length; i++) {
            sum += said[i] * heard[offset + i];
        }
        return sum;
    }

    private static double energy(short[] samples, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += square(samples[i]);
        }
        return sum;
    }

    private static double square(short sample) {
        return (double) sample * sample;
    }

    private static short[] smooth(short[] samples) {
        short[] coarse = new short[samples.length / COARSE_STEP];
        for (int i = 0; i < coarse.length; i++) {
            int sum = 0;
            for (int k = 0; k < COARSE_STEP; k++) {
                sum += samples[i * COARSE_STEP + k];
            }
            coarse[i] = (short) (sum / COARSE_STEP);
        }
        return coarse;
    }
}
