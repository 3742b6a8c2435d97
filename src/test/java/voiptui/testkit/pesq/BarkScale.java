package voiptui.testkit.pesq;

import voiptui.demo.speech.FourierTransform;

/**
 * Power spectra in bands of the Bark scale, and their loudness in sone per Bark (Zwicker's law, P.862, 10.2.3 and 10.2.6).
 *
 * <p>The recommendation has tables for the bands, the threshold of hearing and the weight of a band's power. Here they are curves that
 * stay within some 3 dB of them: Zwicker's and Terhardt's formula for the scale ("Analytical expressions for critical-band rate", 1980), two exponential
 * functions for the threshold, and a line for the weight.
 */
final class BarkScale {

    static final int RATE_HZ = 16_000;
    /** Samples of a frame: 32 ms. */
    static final int FRAME = 512;
    /** Samples between frames. */
    static final int HOP = FRAME / 2;

    static final int BANDS = 49;

    private static final double FIRST_WIDTH = 0.316;
    private static final double WEIGHT_PER_BARK = 0.028;
    private static final double LEAST_WEIGHT = 0.56;
    private static final double ZWICKER_POWER = 0.23;
    /** Makes a sine of 1 kHz with an amplitude of 29.54 a power of 10,000, which stands for 40 dB SPL (P.862, 10.2.1) ... */
    private static final double POWER_SCALE = 6.91e-4;
    /** ... and 1 sone. */
    private static final double LOUDNESS_SCALE = 0.187;

    private final FourierTransform fourier = new FourierTransform(FRAME);
    private final double[] window = new double[FRAME];
    private final double[] re = new double[FRAME];
    private final double[] im = new double[FRAME];
    /** Which part of a bin belongs to a band. */
    private final double[][] parts = new double[BANDS][FRAME / 2 + 1];

    private final int[] firstBin = new int[BANDS];
    private final int[] lastBin = new int[BANDS];
    private final double[] thresholds = new double[BANDS];
    private final double[] exponents = new double[BANDS];
    private final double[] widths = new double[BANDS];
    private final double[] weights = new double[BANDS];

    BarkScale() {
        for (int i = 0; i < FRAME; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / FRAME);
        }
        double binHz = (double) RATE_HZ / FRAME;
        for (int band = 0; band < BANDS; band++) {
            double lowHz = hz(edge(band));
            double highHz = hz(edge(band + 1));
            widths[band] = edge(band + 1) - edge(band);
            firstBin[band] = (int) Math.round(lowHz / binHz);
            lastBin[band] = Math.min(FRAME / 2, (int) Math.round(highHz / binHz));
            for (int bin = firstBin[band]; bin <= lastBin[band]; bin++) {
                double overlapHz = Math.min(highHz, (bin + 0.5) * binHz) - Math.max(lowHz, (bin - 0.5) * binHz);
                parts[band][bin] = Math.max(0, overlapHz / binHz);
            }
            double centre = (edge(band) + edge(band + 1)) / 2;
            weights[band] = Math.max(LEAST_WEIGHT, 1 - WEIGHT_PER_BARK * centre);
            thresholds[band] = Math.pow(10, thresholdDb(centre) / 10);
            double steeper = centre < 4 ? Math.min(2, 6 / (centre + 2)) : 1;
            exponents[band] = ZWICKER_POWER * Math.pow(steeper, 0.15);
        }
    }

    /** Returns the lower edge of a band in Bark: bands are 0.32 Bark wide at first, the first of all half of that, and 0.56 in the end. */
    private static double edge(int band) {
        double at = Math.max(0, band - 0.5);
        double end = BANDS - 0.5;
        return FIRST_WIDTH * at + (bark(RATE_HZ / 2.0) / end - FIRST_WIDTH) * at * at / end;
    }

    private static double bark(double hz) {
        return 13 * Math.atan(7.6e-4 * hz) + 3.5 * Math.atan(hz / 7_500 * hz / 7_500);
    }

    private static double hz(double bark) {
        double low = 0;
        double high = RATE_HZ / 2.0;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (bark(middle) < bark) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double thresholdDb(double bark) {
        double above = Math.min(3, Math.max(0, 0.7 * (bark - 9.5)));
        return 50 * Math.exp(-bark / 0.8) + 38 * Math.exp(-bark / 2.7) - 6 + above;
    }

    /** Returns the width of a band, in Bark. */
    double width(int band) {
        return widths[band];
    }

    /** Returns the width of all bands but the first, in Bark: the recommendation leaves that one out. */
    double totalWidth() {
        return edge(BANDS) - edge(1);
    }

    /** Returns the power in each band of the frame that begins at {@code from}; beyond the ends there is silence. */
    double[] powers(double[] signal, int from) {
        for (int i = 0; i < FRAME; i++) {
            int at = from + i;
            re[i] = at < 0 || at >= signal.length ? 0 : signal[at] * window[i];
            im[i] = 0;
        }
        fourier.apply(re, im);
        double[] powers = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            for (int bin = firstBin[band]; bin <= lastBin[band]; bin++) {
                powers[band] += parts[band][bin] * (re[bin] * re[bin] + im[bin] * im[bin]);
            }
            powers[band] *= POWER_SCALE * weights[band];
        }
        return powers;
    }

    double[] loudness(double[] powers) {
        double[] loudness = new double[BANDS];
        for (int band = 0; band < BANDS; band++) {
            double threshold = thresholds[band];
            if (powers[band] > threshold) {
                loudness[band] = LOUDNESS_SCALE
                        * Math.pow(threshold / 0.5, exponents[band])
                        * (Math.pow(0.5 + 0.5 * powers[band] / threshold, exponents[band]) - 1);
            }
        }
        return loudness;
    }

    /** Returns the power in a band, or 0 if it is below the threshold of hearing times {@code factor}. */
    double audible(double[] powers, int band, double factor) {
        return powers[band] > factor * thresholds[band] ? powers[band] : 0;
    }

    /** Returns the sum of {@link #audible} over all bands. */
    double audible(double[] powers, double factor) {
        double sum = 0;
        for (int band = 1; band < BANDS; band++) {
            sum += audible(powers, band, factor);
        }
        return sum;
    }
}
