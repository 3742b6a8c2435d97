package voiptui.codec;

/**
 * Finds the pitch period at the end of a sound: the lag at which it is most similar to itself (normalized cross-correlation, as
 * in ITU-T G.711 Appendix I), first at about 8 kHz, then to the sample.
 *
 * <p>Owned by one thread. Allocates nothing after construction.
 */
final class PitchSearch {

    private static final int MIN_LAG_MS = 5;
    private static final int MAX_LAG_MS = 15;
    private static final int WINDOW_MS = 20;
    private static final int COARSE_RATE_HZ = 8_000;
    /** How much likelier the shortest lag is than the longest, all else being equal: the shorter, the more recent. */
    private static final double SHORTNESS_BONUS = 0.03;

    private final int minLag;
    private final int maxLag;
    private final int window;
    private final int decimation;
    private final float[] coarse;

    private double likeness;

    /** Creates a search in sound of {@code rateHz} samples per second. */
    PitchSearch(int rateHz) {
        minLag = rateHz * MIN_LAG_MS / 1000;
        maxLag = rateHz * MAX_LAG_MS / 1000;
        window = rateHz * WINDOW_MS / 1000;
        decimation = Math.max(1, rateHz / COARSE_RATE_HZ);
        coarse = new float[(window + maxLag) / decimation + 1];
    }

    /** Returns the longest lag in samples: 15 ms. */
    int maxLag() {
        return maxLag;
    }

    /** Returns the samples that {@link #find} needs. */
    int samplesNeeded() {
        return window + maxLag + 2 * decimation;
    }

    /** Returns the similarity at the lag found last, from -1 to 1; 0 for silence. */
    double likeness() {
        return likeness;
    }

    /**
     * Returns the pitch period at the end of {@code sound}, or a small multiple of it, in samples.
     *
     * @param sound has at least {@link #samplesNeeded} samples
     */
    int find(short[] sound) {
        for (int i = 0; i < coarse.length; i++) {
            int from = sound.length - (coarse.length - i) * decimation;
            float sum = 0;
            for (int at = from; at < from + decimation; at++) {
                sum += sound[at];
            }
            coarse[i] = sum;
        }
        int best = minLag / decimation;
        double bestScore = -2;
        for (int lag = minLag / decimation; lag <= maxLag / decimation; lag++) {
            double score = coarseLikeness(lag) + SHORTNESS_BONUS * (1 - (double) lag * decimation / maxLag);
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return refine(sound, best * decimation, decimation, minLag, maxLag);
    }

    /**
     * Returns the best lag near {@code lag} for a loop over several periods.
     *
     * @param reach how far from {@code lag} to look, in samples
     */
    int findNear(short[] sound, int lag, int reach) {
        double kept = likeness;
        int best = refine(sound, lag, reach, minLag, sound.length - window);
        likeness = kept;
        return best;
    }

    private int refine(short[] sound, int near, int reach, int shortest, int longest) {
        int best = near;
        double bestLikeness = -2;
        for (int lag = Math.max(shortest, near - reach); lag <= Math.min(longest, near + reach); lag++) {
            double at = likeness(sound, sound.length - window, sound, sound.length - window - lag, window);
            if (at > bestLikeness) {
                bestLikeness = at;
                best = lag;
            }
        }
        likeness = bestLikeness;
        return best;
    }

    private double coarseLikeness(int lag) {
        double product = 0;
        double energy = 1;
        double laggedEnergy = 1;
        for (int i = coarse.length - window / decimation; i < coarse.length; i++) {
            product += coarse[i] * coarse[i - lag];
            energy += coarse[i] * coarse[i];
            laggedEnergy += coarse[i - lag] * coarse[i - lag];
        }
        return product / Math.sqrt(energy * laggedEnergy);
    }

    /** Returns the normalized cross-correlation of {@code samples} samples of two sounds, from -1 to 1; 0 if one is silent. */
    static double likeness(short[] a, int fromA, short[] b, int fromB, int samples) {
        double product = 0;
        double energyA = 1;
        double energyB = 1;
        for (int i = 0; i < samples; i++) {
            product += (double) a[fromA + i] * b[fromB + i];
            energyA += (double) a[fromA + i] * a[fromA + i];
            energyB += (double) b[fromB + i] * b[fromB + i];
        }
        return product / Math.sqrt(energyA * energyB);
    }
}
