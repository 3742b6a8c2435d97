package voiptui.demo;

import java.util.Arrays;

/**
 * The position of sent speech in received audio, and the similarity there.
 *
 * <p>Similarity is the normalized cross-correlation: 1 for the same signal at any level, 0 for unrelated signals. It shows
 * that the speech arrived, not how well a codec sounds. The search is coarse first, on every {@value #COARSE_STEP}th sample
 * of the smoothed signals, then exact.
 *
 * @param similarity the correlation at the best position, -1 to 1; 0 if either signal is silent or too short
 * @param offsetSamples index in {@code heard} of the first sample of {@code said}
 */
public record SpeechMatch(double similarity, int offsetSamples) {

    private static final int COARSE_STEP = 16;

    /** Number of coarse positions that are refined: a voice resembles itself one pitch period later. */
    private static final int CANDIDATES = 12;

    /** Finds {@code said} in {@code heard}; both have the same sample rate. */
    public static SpeechMatch find(short[] said, short[] heard) {
        SpeechMatch best = new SpeechMatch(0, 0);
        if (said.length == 0 || heard.length < said.length) {
            return best;
        }
        double[] coarse = correlations(smooth(said), smooth(heard), 0, Integer.MAX_VALUE);
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            int place = highest(coarse);
            SpeechMatch close = closeTo(place * COARSE_STEP, said, heard);
            best = close.similarity > best.similarity ? close : best;
            // The refinement has covered its neighbours.
            Arrays.fill(coarse, Math.max(0, place - 1), Math.min(coarse.length, place + 2), Double.NEGATIVE_INFINITY);
        }
        return best;
    }

    /**
     * Finds {@code said} second by second, because a change of the playout delay shifts the speech that follows. The
     * similarity is the mean over all seconds, weighted by energy; the offset is that of the loudest second.
     *
     * @param rateHz sample rate of both signals, in Hz
     */
    public static SpeechMatch findBySecond(short[] said, short[] heard, int rateHz) {
        int seconds = said.length / rateHz;
        int loudest = 0;
        for (int second = 1; second < seconds; second++) {
            loudest = energyOf(said, second, rateHz) > energyOf(said, loudest, rateHz) ? second : loudest;
        }
        if (seconds == 0 || energyOf(said, loudest, rateHz) == 0) {
            return find(said, heard);
        }
        SpeechMatch anchor = find(second(said, loudest, rateHz), heard);
        double weights = 0;
        double sum = 0;
        for (int second = 0; second < seconds; second++) {
            double weight = energyOf(said, second, rateHz);
            int expected = anchor.offsetSamples + (second - loudest) * rateHz;
            int from = Math.max(0, expected - rateHz / 2);
            int to = Math.min(heard.length, expected + 3 * rateHz / 2);
            double similarity =
                    from >= to ? 0 : find(second(said, second, rateHz), Arrays.copyOfRange(heard, from, to)).similarity;
            sum += weight * similarity;
            weights += weight;
        }
        return new SpeechMatch(sum / weights, Math.max(0, anchor.offsetSamples - loudest * rateHz));
    }

    private static short[] second(short[] samples, int second, int rateHz) {
        return Arrays.copyOfRange(samples, second * rateHz, (second + 1) * rateHz);
    }

    private static double energyOf(short[] samples, int second, int rateHz) {
        return energy(samples, second * rateHz, rateHz);
    }

    private static SpeechMatch closeTo(int offset, short[] said, short[] heard) {
        int first = Math.max(0, offset - COARSE_STEP);
        double[] fine = correlations(said, heard, first, offset + COARSE_STEP);
        int place = highest(fine);
        return fine.length == 0 ? new SpeechMatch(0, 0) : new SpeechMatch(fine[place], first + place);
    }

    private static int highest(double[] scores) {
        int highest = 0;
        for (int i = 1; i < scores.length; i++) {
            highest = scores[i] > scores[highest] ? i : highest;
        }
        return highest;
    }

    /** Returns the normalized cross-correlation for the offsets {@code first} to {@code last}, within the audio. */
    private static double[] correlations(short[] said, short[] heard, int first, int last) {
        int end = Math.min(heard.length - said.length, last);
        double[] scores = new double[Math.max(0, end - first + 1)];
        double saidEnergy = energy(said, 0, said.length);
        double heardEnergy = scores.length > 0 ? energy(heard, first, said.length) : 0;
        for (int i = 0; i < scores.length; i++) {
            int offset = first + i;
            scores[i] = saidEnergy == 0 || heardEnergy <= 0
                    ? 0
                    : product(said, heard, offset) / Math.sqrt(saidEnergy * heardEnergy);
            if (offset < end) {
                heardEnergy += square(heard[offset + said.length]) - square(heard[offset]);
            }
        }
        return scores;
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
