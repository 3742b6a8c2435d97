package voiptui.voice;

/**
 * Makes speech shorter or longer by one pitch period without a change of pitch (WSOLA: Verhelst and Roelands, "An overlap-add
 * technique based on waveform similarity", ICASSP 1993).
 *
 * <p>Looks for the lag at which the signal resembles itself most, and cross-fades over it. Where the signal resembles itself
 * nowhere, as in the middle of a consonant, it leaves it as it is, unless it is so quiet that nobody would notice.
 *
 * <p>Owned by one thread. Allocates nothing after construction.
 */
final class TimeStretch {

    private static final int MIN_LAG_TENTHS_MS = 25;
    private static final int MAX_LAG_TENTHS_MS = 150;
    private static final int OVERLAP_TENTHS_MS = 50;
    /** Every fourth sample is enough to find the lag coarsely. */
    private static final int COARSE_STEP = 4;
    /** The likeness (normalized cross-correlation) above which a voice continues without an audible seam. */
    private static final double ALIKE = 0.85;
    /** As above, when the delay must change soon. */
    private static final double ALIKE_ENOUGH = 0.5;
    /** RMS below which any cut goes unnoticed: -46 dBFS. */
    private static final double QUIET = 160;

    private final int minLag;
    private final int maxLag;
    private final int overlap;

    /** Creates a stretcher for mono audio of {@code rateHz} samples per second. */
    TimeStretch(int rateHz) {
        minLag = rateHz * MIN_LAG_TENTHS_MS / 10_000;
        maxLag = rateHz * MAX_LAG_TENTHS_MS / 10_000;
        overlap = rateHz * OVERLAP_TENTHS_MS / 10_000;
    }

    /** Returns the samples that {@link #shorten} needs from its position on to find the longest period. */
    int samplesToShorten() {
        return maxLag + overlap;
    }

    /** Returns the samples that {@link #lengthen} needs before its position. */
    int samplesBeforeToLengthen() {
        return maxLag;
    }

    /** Returns the samples that {@link #lengthen} needs from its position on. */
    int samplesToLengthen() {
        return overlap;
    }

    /**
     * Removes a pitch period: cross-fades the samples at {@code at} into those one period later, in place, after which the caller
     * leaves out the period before them.
     *
     * @param audio has {@code maxRemoved} and {@link #samplesToLengthen} more samples from {@code at} on
     * @param maxRemoved the most samples to remove
     * @param urgent whether to accept a worse likeness
     * @return the samples to leave out from {@code at} on; 0 if there is no good place
     */
    int shorten(short[] audio, int at, int maxRemoved, boolean urgent) {
        int lag = findLag(audio, at, 1, Math.min(maxLag, maxRemoved), urgent);
        for (int i = 0; lag > 0 && i < overlap; i++) {
            audio[at + lag + i] = mix(audio[at + i], audio[at + lag + i], i);
        }
        return lag;
    }

    /**
     * Finds a pitch period to repeat: the samples at {@code at} should fade into those one period before, into {@code fade}, and the
     * audio go on from there.
     *
     * @param audio has {@link #samplesBeforeToLengthen} samples before {@code at} and {@link #samplesToLengthen} from there on
     * @param fade receives {@link #samplesToLengthen} samples, in place of those from {@code at - lag} on
     * @param urgent whether to accept a worse likeness
     * @return the lag in samples, by which the audio gets longer; 0 if there is no good place
     */
    int lengthen(short[] audio, int at, short[] fade, boolean urgent) {
        int lag = findLag(audio, at, -1, maxLag, urgent);
        for (int i = 0; lag > 0 && i < overlap; i++) {
            fade[i] = mix(audio[at + i], audio[at - lag + i], i);
        }
        return lag;
    }

    private int findLag(short[] audio, int at, int direction, int longest, boolean urgent) {
        if (longest < minLag) {
            return 0;
        }
        int best = minLag;
        double bestLikeness = -1;
        for (int lag = minLag; lag <= longest; lag += COARSE_STEP) {
            double likeness = likeness(audio, at, at + direction * lag, COARSE_STEP);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = lag;
            }
        }
        int coarse = best;
        bestLikeness = -1;
        for (int lag = Math.max(minLag, coarse - COARSE_STEP + 1);
                lag <= Math.min(longest, coarse + COARSE_STEP - 1);
                lag++) {
            double likeness = likeness(audio, at, at + direction * lag, 1);
            if (likeness > bestLikeness) {
                bestLikeness = likeness;
                best = lag;
            }
        }
        if (bestLikeness >= (urgent ? ALIKE_ENOUGH : ALIKE)) {
            return best;
        }
        int from = Math.min(at, at + direction * longest);
        return isQuiet(audio, from, longest + overlap) ? longest : 0;
    }

    private double likeness(short[] audio, int a, int b, int step) {
        double product = 0;
        double energyA = 1;
        double energyB = 1;
        for (int i = 0; i < overlap; i += step) {
            product += (double) audio[a + i] * audio[b + i];
            energyA += (double) audio[a + i] * audio[a + i];
            energyB += (double) audio[b + i] * audio[b + i];
        }
        return product / Math.sqrt(energyA * energyB);
    }

    private static boolean isQuiet(short[] audio, int from, int samples) {
        double sum = 0;
        for (int i = from; i < from + samples; i++) {
            sum += (double) audio[i] * audio[i];
        }
        return sum < QUIET * QUIET * samples;
    }

    /** Fades from one sample to another along half a cosine; both are alike, so their amplitudes add up to one. */
    private short mix(short from, short to, int at) {
        double weight = 0.5 - 0.5 * Math.cos(Math.PI * (at + 0.5) / overlap);
        return (short) Math.round(from + (to - from) * weight);
    }
}
